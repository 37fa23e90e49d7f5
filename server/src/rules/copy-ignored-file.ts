import { compileIgnore, contextPath, copyIgnored } from '../context/index.js';
import type { Placed } from '../dockerfile/index.js';
import { boundSources } from '../facts/files/bound-sources.js';
import { transferOf } from '../facts/files/transfer.js';
import type { FileFacts } from '../facts/index.js';
import type { Span } from '../text/span.js';
import { defineRule, type Reading } from './rule.js';

export default defineRule({
  id: 'copy-ignored-file',
  codes: ['CopyIgnoredFile'],
  summary: '`COPY`, `ADD` or a bind mount names a file that `.dockerignore` excludes.',
  rationale:
    'What the ignore file excludes never reaches the builder, so the build stops with “not found” although the file is there.',
  category: 'correctness',
  practice: 'explicit-copy',
  severity: 'error',
  since: '0.1.0',
  links: ['https://docs.docker.com/build/concepts/context/#dockerignore-files'],
  examples: {
    bad: [
      {
        code: 'FROM scratch\nCOPY «secret.txt» /\n',
        files: { '.dockerignore': 'secret.txt\n!unrelated/\n', 'secret.txt': '' },
      },
      {
        code: 'FROM scratch\nCOPY «./dist/app.js» a.js /srv/\n',
        files: { '.dockerignore': '# built\n/dist\n', 'dist/app.js': '', 'a.js': '' },
      },
      { code: 'FROM scratch\nCOPY «.» /\n', files: { '.dockerignore': '*\n' } },
      {
        code: 'FROM alpine:3.22\nRUN --mount=type=bind,source=«conf/app.ini»,target=/app.ini cat /app.ini\n',
        files: { '.dockerignore': 'conf\n', 'conf/app.ini': '' },
        why: 'A mount of it stops the build as well.',
      },
    ],
    good: [
      {
        code: 'FROM scratch\nCOPY . /\n',
        why: 'Some files are let in again.',
        files: { '.dockerignore': '*\n!go.*\n!Makefile\n' },
      },
      {
        code: 'FROM scratch\nCOPY . /\n',
        why: 'The folder itself is not a hidden file.',
        files: { '.dockerignore': '.*\n' },
      },
      {
        code: 'FROM scratch\nCOPY subdir subdir\n',
        why: 'A file in it is let in again.',
        files: { '.dockerignore': '*\n!subdir/keep.txt\n', 'subdir/keep.txt': '' },
      },
      {
        code: 'FROM alpine:3.22 AS a\nFROM scratch\nCOPY --from=a /secret.txt /\n',
        why: 'Comes from a stage.',
        files: { '.dockerignore': 'secret.txt\n' },
      },
      {
        code: 'FROM scratch\nCOPY sub/a.txt /\n',
        why: 'Without ** only the top folder is meant.',
        files: { '.dockerignore': 'a.txt\n' },
      },
    ],
  },
  stage: { keywords: ['COPY', 'ADD', 'RUN'] },
  check({ facts, reading, report }) {
    if (!facts.context?.ignore || facts.context.isUnsure) return;
    const { path: file, text } = facts.context.ignore;
    const ignore = compileIgnore(text);
    for (const { placed, path: source, span, isPlain } of sourcesIn(facts, reading)) {
      const verdict = copyIgnored(source, ignore, facts.context);
      const path = contextPath(source);
      // Of the whole folder nothing may be left because the rest is still to be written or built.
      if (!(reading === 'buildkit' || path === '' ? verdict.buildkit : verdict.nothingLeft)) continue;
      const plain =
        path !== '' && isPlain && !/[\s\\]/.test(path) && compileIgnore(`${text}\n!${path}`).verdict(path) === 'kept';
      report(placed, {
        span,
        message:
          path === ''
            ? `${file} excludes every file. Add an exception for what you copy.`
            : `${file} excludes “${path}” from the build. Add an exception for it.`,
        ...(path === '' ? { severity: 'warning' as const } : {}),
        fixes: plain
          ? [
              {
                title: `Add !${path} to ${file}`,
                safety: 'review',
                edits: [],
                file: { path: file, append: `!${path}\n` },
              },
            ]
          : [],
      });
    }
  },
});

interface Source {
  readonly placed: Placed;
  readonly path: string;
  readonly span: Span;
  /** It is one file or folder, known by its name. */
  readonly isPlain: boolean;
}

/** What is taken from the build context; BuildKit’s own check looks at COPY and ADD only. */
function sourcesIn(facts: FileFacts, reading: Reading): readonly Source[] {
  const copied = [...facts.all('COPY'), ...facts.all('ADD')].flatMap(placed => {
    const transfer = transferOf(placed.instruction, facts.stateBefore(placed).scope);
    if (!transfer || transfer.from) return [];
    return transfer.sources
      .filter(({ kind, certainty }) => kind === 'local' && certainty !== 'unknown')
      .map(({ text, glob, certainty, word }) => ({
        placed,
        path: text,
        span: word.span,
        isPlain: !glob && certainty === 'known',
      }));
  });
  if (reading === 'buildkit') return copied;
  const bound = facts
    .all('RUN')
    .flatMap(placed => boundSources(placed.instruction).map(source => ({ placed, ...source, isPlain: true })));
  return [...copied, ...bound];
}
