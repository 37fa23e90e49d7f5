import type { Placed } from '../dockerfile/index.js';
import { plainCommand, toExecForm, toExecFormUnread } from '../edits/to-exec-form.js';
import { insert } from '../edits/words.js';
import { hasAbove } from '../facts/has-above.js';
import type { FileFacts } from '../facts/index.js';
import { calledCommands } from '../facts/programs/called.js';
import type { ShellCommand, ShellScript } from '../shell/index.js';
import { programFile } from '../start/index.js';
import { defineRule, type Report } from './rule.js';
import { startedByShell } from './shell-form-command/started-by-shell.js';

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
      {
        code: 'FROM alpine:3.22\nCMD «exec app --name "a b" \'$x\'»\n',
        fixed: 'FROM alpine:3.22\nCMD ["app", "--name", "a b", "$x"]\n',
      },
      {
        code: 'FROM alpine:3.22\nENTRYPOINT «app \\\n    # verbose\n    -v»\n',
        fixed: 'FROM alpine:3.22\nENTRYPOINT ["app", \\\n    # verbose\n    "-v"]\n',
        why: 'Lines and comments stay.',
      },
      {
        code: 'FROM alpine:3.22\nENTRYPOINT «app»\nCMD ["-v"]\n',
        why: 'The exec form would suddenly get the arguments of CMD.',
      },
      {
        code: 'FROM alpine:3.22\nCMD «migrate && serve --port $PORT»\n',
        fixed: 'FROM alpine:3.22\nCMD migrate && exec serve --port $PORT\n',
        why: 'Needs a shell, which exec replaces by the program.',
      },
      { code: 'FROM alpine:3.22\nCMD «migrate & serve | tee log»\n', why: 'The shell has to stay.' },
      {
        code: 'FROM alpine:3.22\nCOPY start.sh /\nCMD «/start.sh»\n',
        why: 'The script has no #! line, so only a shell can run it.',
        files: { 'start.sh': 'exec app\n' },
      },
      {
        code: 'FROM scratch\nCOPY app /app\nCMD «/app -v»\n',
        fixed: 'FROM scratch\nCOPY app /app\nCMD ["/app", "-v"]\n',
        why: 'The image has no shell.',
      },
      {
        code: 'FROM gcr.io/distroless/static-debian12\nHEALTHCHECK --interval=5s «CMD /app -check»\n',
        fixed: 'FROM gcr.io/distroless/static-debian12\nHEALTHCHECK --interval=5s CMD ["/app", "-check"]\n',
        why: 'Nothing could run the check.',
      },
    ],
    good: [
      { code: 'FROM node:24\nCMD ["node", "server.js"]\n', why: 'Exec form.' },
      {
        code: 'FROM node:24\nSHELL ["/bin/bash", "-c"]\nCMD node a.js && node b.js\n',
        why: 'Whoever sets SHELL wants one.',
      },
      {
        code: 'FROM alpine:3.22\nCMD exec app --port "$PORT"\n',
        why: 'The shell is needed for the variable, and exec leaves none behind.',
      },
      {
        code: 'FROM alpine:3.22\nHEALTHCHECK CMD curl -f http://localhost/ || exit 1\n',
        why: 'Nobody sends signals to a health check.',
      },
    ],
  },
  stage: { keywords: ['CMD', 'ENTRYPOINT', 'HEALTHCHECK'], signs: ['shell form'] },
  check({ facts, reading, report }) {
    for (const placed of startedByShell(facts)) {
      const { instruction } = placed;
      const isHealthcheck = instruction.keyword === 'HEALTHCHECK';
      const span = instruction.argumentsSpan.end > 0 ? instruction.argumentsSpan : instruction.keywordSpan;
      const { shell } = facts.at(placed);
      // BuildKit takes any SHELL for a conscious choice, and images of Windows bring one.
      if (hasAbove(facts, placed, 'SHELL') || shell.kind === 'cmd' || shell.kind === 'powershell') continue;
      if (reading === 'buildkit') {
        if (!isHealthcheck) report(placed, { span, message: PLAIN });
        continue;
      }
      if (instruction.arguments.text === '' || isOverridden(facts, placed)) continue;
      const found =
        shell.kind === 'none' ? withoutShell(facts, placed) : isHealthcheck ? undefined : judge(facts, placed);
      if (found) report(placed, { span, ...found, ...(isHealthcheck ? { codes: ['DL3025'] } : {}) });
    }
  },
});

/** A later one of the same stage takes its place, which is another rule's to say. */
const isOverridden = (facts: FileFacts, placed: Placed): boolean => {
  const stage = facts.stageOf(placed);
  const last = stage?.instructions.findLast(one => one.instruction.keyword === placed.instruction.keyword);
  return last !== undefined && last.index !== placed.index;
};

const PLAIN =
  'A shell runs this command, so stop signals do not reach the program. Use the exec form: ["program", "argument"].';

type Verdict = Pick<Report, 'message' | 'severity' | 'minor' | 'fixes'>;

function withoutShell(facts: FileFacts, placed: Placed): Verdict {
  const fix = blockedByCmd(facts, placed) ? undefined : toExecFormUnread(placed.instruction);
  return {
    message: 'This image has no shell to run the command. Use the exec form.',
    severity: 'error',
    fixes: fix ? [fix] : [],
  };
}

function judge(facts: FileFacts, placed: Placed): Verdict | undefined {
  const { script } = facts.at(placed);
  const command = plainCommand(placed.instruction, script);
  if (!command) {
    // `exec app $PORT` is what is recommended where a shell is needed.
    if (script?.commands.some(one => one.base === 'exec' && one.top)) return undefined;
    const last = script && replacesShell(script);
    return {
      message:
        'A shell runs this command, so stop signals do not reach the program. Use the exec form, or a start script that ends with `exec`.',
      severity: 'hint',
      fixes: last?.name
        ? [
            {
              title: `Put exec in front of ${last.base}`,
              safety: 'review',
              edits: [insert(last.name.span.start, 'exec ')],
              effect: { arguments: true },
            },
          ]
        : [],
    };
  }
  const fixes = blockedByCmd(facts, placed) || isReadByShell(facts, placed, command) ? [] : [toExecForm(command)];
  if (placed.instruction.keyword === 'CMD' && entrypointTakesArguments(facts, placed)) {
    return {
      message: 'In shell form, the ENTRYPOINT receives `/bin/sh`, `-c` and this text as arguments. Use the exec form.',
      fixes,
    };
  }
  // A shell that people talk to gets its signals from the terminal; what only builds is started by hand, if at all.
  const minor = /^(?:ba|da|a|z)?sh$/.test(command.base)
    ? command.args.length === 0
    : !facts.roleOf(placed).inFinalImage || !isStaying(facts, placed);
  return { message: PLAIN, fixes, minor, ...(command.base === 'exec' ? { severity: 'hint' as const } : {}) };
}

/** What a shell does itself: it cannot take the shell's place. */
const BUILT_IN =
  /^(?::|\.|\[|source|cd|echo|printf|test|true|false|wait|exit|return|export|set|unset|read|trap|eval|umask|ulimit|shift|local|kill|type|command|alias)$/;

/** The program that a script ends with, and whose place the shell would only keep: exec in front of it changes nothing else. */
function replacesShell({ list, commands, errors }: ShellScript): ShellCommand | undefined {
  const { items } = list;
  const last = items.at(-1);
  const [node, ...piped] = last?.nodes ?? [];
  if (!last || node?.kind !== 'command' || piped.length > 0 || last.negated || errors.length > 0) return undefined;
  const { command } = node;
  // With `||` another one may follow, and the shell waits for what runs beside it.
  const isPlain = items.every(item => !item.background && item.operator !== '||');
  const isSet = commands.some(({ base }) => base === 'trap' || base === 'alias') || command.assignments.length > 0;
  if (!isPlain || isSet || !command.editable || command.base === '' || BUILT_IN.test(command.base)) return undefined;
  return command;
}

/**
 * Whether the shell waits for the program instead of letting it take its place. Of `sh -c` with one command, dash 0.5.12
 * waits, and bash 5.2 and BusyBox 1.35 do not (run).
 */
function isStaying(facts: FileFacts, placed: Placed): boolean {
  const { name } = facts.at(placed).shell;
  const stage = facts.stageOf(placed);
  // Of an image that is not known, its package manager may tell which shell it has.
  return name === 'sh' && stage ? !NOT_DASH.some(one => calledCommands(facts, stage).has(one)) : name === 'dash';
}

/** Package managers of distributions where /bin/sh is BusyBox or bash. */
const NOT_DASH = ['apk', 'yum', 'dnf', 'microdnf', 'tdnf', 'zypper'];

/** A shell-form ENTRYPOINT ignores CMD; in exec form it would get it as arguments. */
function blockedByCmd(facts: FileFacts, placed: Placed): boolean {
  const stage = facts.stageOf(placed);
  if (placed.instruction.keyword !== 'ENTRYPOINT' || !stage) return false;
  return facts.lineage(stage).some(({ instruction }) => instruction.keyword === 'CMD');
}

/** A script without `#!` is run by the shell that CMD started; nothing else can run it. */
function isReadByShell(facts: FileFacts, placed: Placed, command: ShellCommand): boolean {
  const stage = facts.stageOf(placed);
  if (!stage) return false;
  const file = command.name && programFile(facts, stage, command.name.value, stage.exit.workdir);
  return file?.text?.startsWith('#!') === false;
}

function entrypointTakesArguments(facts: FileFacts, placed: Placed): boolean {
  const stage = facts.stageOf(placed);
  const last = stage && facts.lineage(stage).findLast(({ instruction }) => instruction.keyword === 'ENTRYPOINT');
  return last !== undefined && (last.instruction.json?.length ?? 0) > 0;
}
