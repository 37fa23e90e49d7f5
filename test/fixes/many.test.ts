import { describe, expect, test } from 'vitest';
import { fixText } from '../../server/src/fixes/index.js';
import { advances, startProgress } from '../../server/src/fixes/progress.js';
import { planHarden } from '../../server/src/harden/index.js';
import { RULES } from '../../server/src/rules/index.js';
import { unmark } from '../lib/markers.js';

/** RUNs that each leave something behind or lack an option, with an ENV between them so that they are not merged. */
const APART: readonly (readonly [from: string, run: (n: number) => string])[] = [
  ['debian:12', n => `RUN apt-get update && apt-get install -y --no-install-recommends pkg${n}`],
  ['debian:12', n => `RUN set -eux; apt-get update; apt-get install -y --no-install-recommends pkg${n}`],
  ['debian:12', n => `RUN apt-get update\nRUN apt-get install -y --no-install-recommends pkg${n}`],
  ['fedora:42', n => `RUN dnf install -y pkg${n}`],
  ['centos:7', n => `RUN yum install -y pkg${n}`],
  ['opensuse/leap:15.6', n => `RUN zypper install -y pkg${n}`],
  ['alpine:3.22', n => `RUN apk add pkg${n}`],
  ['alpine:3.22', n => `RUN apk update && apk add pkg${n}`],
  ['node:24', n => `RUN npm install -g pkg${n}@1.0.0`],
  ['node:24', n => `RUN yarn global add pkg${n}@1.0.0`],
  ['python:3.13', n => `RUN pip install pkg${n}==1.0`],
  ['fedora:42', n => `RUN yum install -y pkg${n}\nENV B${n}=1\nRUN dnf install -y other${n}`],
  ['debian:12', n => `ENV DEBIAN_FRONTEND=noninteractive\nLABEL a${n}=1`],
  ['debian:12', n => `ARG UNUSED\nLABEL a${n}=1`],
];

const file = (count: number, from: string, run: (n: number) => string): string =>
  [
    `FROM ${from}`,
    ...Array.from({ length: count }, (_, n) => `${run(n)}\nENV A${n}=1`),
    'USER 1000',
    'CMD ["x"]',
    '',
  ].join('\n');

describe('fixing many of a kind takes no more rounds than fixing a few', () => {
  for (const [from, run] of APART) {
    test(run(0).replace(/\n/g, ' / '), () => {
      for (const level of ['safe', 'review'] as const) {
        const options = { profile: 'all' } as const;
        const few = fixText(file(2, from, run), options, level);
        const many = fixText(file(40, from, run), options, level);
        expect(many.rounds.length).toBeLessThanOrEqual(few.rounds.length + 1);
        expect(many.applied.length).toBeGreaterThanOrEqual(few.applied.length * 15);
        expect(fixText(many.text, options, level).applied).toEqual([]);
      }
    });
  }

  /** An account can be made anew only once it has been removed: what is below follows from each removal. */
  const STEP_BY_STEP: ReadonlySet<string> = new Set(['account-already-exists']);

  test('whichever rule it is', () => {
    const slow = RULES.filter(({ id }) => !STEP_BY_STEP.has(id)).flatMap(rule =>
      rule.examples.bad.flatMap(({ code }) => {
        const [from, body] = /^(FROM[^\n]*\n)((?!FROM)[\s\S]*)$/.exec(unmark(code).text)?.slice(1) ?? [];
        if (from === undefined || body === undefined) return [];
        const rounds = (count: number): number => {
          const bodies = Array.from({ length: count }, (_, n) => `${body.replace(/\n?$/, '\n')}ENV A${n}=1\n`);
          return fixText(from + bodies.join(''), { profile: 'all' }, 'review').rounds.length;
        };
        return rounds(10) > rounds(2) + 3 ? [`${rule.id}: ${code}`] : [];
      }),
    );
    expect(slow).toEqual([]);
  }, 120_000);

  test('Harden leaves none of them for a person to decide', () => {
    const text = file(16, 'debian:12', n => `RUN apt-get update && apt-get install -y --no-install-recommends pkg${n}`);
    const { applied, left, after } = planHarden(text, {});
    expect(applied.filter(({ rule }) => rule === 'apt-lists-left')).toHaveLength(16);
    expect(left.filter(({ rule }) => rule === 'apt-lists-left')).toEqual([]);
    expect(planHarden(after, {}).applied).toEqual([]);
  });

  test('2,000 findings of several kinds, among them some that cannot be applied together', () => {
    const lines = Array.from({ length: 250 }, (_, n) =>
      [
        `run apt-get update && apt-get install curl${n} && apt-get clean`,
        `ENV A${n} b c`,
        `ADD a${n}.txt /b/`,
        `RUN cd /srv && make ${n}`,
        `LABEL c${n}="d"`,
        `EXPOSE ${1024 + n}/TCP`,
      ].join('\n'),
    );
    const text = `FROM debian:12 as build\nMAINTAINER me\n${lines.join('\n')}\n`;
    const many = fixText(text, {}, 'review');
    expect(many.applied.length).toBeGreaterThan(1250);
    expect(many.rounds.length).toBeLessThan(10);
    expect(fixText(many.text, {}, 'review').text).toBe(many.text);
  });
});

describe('a line that several findings ask for is inserted once', () => {
  const TOP = 'ARG VERSION=1.0\nARG NAME=app\n';

  test('for all uses of a stage', () => {
    const stage = 'LABEL version=$VERSION\nENV V=$VERSION\nRUN echo "$VERSION"\n';
    const { text, applied } = fixText(`ARG VERSION=1.0\nFROM alpine:3.22\n${stage}`, {}, 'review');
    expect(text).toBe(`ARG VERSION=1.0\nFROM alpine:3.22\nARG VERSION\n${stage}`);
    expect(applied).toHaveLength(1);
  });

  test('for two arguments that one instruction uses first', () => {
    const stage = 'LABEL version=$VERSION name=$NAME\nENV V=$VERSION\nENV N=$NAME\n';
    const { text } = fixText(`${TOP}FROM alpine:3.22\n${stage}`, {}, 'review');
    expect(text).toBe(`${TOP}FROM alpine:3.22\nARG VERSION\nARG NAME\n${stage}`);
  });

  test('for a stage and the one that is FROM it', () => {
    const { text } = fixText(
      `${TOP}FROM alpine:3.22 AS base\nLABEL version=$VERSION\nFROM base\nENV V=$VERSION N=$NAME\n`,
      {},
      'review',
    );
    expect(text).toBe(
      `${TOP}FROM alpine:3.22 AS base\nARG VERSION\nLABEL version=$VERSION\nFROM base\nARG NAME\nENV V=$VERSION N=$NAME\n`,
    );
  });

  test('above the first FROM', () => {
    const stages = 'FROM alpine:3.22 AS one\nARG A=1\nARG B=2\nRUN echo $A $B\nFROM debian:$A\nFROM debian:$B-$A\n';
    const { text } = fixText(stages, { profile: 'buildkit' }, 'review');
    expect(text).toBe(`ARG A=1\nARG B=2\n${stages}`);
  });

  test('by Harden too', () => {
    const { after } = planHarden(`${TOP}FROM alpine:3.22\nLABEL version=$VERSION\nENV V=$VERSION\nUSER 1000\n`, {});
    expect(after.match(/^ARG VERSION$/gm)).toHaveLength(1);
  });
});

describe('a batch goes on', () => {
  test('while less is left than ever before, however many rounds it takes', () => {
    const progress = startProgress();
    for (let left = 1000; left > 0; left--) expect(advances(progress, [0, left])).toBe(true);
  });

  test('when what is done first brings much to light', () => {
    const progress = startProgress();
    expect(advances(progress, [1, 1])).toBe(true);
    for (let left = 1000; left > 0; left--) expect(advances(progress, [0, left])).toBe(true);
  });

  test('but not for ever when nothing gets less', () => {
    const progress = startProgress();
    let rounds = 0;
    while (advances(progress, [0, 5])) rounds++;
    expect(rounds).toBeLessThan(100);
  });
});
