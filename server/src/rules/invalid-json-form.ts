import { type LooseArray, looseArray, meantJson } from '../edits/exec-form.js';
import { defineRule, type RuleFix } from './rule.js';

export default defineRule({
  id: 'invalid-json-form',
  codes: ['DL3025', 'JSONArgsRecommended'],
  summary: 'An exec form is not valid JSON, so Docker passes it to a shell.',
  rationale:
    "Strings need double quotes, and the list must not end in a comma. Anything else is not refused: `CMD ['app']` is handed to the shell as it is and fails when the container starts; `VOLUME ['/data']` makes a directory of that name.",
  category: 'correctness',
  severity: 'error',
  since: '0.1.0',
  first: true,
  examples: {
    bad: [
      { code: "FROM alpine:3.22\nCMD «['app', '-v']»\n", fixed: 'FROM alpine:3.22\nCMD ["app", "-v"]\n' },
      { code: 'FROM alpine:3.22\nENTRYPOINT «["app",]»\n', fixed: 'FROM alpine:3.22\nENTRYPOINT ["app"]\n' },
      { code: 'FROM alpine:3.22\nCMD «["app" "-v"]»\n', fixed: 'FROM alpine:3.22\nCMD ["app", "-v"]\n' },
      {
        code: "FROM alpine:3.22\nRUN «['apk', 'add', 'curl']»\n",
        fixed: 'FROM alpine:3.22\nRUN ["apk", "add", "curl"]\n',
      },
      {
        code: 'FROM example/windows:1\nCMD «["C:\\app\\x.exe"]»\n',
        fixed: 'FROM example/windows:1\nCMD ["C:\\\\app\\\\x.exe"]\n',
      },
      { code: "FROM alpine:3.22\nVOLUME «['/data']»\n", fixed: 'FROM alpine:3.22\nVOLUME ["/data"]\n' },
      {
        code: 'FROM alpine:3.22\nCMD «[“app”]»\n',
        fixed: 'FROM alpine:3.22\nCMD ["app"]\n',
        why: 'Quotes of a word processor.',
      },
      {
        code: "FROM alpine:3.22\nHEALTHCHECK --interval=5s CMD «['true']»\n",
        fixed: 'FROM alpine:3.22\nHEALTHCHECK --interval=5s CMD ["true"]\n',
      },
      { code: 'FROM alpine:3.22\nCMD «["app", "-p", $PORT]»\n', why: 'The exec form expands no variables.' },
      {
        code: 'FROM alpine:3.22\nCMD «[node, app.js]»\n',
        fixed: 'FROM alpine:3.22\nCMD ["node", "app.js"]\n',
        why: 'No quotes at all.',
      },
      {
        code: 'FROM alpine:3.22\nCMD «["app", "-v"];»\n',
        fixed: 'FROM alpine:3.22\nCMD ["app", "-v"]\n',
        why: 'Something is after the list.',
      },
      { code: 'FROM alpine:3.22\nCMD «["a" && b»\n', why: 'Half an exec form is not turned into another one.' },
      { code: 'FROM alpine:3.22\nENTRYPOINT «["app"»\n', fixed: 'FROM alpine:3.22\nENTRYPOINT ["app"]\n' },
      { code: 'FROM alpine:3.22\nHEALTHCHECK CMD «["curl", "-f", "http://localhost"] || exit 1»\n' },
    ],
    good: [
      { code: 'FROM alpine:3.22\nCMD ["app", "-v"]\n', why: 'Valid.' },
      {
        code: 'FROM alpine:3.22\nRUN [ -f /etc/x ]\nRUN [ "$A" = b ] || exit 1\nRUN [[ -f x ]]\n',
        why: 'Tests of the shell.',
      },
      { code: 'FROM alpine:3.22\nCMD [ "$A" = b ] && exec app\n', why: 'A test in front of a command.' },
      { code: 'FROM alpine:3.22\nCOPY [ab]*.txt /srv/\n', why: 'A pattern.' },
    ],
  },
  instruction: { keywords: ['ADD', 'CMD', 'COPY', 'ENTRYPOINT', 'HEALTHCHECK', 'RUN', 'VOLUME'], signs: ['['] },
  check({ instruction, facts, onbuild, reading, report }) {
    const array = looseArray(instruction);
    if (!array) return;
    const { keyword } = instruction;
    const command = keyword === 'CMD' || keyword === 'ENTRYPOINT';
    const codes = [
      ...(command || keyword === 'HEALTHCHECK' ? ['DL3025'] : []),
      ...(command && !facts.shell.explicit ? ['JSONArgsRecommended'] : []),
    ];
    if (reading !== 'own' && onbuild) return;
    const fix = repair(array);
    report({ span: array.span, message: MESSAGES[array.problem], codes, fixes: fix ? [fix] : [] });
  },
});

const MESSAGES: Readonly<Record<LooseArray['problem'], string>> = {
  quotes: 'This is not valid JSON, so Docker does not treat it as an exec form. Use double quotes.',
  comma: 'This is not valid JSON, so Docker does not treat it as an exec form. Correct the commas.',
  variable:
    'This is not valid JSON, so Docker passes it to a shell as plain text. Quote every item, or remove the brackets if a variable must be expanded.',
  backslash: 'This is not valid JSON, so Docker does not treat it as an exec form. Double the backslashes.',
  'bare-word': 'This is not valid JSON, so Docker does not treat it as an exec form. Quote every item.',
  rest: 'This is not valid JSON, so Docker passes it to a shell as plain text. End the list with `]`.',
};

function repair(array: LooseArray): RuleFix | undefined {
  const words =
    array.problem === 'bare-word'
      ? { ...array, items: array.items.map(item => (item.quote === '' ? { ...item, quote: "'" as const } : item)) }
      : array;
  const text = words.items.length > 0 ? meantJson(words) : undefined;
  if (text === undefined) return undefined;
  return {
    title: `Change to ${text.length > 60 ? 'a valid exec form' : text}`,
    safety: 'review',
    edits: [{ span: array.span, text }],
    effect: { arguments: true, commands: true },
  };
}
