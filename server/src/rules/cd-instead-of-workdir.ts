import type { Placed } from '../dockerfile/index.js';
import { insertAbove } from '../edits/placing.js';
import type { FileFacts } from '../facts/index.js';
import type { ShellCommand, ShellScript } from '../shell/index.js';
import { defineRule, type RuleFix } from './rule.js';

const folderOf = (command: ShellCommand): string | undefined => {
  const [word] = command.args;
  return command.args.length === 1 && word?.literal && !word.quoted && /^\/[\w./+@-]*$/.test(word.value)
    ? word.value
    : undefined;
};

/** The first command of the script, when it is a plain `cd`. */
function leadingCd(script: ShellScript): ShellCommand | undefined {
  const nodes = script.list.items[0]?.nodes;
  const node = nodes?.[0];
  return node?.kind === 'command' && nodes?.length === 1 && node.command.base === 'cd' && script.form === 'shell'
    ? node.command
    : undefined;
}

/** `RUN cd /a && b` is `WORKDIR /a` and `RUN b` where nothing after it sees the new WORKDIR but an absolute one. */
function workdirFix(facts: FileFacts, placed: Placed, script: ShellScript, cd: ShellCommand): RuleFix | undefined {
  const { instruction } = placed;
  const [, second] = script.list.items;
  const folder = folderOf(cd);
  const next = facts.next(placed)?.instruction;
  if (second?.operator !== '&&' || folder === undefined || script.errors.length > 0 || cd.redirects.length > 0)
    return undefined;
  if (!script.list.items.slice(1).every(item => item.operator === '&&' && !item.background)) return undefined;
  if (next?.keyword !== 'WORKDIR' || !/^\/[^$]*$/.test(next.arguments.text)) return undefined;
  const between = instruction.text.slice(cd.span.end, second.span.start);
  if (instruction.flags.length > 0 || instruction.heredocs.length > 0 || between.includes('#')) return undefined;
  return {
    title: `Use WORKDIR ${folder}`,
    safety: 'review',
    effect: { inserts: ['WORKDIR'], commands: true },
    edits: [
      insertAbove(facts, placed, `WORKDIR ${folder}`),
      { span: { start: cd.span.start, end: second.span.start }, text: '' },
    ],
  };
}

export default defineRule({
  id: 'cd-instead-of-workdir',
  codes: ['DL3003', 'DS-0013'],
  summary: 'A RUN changes the directory with `cd`.',
  rationale:
    '`cd` holds only until the end of its RUN. A RUN that is nothing but a `cd` therefore does nothing, and where the folder matters to more than one instruction WORKDIR says so once, creates it when missing, and holds.',
  category: 'style',
  practice: 'clarity',
  severity: 'hint',
  since: '0.1.0',
  examples: {
    bad: [
      { code: 'FROM debian:12\nRUN «cd /opt/app»\nRUN make\n', why: 'The folder is forgotten before the next RUN.' },
      {
        code: 'FROM debian:12\nRUN «cd /src» && make && make install\nWORKDIR /app\nCMD ["app"]\n',
        fixed: 'FROM debian:12\nWORKDIR /src\nRUN make && make install\nWORKDIR /app\nCMD ["app"]\n',
      },
      {
        code: 'from debian:12\n  # The tool.\n  run «cd /src» \\\n    && make\n  workdir /app\n',
        fixed: 'from debian:12\n  workdir /src\n  # The tool.\n  run make\n  workdir /app\n',
        why: 'It is written like the rest.',
      },
      {
        code: 'FROM debian:12\nRUN «cd /src» && make\nCMD ["app"]\n',
        why: 'A WORKDIR would also change where the program starts.',
      },
    ],
    good: [
      { code: 'FROM debian:12\nWORKDIR /src\nRUN make\n', why: 'WORKDIR holds for what follows.' },
      { code: 'FROM debian:12\nRUN mkdir /b && (cd /b && cmake ..)\n', why: 'A passing change inside one RUN.' },
    ],
  },
  stage: { words: ['cd'] },
  check({ facts, report }) {
    for (const placed of facts.all('RUN')) {
      const { script } = facts.at(placed);
      const cd = script && leadingCd(script);
      if (!cd || cd.args.length === 0) continue;
      if (script.list.items.length === 1) {
        report(placed, {
          span: cd.span,
          severity: 'warning',
          message: 'This `cd` has no effect after its RUN. Use WORKDIR.',
        });
        continue;
      }
      const fix = workdirFix(facts, placed, script, cd);
      report(placed, {
        span: cd.span,
        message:
          'This `cd` lasts only until the end of its RUN. If later instructions need the directory too, use WORKDIR.',
        fixes: fix ? [fix] : [],
      });
    }
  },
});
