import { describe, expect, test } from 'vitest';
import { followed, planHarden } from '../../server/src/harden/index.js';
import { original, together, trace, tracedEdits } from '../../server/src/harden/provenance.js';
import { applyEdits } from '../../server/src/text/edits.js';

describe('Harden', () => {
  test('leaves a file that builds where the tutorial’s did not', () => {
    const plan = planHarden(
      [
        'FROM python:3.12-alpine',
        'RUN groupadd web',
        'RUN useradd --shell /bin/bash someone web',
        'WORKDIR /srv',
        'ADD requirements.txt /srv',
        'RUN pip install -r requirements.txt',
        'EXPOSE 9000',
        'USER someone',
        'CMD python main.py',
        '',
      ].join('\n'),
      {},
    );
    expect(plan.after).toBe(
      [
        'FROM python:3.12-alpine',
        'RUN addgroup -g 10001 web && adduser -D -u 10001 -G web -s /sbin/nologin someone',
        'WORKDIR /srv',
        'COPY requirements.txt /srv',
        'RUN pip install --no-cache-dir -r requirements.txt',
        'EXPOSE 9000',
        'USER someone',
        'HEALTHCHECK --interval=30s --timeout=3s --start-period=10s --retries=3 \\',
        `    CMD ["python", "-c", "import socket; socket.create_connection(('127.0.0.1', 9000), 2).close()"]`,
        'CMD ["python", "main.py"]',
        '',
      ].join('\n'),
    );
  });

  test('is one edit for each change, so that none can be half deselected', () => {
    const text =
      'FROM debian:12-slim\nRUN apt-get update\n# why\nRUN apt-get install -y --no-install-recommends curl\nUSER 1000:1000\nADD a /b\n';
    const { edits, after } = planHarden(text, {});
    expect(applyEdits(text, edits)).toBe(after);
    for (const edit of edits) {
      const alone = applyEdits(text, [edit]);
      expect(planHarden(alone, {}).after).toBe(after);
    }
  });

  test('says why it leaves a Windows image alone', () => {
    const plan = planHarden('FROM mcr.microsoft.com/windows/servercore:ltsc2022\nADD a C:/b\n', {});
    expect(plan.edits).toEqual([]);
    expect(plan.refusal).toContain('Windows');
  });

  test('never touches a builder’s user', () => {
    const { after } = planHarden(
      'FROM golang:1.25-bookworm AS build\nRUN go build -o /x .\nFROM gcr.io/distroless/static-debian12:latest\nCOPY --from=build /x /x\nENTRYPOINT ["/x"]\n',
      {},
    );
    expect(after.slice(0, after.indexOf('gcr.io'))).not.toContain('USER');
    expect(after).toContain('USER 65532:65532\nENTRYPOINT');
  });

  test('counts what is open before and after, by practice', () => {
    const { scores } = planHarden('FROM debian:12-slim\nADD a /b\nCMD ["/b"]\n', {});
    expect(scores.find(score => score.practice === 'copy-not-add')).toEqual({
      practice: 'copy-not-add',
      before: 1,
      after: 0,
    });
  });

  test('what is at one place is one change each, with its own reason', () => {
    const text = 'FROM python:3.12-slim\nWORKDIR /srv/web\nEXPOSE 8000\nCMD ["gunicorn"]\n';
    const { edits, after } = planHarden(text, {});
    expect(edits.map(({ practice, reasons }) => [practice, ...reasons])).toEqual([
      ['non-root-user', 'Run as a new non-root user (10001:10001), which gets /srv/web'],
      ['healthcheck', 'Add a HEALTHCHECK'],
    ]);
    expect(new Set(edits.map(({ span }) => span.start)).size).toBe(1);
    expect(applyEdits(text, edits)).toBe(after);
    for (const edit of edits) expect(planHarden(applyEdits(text, [edit]), {}).after).toBe(after);
  });

  test('tells how many practices are followed', () => {
    const { scores } = planHarden(
      'FROM debian\nADD a /b\nRUN apt-get update && apt-get install -y x\nCMD ["/b"]\n',
      {},
    );
    expect(scores.map(({ practice, before, after }) => [practice, before, after])).toEqual([
      ['small-images', 1, 0],
      ['no-recommends', 1, 0],
      ['copy-not-add', 1, 0],
      ['non-root-user', 1, 0],
      ['pinned-images', 1, 1],
    ]);
    expect(followed(scores)).toEqual({ before: 12, after: 16, of: 17 });
  });

  test('does not ask for a health check where nothing listens', () => {
    const { left, scores } = planHarden('FROM golang:1.26\nUSER 1\nCMD ["/tool"]\n', {});
    expect([...left.map(({ rule }) => rule), ...scores.map(({ practice }) => practice)]).not.toContain(
      'missing-healthcheck',
    );
    const asked = planHarden('FROM golang:1.26\nUSER 1\nCMD ["/tool"]\n', { profile: 'strict' });
    expect(asked.left.map(({ rule }) => rule)).toContain('missing-healthcheck');
  });

  test.each([
    ['a variable decides it', 'FROM debian:13\nUSER $WHO\nCMD ["/a"]\n'],
    ['a variable decides the base', 'ARG BASE\nFROM $BASE\nCMD ["/a"]\n'],
    ['development container', 'FROM mcr.microsoft.com/devcontainers/base:bookworm\nRUN make\n'],
    ['drops privileges itself', 'FROM debian:13\nCOPY gosu /bin/\nENTRYPOINT ["/entry.sh"]\n'],
    ['nothing runs in this image', 'FROM golang:1 AS b\nRUN make\nFROM scratch\nCOPY --from=b /o /\n'],
    ['function service', 'FROM public.ecr.aws/lambda/python:3.13\nCMD ["app.handler"]\n'],
    ['looks like a Windows image', 'FROM acme/app:1\nRUN powershell -Command Get-Item C:\\\\\nCMD ["/a"]\n'],
  ])('says why it leaves the user alone: %s', (why, text) => {
    expect(planHarden(text, {}).kept).toContain(why);
  });

  test('says nothing where there is nothing to explain', () => {
    const dotnet = planHarden('FROM mcr.microsoft.com/dotnet/aspnet:8.0\nENTRYPOINT ["dotnet", "a.dll"]\n', {});
    expect(dotnet.after).toContain('USER $APP_UID');
    expect(dotnet.kept).toBeUndefined();
    expect(planHarden('FROM debian:13\nUSER 1\nCMD ["/a"]\n', {}).kept).toBeUndefined();
    expect(planHarden('FROM debian:13\nCMD ["/a"]\n', {}).kept).toBeUndefined();
  });

  test('says what to look at before the image is shipped', () => {
    const { notes } = planHarden(
      'FROM debian:13\nARG P=80\nRUN apt-get update && apt-get install -y x\nEXPOSE $P\nCMD ["/b"]\n',
      {},
    );
    expect(notes).toHaveLength(3);
    expect(notes[0]).toContain('as 10001:10001 now');
    expect(notes[1]).toContain('port 80');
    expect(notes[2]).toContain('recommended package');
    expect(planHarden('FROM debian:13\nEXPOSE 80\nUSER 1\nCMD ["/b"]\n', {}).notes).toEqual([]);
  });
});

describe('provenance', () => {
  test('adds up rounds to edits of the first text', () => {
    const text = 'one two three';
    let traced = original(text);
    traced = trace(traced, [{ edit: { span: { start: 4, end: 7 }, text: '2' }, by: 0 }]);
    traced = trace(traced, [
      { edit: { span: { start: 0, end: 3 }, text: '1' }, by: 1 },
      { edit: { span: { start: 5, end: 5 }, text: '!' }, by: 2 },
    ]);
    const edits = tracedEdits(traced, text);
    expect(applyEdits(text, edits)).toBe('1 2! three');
    expect(edits.map(edit => edit.by)).toEqual([[1], [0, 2]]);
  });

  test('joins the edits of one fix with what is between', () => {
    const text = 'a b c d';
    const joined = together(
      [
        { span: { start: 0, end: 1 }, text: 'A', by: [0] },
        { span: { start: 2, end: 3 }, text: 'B', by: [1] },
        { span: { start: 4, end: 5 }, text: 'C', by: [0] },
        { span: { start: 6, end: 7 }, text: 'D', by: [2] },
      ],
      text,
    );
    expect(joined.map(edit => [edit.text, edit.by])).toEqual([
      ['A B C', [0, 1]],
      ['D', [2]],
    ]);
    expect(applyEdits(text, joined)).toBe('A B C D');
  });
});
