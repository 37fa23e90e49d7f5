import { describe, expect, test, vi } from 'vitest';
import { parseDockerfile, reparseDockerfile } from '../../server/src/dockerfile/index.js';
import { lintAnalysis } from '../../server/src/engine/lint.js';
import { deriveFacts } from '../../server/src/facts/index.js';
import { DEFAULT_OPTIONS } from '../../server/src/profiles/types.js';

type Visit = (
  this: unknown[],
  visit: (value: unknown, index: number, array: unknown[]) => unknown,
  thisArg?: unknown,
) => unknown;

/**
 * Counts what grows when something is looked through again and again: elements that array methods look at or copy, and
 * characters that regular expressions go over. Not seconds: those depend on the machine.
 */
function countSteps(work: () => void): number {
  let steps = 0;
  for (const name of ['filter', 'map', 'flatMap', 'some', 'every', 'find', 'findLast'] as const) {
    const original: Visit = Array.prototype[name];
    vi.spyOn(Array.prototype, name as 'map').mockImplementation(function (this: unknown[], visit, thisArg) {
      return original.call(
        this,
        (value, index, array) => {
          steps++;
          return visit.call(thisArg, value, index, array);
        },
        thisArg,
      ) as unknown[];
    });
  }
  const { slice } = Array.prototype;
  vi.spyOn(Array.prototype, 'slice').mockImplementation(function (this: unknown[], ...args) {
    const copy = slice.apply(this, args);
    steps += copy.length;
    return copy;
  });
  const { exec } = RegExp.prototype;
  vi.spyOn(RegExp.prototype, 'exec').mockImplementation(function (this: RegExp, text: string) {
    const from = this.global || this.sticky ? this.lastIndex : 0;
    const match = exec.call(this, text);
    steps += match ? match.index + match[0].length - from : this.sticky ? 1 : text.length - from;
    return match;
  });
  try {
    work();
  } finally {
    vi.restoreAllMocks();
  }
  return steps;
}

const many = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('');

/** Files that somebody may make to see what happens, by how many of something they have. */
const FILES: Readonly<Record<string, (count: number) => string>> = {
  instructions: n => `FROM debian:12\n${many(n, i => `RUN echo ${i} && make x\n`)}`,
  stages: n => many(n, i => `FROM debian:12 AS s${i}\nRUN x\n`),
  'stages that are FROM one another': n => `FROM debian:12 AS s0\n${many(n, i => `FROM s${i} AS s${i + 1}\nRUN x\n`)}`,
  'COPY --from': n => many(n, i => `FROM debian:12 AS s${i}\nCOPY --from=s${Math.max(0, i - 1)} a b\n`),
  'COPY --from of stages that are missing': n => many(n, i => `FROM debian:12 AS s${i}\nCOPY --from=nope${i} a b\n`),
  'stage names in upper case': n => many(n, i => `FROM debian:12 AS S${i}\n`),
  heredocs: n => `FROM debian:12\n${many(n, i => `RUN <<EOF\necho ${i}\nEOF\n`)}`,
  'continuation lines': n => `FROM debian:12\nRUN true${many(n, i => ` \\\n && echo ${i}`)}\n`,
  'commands in a pipeline': n => `FROM debian:12\nRUN curl a${many(n, i => ` | sudo x${i}`)}\n`,
  'pipelines in a RUN': n => `FROM debian:12\nRUN true${many(n, i => ` && curl a${i} | sudo tee ${i}`)}\n`,
  'commands that the image lacks': n => `FROM alpine:3.22\nRUN true${many(n, i => ` && useradd u${i}`)}\n`,
  'RUNs that create users': n => `FROM debian:13\n${many(n, i => `RUN groupadd g${i} && useradd u${i}\n`)}CMD ["x"]\n`,
  'RUNs of a command that the image lacks': n => `FROM debian:13\n${many(n, i => `RUN yum install -y p${i}\n`)}`,
  'installs by pip in a RUN': n => `FROM python:3.13\nRUN true${many(n, i => ` && pip install p${i}`)}\n`,
  'packages in a RUN': n => `FROM debian:12\nRUN apt-get update && apt-get install -y${many(n, i => ` \\\n p${i}`)}\n`,
  'RUNs with packages': n => `FROM debian:12\n${many(n, i => `RUN apt-get install -y p${i}\n`)}`,
  'pairs in an ENV': n => `FROM debian:12\nENV${many(n, i => ` A${i}=${i}`)}\n`,
  'variables that use the one before': n => `FROM debian:12\nENV A0=x\n${many(n, i => `ENV A${i + 1}=$A${i}\n`)}`,
  'global ARGs that use the one before': n => `ARG A0=1\n${many(n, i => `ARG A${i + 1}=\${A${i}}\n`)}FROM debian:$A1\n`,
  'unused ARGs': n => `FROM debian:12\n${many(n, i => `ARG A${i}\n`)}`,
  'unused names in an ARG': n => `FROM debian:12\nARG${many(n, i => ` A${i}`)}\n`,
  USERs: n => `FROM debian:12\n${many(n, i => `USER u${i}\n`)}`,
  WORKDIRs: n => `FROM debian:12\n${many(n, i => `WORKDIR d${i}\n`)}`,
  labels: n => `FROM debian:12\nLABEL${many(n, i => ` l${i}="v"`)}\n`,
  comments: n => `FROM debian:12\n${many(n, i => `# comment ${i}\n`)}RUN x\n`,
  'ignore comments': n => `FROM debian:12\n${many(n, i => `# hadolint ignore=DL3008\nRUN apt-get install -y p${i}\n`)}`,
};

const SMALL = 250;
const LARGE = 750;

describe('the steps of a lint', () => {
  for (const [name, file] of Object.entries(FILES)) {
    test(`grow no faster than a file with many ${name}`, () => {
      const steps = (count: number): number =>
        countSteps(() => {
          const dockerfile = parseDockerfile(file(count));
          lintAnalysis({ dockerfile, facts: deriveFacts(dockerfile) }, { ...DEFAULT_OPTIONS, profile: 'all' });
        });
      // The small file first: all of its instructions are in the large one, and would be known from there.
      const small = steps(SMALL);
      const factor = steps(LARGE) / small;
      // Quadratic would be 9.
      expect(factor).toBeLessThan(2 * (LARGE / SMALL));
    }, 120_000);
  }

  test('after an edit in one stage grow no faster than the stages', () => {
    const steps = (count: number): number => {
      const text = many(count, i => `FROM debian:12 AS s${i}\nENV A=${i}\nRUN echo ${i}\nCOPY a b\n`);
      const at = text.lastIndexOf('COPY a') + 6;
      const before = parseDockerfile(text);
      const facts = deriveFacts(before);
      const options = { ...DEFAULT_OPTIONS };
      lintAnalysis({ dockerfile: before, facts }, options);
      return countSteps(() => {
        const dockerfile = reparseDockerfile(before, `${text.slice(0, at)}x${text.slice(at)}`, at, at, at + 1);
        lintAnalysis({ dockerfile, facts: deriveFacts(dockerfile, undefined, facts) }, options);
      });
    };
    // Quadratic would be 64.
    expect(steps(800) / steps(100)).toBeLessThan(16);
  }, 120_000);
});
