import type { Placed } from '../dockerfile/index.js';
import { insertAbove } from '../edits/placing.js';
import type { FileFacts } from '../facts/index.js';
import { trailingComment } from '../facts/trailing-comment.js';
import { defineRule, type RuleFix } from './rule.js';

export default defineRule({
  id: 'trailing-comment',
  codes: ['DL3025', 'JSONArgsRecommended'],
  summary: 'A `#` after the arguments of an instruction does not start a comment.',
  rationale:
    'Only a line that begins with `#` is a comment. Elsewhere the text belongs to the arguments: `USER 1000 # node` names a user that does not exist, `WORKDIR /app # code` makes a directory with a strange name.',
  category: 'correctness',
  severity: 'error',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/dockerfile/#format'],
  first: true,
  examples: {
    bad: [
      { code: 'FROM node:24\nUSER 1000  «# node»\n', fixed: 'FROM node:24\n# node\nUSER 1000\n' },
      { code: 'FROM alpine:3.22\nWORKDIR /app «#code»\n', fixed: 'FROM alpine:3.22\n# code\nWORKDIR /app\n' },
      { code: 'FROM alpine:3.22\nEXPOSE 80 443 «# web»\n', fixed: 'FROM alpine:3.22\n# web\nEXPOSE 80 443\n' },
      { code: 'FROM alpine:3.22\nCOPY a b /srv/ «# config»\n', fixed: 'FROM alpine:3.22\n# config\nCOPY a b /srv/\n' },
      { code: 'FROM alpine:3.22\nENV PORT 80 «# web»\n', fixed: 'FROM alpine:3.22\n# web\nENV PORT 80\n' },
      { code: 'FROM alpine:3.22\nARG V="1 2" «# version»\n', fixed: 'FROM alpine:3.22\n# version\nARG V="1 2"\n' },
      {
        code: 'FROM alpine:3.22\nCMD ["app"] «# start»\n',
        fixed: 'FROM alpine:3.22\n# start\nCMD ["app"]\n',
        why: 'It silently becomes shell form.',
      },
      {
        code: 'FROM alpine:3.22\nVOLUME ["/data"] «# data»\nRUN ["a", "]"]«#b»\n',
        fixed: 'FROM alpine:3.22\n# data\nVOLUME ["/data"]\n# b\nRUN ["a", "]"]\n',
      },
      {
        code: 'FROM alpine:3.22\nHEALTHCHECK CMD ["a"] «# check»\n',
        fixed: 'FROM alpine:3.22\n# check\nHEALTHCHECK CMD ["a"]\n',
      },
    ],
    good: [
      { code: 'FROM alpine:3.22\nLABEL description the # of them\n', why: 'In a text it may mean a number.' },
      { code: 'FROM alpine:3.22\n# node\nUSER 1000\n', why: 'On a line of its own.' },
      { code: 'FROM alpine:3.22\nENV COLOR #fff\n', why: 'The value begins with it.' },
      { code: 'FROM alpine:3.22\nRUN echo a # b\n', why: 'The shell knows comments.' },
      { code: 'FROM alpine:3.22\nLABEL a="b # c" d=e#f\n', why: 'Part of a value.' },
      { code: 'FROM alpine:3.22\nADD https://github.com/example/app.git#v1 /src\n', why: 'Part of a URL.' },
    ],
  },
  stage: { signs: ['#'] },
  check({ facts, reading, report }) {
    for (const placed of facts.instructions) {
      const instruction = placed.instruction.trigger ?? placed.instruction;
      const span = trailingComment(instruction);
      if (!span) continue;
      const isCheck = instruction.keyword === 'HEALTHCHECK' && reading !== 'buildkit';
      const command = instruction.keyword === 'CMD' || instruction.keyword === 'ENTRYPOINT' || isCheck;
      const onbuild = instruction !== placed.instruction;
      if (reading !== 'own' && (!command || onbuild)) continue;
      const codes = command
        ? ['DL3025', ...(isCheck || facts.at(placed).shell.explicit ? [] : ['JSONArgsRecommended'])]
        : [];
      report(placed, {
        span,
        message: `This is not a comment but part of ${instruction.keyword}. Move it to its own line.`,
        codes,
        ...(BUILDS.has(instruction.keyword) ? { severity: 'warning' as const } : {}),
        fixes: [moveUp(facts, placed, span, instruction.text.slice(span.start, span.end))],
      });
    }
  },
});

/** These build and start with it, with a strange value, path or folder. */
const BUILDS = new Set(['ARG', 'ENV', 'VOLUME', 'WORKDIR']);

function moveUp(
  facts: FileFacts,
  placed: Placed,
  span: { readonly start: number; readonly end: number },
  text: string,
): RuleFix {
  let { start } = span;
  const { text: source } = placed.instruction;
  while (start > 0 && /[ \t]/.test(source[start - 1] ?? '')) start--;
  return {
    title: 'Move the comment to its own line',
    // The value changes, and only a person can say whether that is what was meant.
    safety: ['ENV', 'LABEL', 'ARG'].includes(placed.instruction.keyword) ? 'manual' : 'review',
    edits: [
      insertAbove(facts, placed, `# ${text.replace(/^#+\s*/, '')}`),
      { span: { start, end: span.end }, text: '' },
    ],
    effect: { comments: 'add', arguments: true, values: true, commands: true },
  };
}
