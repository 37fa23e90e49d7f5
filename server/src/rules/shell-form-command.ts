import type { Placed } from '../dockerfile/index.js';
import type { FileFacts } from '../facts/index.js';
import type { ShellCommand, ShellWord } from '../shell/index.js';
import { defineRule, type FixEdit, type RuleFix } from './rule.js';
import { looseArray } from './support/exec-form.js';
import { hasAbove } from './support/lineage.js';
import { hasTrailingComment } from './support/trailing-comment.js';

export default defineRule({
  id: 'shell-form-command',
  codes: ['DL3025', 'JSONArgsRecommended'],
  summary: '`CMD` or `ENTRYPOINT` is written in shell form.',
  rationale:
    'Docker starts `/bin/sh -c "…"`. The shell is then process 1, and often does not pass on the signal that `docker stop` sends, so the program is killed after ten seconds. The exec form `["app", "argument"]` starts the program itself and needs no shell in the image.',
  category: 'correctness',
  practice: 'one-process',
  severity: 'warning',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/dockerfile/#shell-and-exec-form'],
  examples: {
    bad: [
      { code: 'FROM node:24\nCMD «node server.js»\n', fixed: 'FROM node:24\nCMD ["node", "server.js"]\n' },
      { code: 'FROM alpine:3.22\nCMD «exec app --name "a b" \'$x\'»\n', fixed: 'FROM alpine:3.22\nCMD ["app", "--name", "a b", "$x"]\n' },
      {
        code: 'FROM alpine:3.22\nENTRYPOINT «app \\\n    # verbose\n    -v»\n',
        fixed: 'FROM alpine:3.22\nENTRYPOINT ["app", \\\n    # verbose\n    "-v"]\n',
        why: 'Lines and comments stay.',
      },
      { code: 'FROM alpine:3.22\nENTRYPOINT «app»\nCMD ["-v"]\n', why: 'The exec form would suddenly get the arguments of CMD.' },
      { code: 'FROM alpine:3.22\nCMD «migrate && serve»\n', why: 'Needs a shell.' },
      { code: 'FROM scratch\nCOPY app /app\nCMD «/app -v»\n', fixed: 'FROM scratch\nCOPY app /app\nCMD ["/app", "-v"]\n', why: 'The image has no shell.' },
    ],
    good: [
      { code: 'FROM node:24\nCMD ["node", "server.js"]\n', why: 'Exec form.' },
      { code: 'FROM node:24\nSHELL ["/bin/bash", "-c"]\nCMD node a.js && node b.js\n', why: 'Whoever sets SHELL wants one.' },
      { code: 'FROM alpine:3.22\nCMD exec app --port "$PORT"\n', why: 'The shell is needed for the variable, and exec leaves none behind.' },
      { code: 'FROM alpine:3.22\nHEALTHCHECK CMD curl -f http://localhost/ || exit 1\n', why: 'Nobody sends signals to a health check.' },
    ],
  },
  checkFile({ facts, reading, report }) {
    const keywords = reading === 'hadolint' ? ['CMD', 'ENTRYPOINT', 'HEALTHCHECK'] : ['CMD', 'ENTRYPOINT'];
    for (const placed of keywords.flatMap(keyword => facts.all(keyword))) {
      const { instruction } = placed;
      // A broken exec form has a rule of its own.
      if (instruction.json || instruction.hasMixedJson || looseArray(instruction) || hasTrailingComment(instruction)) continue;
      if (instruction.keyword === 'HEALTHCHECK' && !/^cmd\s/i.test(instruction.arguments.text)) continue;
      const span = instruction.argumentsSpan.end > 0 ? instruction.argumentsSpan : instruction.keywordSpan;
      if (reading === 'hadolint') {
        report(placed, { span, message: PLAIN, codes: ['DL3025'] });
        continue;
      }
      const { shell } = facts.at(placed);
      // BuildKit takes any SHELL for a conscious choice, and images of Windows bring one.
      if (hasAbove(facts, placed, 'SHELL') || shell.kind === 'cmd' || shell.kind === 'powershell') continue;
      if (reading === 'buildkit') {
        report(placed, { span, message: PLAIN });
        continue;
      }
      if (instruction.arguments.text === '') continue;
      judge(facts, placed, found => report(placed, { span, ...found }));
    }
  },
});

const PLAIN = 'Use the exec form, ["program", "argument"], so that signals reach the program.';

function judge(facts: FileFacts, placed: Placed, report: (found: { message: string; severity?: 'error' | 'hint'; fixes?: readonly RuleFix[] }) => void): void {
  const { instruction } = placed;
  const noShell = facts.at(placed).shell.kind === 'none';
  const { script } = facts.at(placed);
  const words = noShell ? plainWords(instruction.arguments.text) : undefined;
  const outer = script?.errors.length === 0 ? script.commands.filter(one => one.via === undefined) : [];
  const command = outer.length === 1 ? outer[0] : undefined;
  const simple = command && isSimple(command, instruction.arguments.text);
  const fix = blockedByCmd(facts, placed) ? undefined : simple ? toExec(command, noShell) : words ? wholeExec(placed, words) : undefined;
  const fixes = fix ? [fix] : [];
  if (noShell) {
    report({ message: 'Use the exec form: this image has no shell that could start the command.', severity: 'error', fixes });
    return;
  }
  if (!command || !simple) {
    // `exec app $PORT` is what is recommended where a shell is needed.
    if (script?.commands.some(one => one.base === 'exec' && one.top)) return;
    report({ message: 'Use the exec form, or a start script that ends in exec, so that signals reach the program.', severity: 'hint' });
    return;
  }
  if (instruction.keyword === 'CMD' && entrypointTakesArguments(facts, placed)) {
    report({ message: 'Use the exec form: in shell form the ENTRYPOINT gets /bin/sh, -c and this text as its arguments.', fixes });
  } else report({ message: PLAIN, fixes, ...(command.base === 'exec' ? { severity: 'hint' as const } : {}) });
}

/** Commands that only a shell has. */
const BUILTINS = new Set([
  '.', ':', 'alias', 'bind', 'break', 'builtin', 'cd', 'command', 'continue', 'declare', 'eval', 'exit', 'export', 'getopts', 'hash', 'jobs',
  'let', 'local', 'popd', 'pushd', 'read', 'readonly', 'return', 'set', 'shift', 'shopt', 'source', 'times', 'trap', 'type', 'typeset',
  'ulimit', 'umask', 'unalias', 'unset', 'wait',
]);

function isSimple(command: ShellCommand, text: string): boolean {
  const { assignments, redirects, item } = command;
  const words = programWords(command);
  const [name] = words;
  if (!name || !item || item.background || item.negated || item.nodes.length !== 1) return false;
  if (assignments.length > 0 || redirects.length > 0) return false;
  // A comment of the shell would become an argument or vanish.
  if (/(?:^|\s)#/.test(text) || /[;&|]\s*$/.test(text)) return false;
  if (BUILTINS.has(name.value) || (command.base === 'exec' && name.value.startsWith('-'))) return false;
  return words.every(word => word.literal && !/^~/.test(word.text) && !/[\r\n]/.test(word.value) && (word.quoted || !/[{}*?[\]]/.test(word.text)));
}

/** The program and its arguments, without the `exec` that replaces the shell by it. */
function programWords({ name, base, args }: ShellCommand): readonly ShellWord[] {
  return base === 'exec' ? args : name ? [name, ...args] : [];
}

/** Replaces word by word, so that continuation lines and the comments between them stay. */
function toExec(command: ShellCommand, noShell: boolean): RuleFix {
  const words = programWords(command);
  const edits: FixEdit[] = words.map((word, index) => {
    const start = index === 0 ? command.span.start : word.span.start;
    const text = `${index === 0 ? '[' : ''}${JSON.stringify(word.value)}${index === words.length - 1 ? ']' : ','}`;
    return { span: { start, end: word.span.end }, text };
  });
  return {
    title: noShell ? 'Change to the exec form' : 'Change to the exec form (no shell in between)',
    safety: noShell ? 'safe' : 'review',
    edits,
    effect: { arguments: true },
  };
}

const plainWords = (text: string): readonly string[] | undefined => (/^[\w./:=@%+, -]+$/.test(text) ? text.trim().split(/ +/) : undefined);

function wholeExec(placed: Placed, words: readonly string[]): RuleFix | undefined {
  const { instruction } = placed;
  if (instruction.comments.length > 0 || BUILTINS.has(words[0] ?? '') || words[0] === 'exec') return undefined;
  const text = `[${words.map(word => JSON.stringify(word)).join(', ')}]`;
  return { title: 'Change to the exec form', safety: 'safe', edits: [{ span: instruction.argumentsSpan, text }], effect: { arguments: true } };
}

/** A shell-form ENTRYPOINT ignores CMD; in exec form it would get it as arguments. */
function blockedByCmd(facts: FileFacts, placed: Placed): boolean {
  const stage = facts.stageOf(placed);
  if (placed.instruction.keyword !== 'ENTRYPOINT' || !stage) return false;
  return facts.lineage(stage).some(({ instruction }) => instruction.keyword === 'CMD');
}

function entrypointTakesArguments(facts: FileFacts, placed: Placed): boolean {
  const stage = facts.stageOf(placed);
  const last = stage && facts.lineage(stage).findLast(({ instruction }) => instruction.keyword === 'ENTRYPOINT');
  return last !== undefined && (last.instruction.json?.length ?? 0) > 0;
}
