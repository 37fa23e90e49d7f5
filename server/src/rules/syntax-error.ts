import { defineRule } from './rule.js';
import { refusedValues } from './syntax-error/refused-values.js';
import { epochProblem } from './syntax-error/source-date-epoch.js';

// What an instruction says by itself is found by the parser (dockerfile/problems.ts) and reported by the engine. Here is
// what depends on the variables, the folder and the platform in force.
export default defineRule({
  id: 'syntax-error',
  codes: ['DL1000'],
  summary: 'Docker cannot build this file.',
  rationale:
    'An instruction that does not exist, has too few arguments, or is not closed stops the build before anything runs. The rest of the file is checked all the same.',
  category: 'correctness',
  severity: 'error',
  since: '0.1.0',
  first: true,
  examples: {
    bad: [
      {
        code: 'FROM alpine:3.22\n«RNU» apk add --no-cache curl\n',
        fixed: 'FROM alpine:3.22\nRUN apk add --no-cache curl\n',
        why: 'A slip in the keyword.',
      },
      {
        code: 'FROM alpine:3.22\nRUN apk add curl && \\\n    curl -o /a https://example.com/a\n    «chmod» +x /a\n',
        why: 'A command after a forgotten backslash, though its name is close to that of an instruction.',
      },
      {
        code: 'FROM alpine:3.22\nCOPY «--form»=build /app /app\n',
        fixed: 'FROM alpine:3.22\nCOPY --from=build /app /app\n',
        why: 'A slip in a flag.',
      },
      {
        code: 'FROM alpine:3.22\nHEALTHCHECK «wget» -q localhost\n',
        fixed: 'FROM alpine:3.22\nHEALTHCHECK CMD wget -q localhost\n',
      },
      { code: 'FROM alpine:3.22\nCMD «["sleep", 10]»\n', why: 'A number in the exec form.' },
      {
        code: 'FROM alpine:3.22 AS build\nFROM alpine:3.22\nCOPY «--from» build /a /b\n',
        fixed: 'FROM alpine:3.22 AS build\nFROM alpine:3.22\nCOPY --from=build /a /b\n',
        why: 'The value of a flag follows a “=”.',
      },
      { code: 'FROM alpine:3.22\nCOPY --chown=1 «--chown=2» /a /b\n' },
      { code: 'FROM alpine:3.22\nCOPY «--link=1» /a /b\n' },
      {
        code: 'FROM alpine:3.22\nHEALTHCHECK --interval=«30» CMD wget -q localhost\n',
        fixed: 'FROM alpine:3.22\nHEALTHCHECK --interval=30s CMD wget -q localhost\n',
        why: 'A time has a unit.',
      },
      {
        code: 'FROM alpine:3.22\nRUN --mount=type=«cach»,target=/root/.cache make\n',
        fixed: 'FROM alpine:3.22\nRUN --mount=type=cache,target=/root/.cache make\n',
      },
      {
        code: 'FROM alpine:3.22\nRUN --mount=type=cache,«dest»=/root/.cache make\n',
        fixed: 'FROM alpine:3.22\nRUN --mount=type=cache,dst=/root/.cache make\n',
        why: 'A key of another tool.',
      },
      { code: 'FROM alpine:3.22\nCOPY --chmod=«999» run.sh /usr/local/bin/\n', why: 'No octal number.' },
      {
        code: 'FROM alpine:3.22\nCOPY «https://example.com/tool» /usr/local/bin/\n',
        fixed: 'FROM alpine:3.22\nADD https://example.com/tool /usr/local/bin/\n',
        why: 'Only ADD fetches.',
      },
      {
        code: 'FROM alpine:3.22\nSTOPSIGNAL «SIGTEM»\n',
        fixed: 'FROM alpine:3.22\nSTOPSIGNAL SIGTERM\n',
      },
      {
        code: 'ARG BASE=alpine:3.22\nFROM alpine:3.22\nARG BASE\nCOPY --from=«$BASE» /a /b\n',
        why: 'FROM takes variables, `COPY --from` does not.',
      },
      {
        code: 'FROM alpine:3.22\nENV SIG=SIGFOO\nSTOPSIGNAL «$SIG»\n',
        why: 'The value of a variable.',
      },
    ],
    good: [
      {
        code: 'FROM alpine:3.22\nRUN \\\n  # the why\n  echo hi\n',
        why: 'Comments between continued lines are allowed.',
      },
      { code: 'FROM alpine:3.22\nRUN --network=none\n', why: 'BuildKit takes it.' },
      {
        code: '# syntax=example/frontend:1\nFROM alpine:3.22\nINCLUDE ./common\nRUN --cached make\n',
        why: 'Another frontend may know more instructions and flags.',
      },
      { code: '{{ if .Debug }}\nFROM debian:{{ .Version }}\n{{ end }}\n', why: 'A template, not yet filled in.' },
    ],
  },
  file: {},
  check({ facts, report }) {
    const epoch = epochProblem(facts);
    if (epoch) report(epoch.placed, { span: epoch.span, message: epoch.message });
    for (const { placed, refusal } of refusedValues(facts)) {
      const { message, span, fix } = refusal;
      report(placed, {
        span,
        message,
        ...(fix
          ? {
              fixes: [
                {
                  title: fix.title,
                  safety: 'review' as const,
                  edits: [{ span: fix.span, text: fix.text }],
                  effect: { arguments: true, flags: true },
                },
              ],
            }
          : {}),
      });
    }
  },
});
