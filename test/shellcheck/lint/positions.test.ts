import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { lint } from '../../../server/src/engine/lint.js';
import { verifyFix } from '../../../server/src/fixes/index.js';
import { DEFAULT_OPTIONS } from '../../../server/src/profiles/types.js';
import { shellFindings } from '../../../server/src/shellcheck/lint/findings.js';
import { shellJobs } from '../../../server/src/shellcheck/lint/jobs.js';
import { lintJob } from '../../../server/src/shellcheck/worker/main.js';
import type { Program } from '../../../server/src/shellcheck/worker/program.js';
import { startShipped } from '../lib/programs.js';

let program: Program;
beforeAll(async () => {
  program = await startShipped();
});

// `@` is what ShellCheck has to find; all else is there to be in its way.
const WORD = fc.constantFrom('@', '@', '/srv/@', '"😀"', "'a  b'", 'naïve', '-x', '"\t"', '"$HOME"', '日本', '{}');
const IN_LINE = fc.constantFrom(' ', '  ', '\t', ' \t ');
const CONTINUED = fc.constantFrom(
  ' \\\n',
  ' \\\n    ',
  '\t\\\n\t\t',
  ' \\  \n  ',
  ' \\\n# a comment with @ and 😀\n  ',
  ' \\\n  # one\n\n\t# two\n ',
  ' \\\n && ls ',
);
const COMMAND = fc.array(WORD, { minLength: 1, maxLength: 6 });

/** A command of these words on one line or several. */
const lines = (gap: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  COMMAND.chain(words =>
    fc
      .array(gap, { minLength: words.length, maxLength: words.length })
      .map(gaps => `ls${words.map((word, index) => `${gaps[index]}${word}`).join('')}`),
  );

const CONTINUED_LINES = lines(fc.oneof(IN_LINE, CONTINUED));
const SCRIPT = fc.array(lines(IN_LINE), { minLength: 1, maxLength: 4 });
const INSTRUCTION = fc.oneof(
  CONTINUED_LINES.map(script => `RUN ${script}`),
  CONTINUED_LINES.map(script => `RUN --network=none \\\n  ${script}`),
  CONTINUED_LINES.map(script => `ONBUILD\tRUN ${script}`),
  CONTINUED_LINES.map(script => `HEALTHCHECK --interval=5s CMD ${script}`),
  CONTINUED_LINES.map(script => `CMD ${script}`),
  SCRIPT.map(script => `RUN <<EOF\n${script.join('\n')}\nEOF`),
  SCRIPT.map(script => `RUN <<-'EOF'\n\t${script.join('\n\t\t')}\n\tEOF`),
  SCRIPT.map(script => `ONBUILD RUN <<EOF\n#!/bin/sh\n${script.join('\n')}\nEOF`),
  SCRIPT.map(script => `RUN bash -eu <<'EOF'\n${script.join('\n')}\nEOF`),
);
const FILE = fc
  .tuple(fc.array(INSTRUCTION, { minLength: 1, maxLength: 3 }), fc.boolean(), fc.boolean())
  .map(([instructions, windows, backtick]) => {
    let count = 0;
    const text = `FROM debian:12\n${instructions.join('\n# between 🐳\n')}\n`
      .replace(/#[^!\n][^\n]*/g, comment => comment.replaceAll('@', '$no'))
      .replaceAll('@', () => `\${X${count++}}`);
    const escaped = backtick ? `# escape=\`\n${text.replace(/\\([ \t]*)\n/g, '`$1\n')}` : text;
    return windows ? escaped.replaceAll('\n', '\r\n') : escaped;
  });

test('every finding is exactly on its text, and its fix changes nothing else', { timeout: 240_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(FILE, async text => {
      const { dockerfile, facts, findings: native } = lint(text);
      const spans: string[] = [];
      for (const job of shellJobs(facts, 'own')) {
        const { script, shell, assigned = [] } = job.request;
        const comments = (await lintJob(program, { script, shell, assigned })).filter(({ code }) => code === 2086);
        for (const { span, fixes } of shellFindings(job, comments, native, DEFAULT_OPTIONS)) {
          spans.push(`${span.start} ${text.slice(span.start, span.end)}`);
          for (const fix of fixes) {
            const verdict = verifyFix(dockerfile, fix);
            const quoted = `${text.slice(0, span.start)}"${text.slice(span.start, span.end)}"${text.slice(span.end)}`;
            expect('text' in verdict ? verdict.text : verdict.refusal).toBe(quoted);
          }
        }
      }
      const expected = [...text.matchAll(/\$\{X\d+\}/g)].map(match => `${match.index} ${match[0]}`);
      expect(spans).toEqual(expected);
    }),
    { numRuns: 40 },
  );
});
