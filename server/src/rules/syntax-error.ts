import { defineRule } from './rule.js';

// Found by the parser (dockerfile/problems.ts, dockerfile/parse.ts) and reported by the engine: no rule sees such text.
export default defineRule({
  id: 'syntax-error',
  codes: ['DL1000'],
  summary: 'Docker refuses to build this file.',
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
});
