import type { Placed } from '../dockerfile/index.js';
import { dropCommand } from '../edits/drop.js';
import { removeInstruction } from '../edits/placing.js';
import { remove } from '../edits/words.js';
import type { FileFacts, Stage } from '../facts/index.js';
import type { ShellCommand } from '../shell/index.js';
import { type Copied, copiesOf } from './permissions-in-extra-layer/copies.js';
import { defineRule, type FixEdit, type RuleFix } from './rule.js';

export default defineRule({
  id: 'permissions-in-extra-layer',
  codes: [],
  summary: 'A RUN changes the owner or mode of files that a COPY has just added.',
  rationale:
    'A layer holds whole files: `chown -R` and `chmod` after a COPY write each file into the image a second time, and the first copy stays below. `COPY --chown` and `COPY --chmod` set owner and mode while the files are copied.',
  category: 'size',
  practice: 'few-layers',
  severity: 'info',
  since: '0.2.0',
  links: ['https://docs.docker.com/reference/dockerfile/#copy---chown---chmod'],
  examples: {
    bad: [
      {
        code: 'FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nRUN «chown -R 1000:1000 /app»\nUSER 1000\n',
        fixed: 'FROM python:3.13-slim\nWORKDIR /app\nCOPY --chown=1000:1000 . .\nRUN chown 1000:1000 /app\nUSER 1000\n',
        why: 'The folder itself was made by WORKDIR, and still needs its owner.',
      },
      {
        code: 'FROM debian:13\nCOPY start.sh /usr/local/bin/\nRUN «chmod +x /usr/local/bin/start.sh»\nCMD ["start.sh"]\n',
        fixed: 'FROM debian:13\nCOPY --chmod=755 start.sh /usr/local/bin/\nCMD ["start.sh"]\n',
      },
      {
        code: 'FROM debian:13\nRUN useradd --system app\nCOPY --from=build /out /srv/app/\nRUN «chown -R app:app /srv/app» && mkdir /data\n',
        fixed:
          'FROM debian:13\nRUN useradd --system app\nCOPY --chown=app:app --from=build /out /srv/app/\nRUN chown app:app /srv/app && mkdir /data\n',
      },
      {
        code: 'FROM debian:13\nCOPY . /app\nRUN useradd --system app && «chown -R app:app /app»\n',
        why: 'The user has to be there before the COPY names it.',
      },
    ],
    good: [
      { code: 'FROM debian:13\nCOPY --chown=1000:1000 . /app\nUSER 1000\n', why: 'One copy.' },
      {
        code: 'FROM node:24\nWORKDIR /app\nCOPY package.json .\nRUN npm install\nRUN chown -R node:node /app\n',
        why: 'The RUN has put files there as well.',
      },
      {
        code: 'FROM debian:13\nCOPY install.sh /tmp/\nRUN chmod +x /tmp/install.sh && /tmp/install.sh && rm -f /tmp/install.sh\n',
        why: 'The file is gone when the RUN ends.',
      },
      {
        code: 'FROM debian:13\nCOPY bin/ /usr/local/bin/\nRUN chmod +x /usr/local/bin/tool\n',
        why: 'One of many files.',
      },
      {
        code: 'FROM debian:13 AS build\nCOPY . /src\nRUN chown -R 1000:1000 /src\nFROM debian:13\nCOPY --from=build /src/a /a\n',
        why: 'That stage is not shipped.',
      },
    ],
  },
  reading: 'own',
  stage: { keywords: ['RUN'], words: ['chown', 'chmod'] },
  check({ facts, report }) {
    const [stage] = facts.stages;
    if (!stage?.inFinalImage) return;
    for (const placed of facts.all('RUN')) {
      const { script } = facts.at(placed);
      if (!script || script.errors.length > 0 || script.form === 'exec') continue;
      for (const command of script.commands) {
        const change = command.top && command.via === undefined ? changeOf(command) : undefined;
        const copies = change && copiesOf(facts, stage, placed, change.paths, change.isRecursive);
        if (!change || !copies || isTakenAway(script.commands, command, change.paths)) continue;
        const isOwner = change.flag === 'chown';
        report(placed, {
          span: command.span,
          message: `This writes ${isOwner ? 'all copied files' : 'the file'} into the image a second time. Set ${isOwner ? 'the owner with COPY --chown' : 'the mode with COPY --chmod'}.`,
          ...(isOwner ? {} : { severity: 'hint' as const }),
          fixes: fixes(facts, stage, placed, command, change, copies),
        });
      }
    }
  },
});

interface Change {
  readonly flag: 'chown' | 'chmod';
  readonly value: string;
  readonly paths: readonly string[];
  /** `-R`, for which folders are meant. */
  readonly isRecursive: boolean;
}

/** Whether the same RUN removes or moves the files, so that its layer does not hold them. */
const isTakenAway = (commands: readonly ShellCommand[], change: ShellCommand, paths: readonly string[]): boolean =>
  commands.some(
    ({ base, args, span }) =>
      (base === 'rm' || base === 'mv') &&
      span.start > change.span.start &&
      args.some(({ value }) => paths.some(path => path === value || path.startsWith(`${value.replace(/\/$/, '')}/`))),
  );

/** A plain `chown -R owner folder…` or `chmod mode file…`. */
function changeOf({ base, args, item, redirects }: ShellCommand): Change | undefined {
  if (base !== 'chown' && base !== 'chmod') return undefined;
  if (
    !item ||
    item.background ||
    item.negated ||
    item.operator === '||' ||
    item.nodes.length !== 1 ||
    redirects.length > 0
  )
    return undefined;
  if (args.some(({ literal }) => !literal)) return undefined;
  const options = args.filter(({ value }) => /^-[a-zA-Z-]/.test(value));
  if (options.some(({ value }) => !/^(?:-R|--recursive)$/.test(value))) return undefined;
  const isRecursive = options.length > 0;
  const [first, ...paths] = args.filter(word => !options.includes(word)).map(({ value }) => value);
  if (first === undefined || paths.length === 0 || isRecursive !== (base === 'chown')) return undefined;
  if (base === 'chown')
    return /^[\w.-]+(?::[\w.-]+)?$/.test(first) ? { flag: base, value: first, paths, isRecursive } : undefined;
  const mode = /^a?\+x$/.test(first) ? '755' : /^0?[0-7]{3}$/.test(first) ? first : undefined;
  return mode === undefined ? undefined : { flag: base, value: mode, paths, isRecursive };
}

function fixes(
  facts: FileFacts,
  stage: Stage,
  placed: Placed,
  command: ShellCommand,
  { flag, value, isRecursive }: Change,
  copies: readonly Copied[],
): readonly RuleFix[] {
  if (!command.editable || (flag === 'chown' && !isThereBefore(facts, stage, placed, value, copies))) return [];
  const flags: FixEdit[] = copies.map(({ placed: copy }) => {
    const at = copy.instruction.keywordSpan.end;
    // As chown does, which leaves the group as it is.
    const text = flag === 'chown' && !value.includes(':') ? `${value}:0` : value;
    return { at: copy, span: { start: at, end: at }, text: ` --${flag}=${text}` };
  });
  const option = isRecursive ? command.args.find(({ value: word }) => word.startsWith('-')) : undefined;
  const { script } = facts.at(placed);
  const rest = option
    ? remove(placed.instruction, option)
    : script?.list.items.length === 1
      ? removeInstruction(facts, placed)
      : script && dropCommand(placed.instruction, script, command);
  if (!rest) return [];
  const removes = !option && script?.list.items.length === 1;
  return [
    {
      title: `Use COPY --${flag}`,
      safety: 'review',
      edits: [...flags, rest],
      effect: { flags: true, commands: true, ...(removes ? { removes: ['RUN'] } : {}) },
    },
  ];
}

/** Whether the owner can be named in the first of these COPYs: a number, or an account that nothing after it can have made. */
function isThereBefore(
  facts: FileFacts,
  stage: Stage,
  placed: Placed,
  owner: string,
  copies: readonly Copied[],
): boolean {
  if (/^\d+(?::\d+)?$/.test(owner)) return true;
  const first = copies[0]?.placed.index ?? placed.index;
  return !stage.instructions.some(
    ({ index, instruction }) =>
      index > first &&
      index <= placed.index &&
      instruction.keyword === 'RUN' &&
      facts.stageOf(placed) === stage &&
      /\b(?:user|group)add\b|\badd(?:user|group)\b|\/etc\/(?:passwd|group)\b|\.sh\b|\b(?:apt|apt-get|apk|dnf|yum)\b/.test(
        instruction.text,
      ),
  );
}
