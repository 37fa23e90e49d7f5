import type { Instruction, Placed } from '../dockerfile/index.js';
import type { FileFacts, Stage } from '../facts/index.js';
import { mayBeBrought } from '../facts/programs/brought.js';
import { unconditionalItems } from '../facts/programs/unconditional.js';
import { healthProbe, type ImageInfo } from '../images/index.js';
import type { ShellCommand, ShellScript } from '../shell/index.js';
import { launchOf } from '../start/index.js';
import type { Span } from '../text/span.js';
import { defineRule, type RuleFix } from './rule.js';

/** Where a program that is asked for by its path would be, were it installed. */
const SYSTEM_PATH = /^\/(?:usr\/)?(?:local\/)?s?bin\/[\w.+-]+$/;
/** What runs another program just as it is. */
const TRANSPARENT: ReadonlySet<string> = new Set(['exec', 'env']);
/** The commands that run whatever the others do, and whose failure is the failure of all. */
function unconditional(script: ShellScript): readonly ShellCommand[] {
  const items = unconditionalItems(script);
  return script.commands.filter(
    ({ top, item, via }) => top && item && items.has(item) && (via === undefined || TRANSPARENT.has(via)),
  );
}

/** What the container starts, and the check of its health. */
function startsOf(facts: FileFacts, stage: Stage): readonly Placed[] {
  const { entrypoint, command } = launchOf(facts, stage);
  // With an ENTRYPOINT, CMD holds its arguments.
  return [entrypoint ?? command, facts.last(stage, 'HEALTHCHECK')].filter(placed => placed !== undefined);
}

interface Missing {
  readonly base: string;
  readonly span: Span;
  /** Undefined for the program of an exec form. */
  readonly command: ShellCommand | undefined;
}

function programsOf(facts: FileFacts, placed: Placed): readonly Missing[] {
  const { json } = placed.instruction;
  const [program] = json ?? [];
  if (program && isSearched(program.text))
    return [{ base: program.text.replace(/^.*\//, ''), span: program.span, command: undefined }];
  const { script } = facts.at(placed);
  if (json || !script || script.errors.length > 0) return [];
  return unconditional(script).flatMap(command =>
    command.base !== '' && command.name && isSearched(command.name.value)
      ? [{ base: command.base, span: command.name.span, command }]
      : [],
  );
}

/** Whether a program is one that only an installation puts where it is looked for. */
const isSearched = (path: string): boolean => !path.includes('/') || SYSTEM_PATH.test(path);

/** Minimal images have an entry point of their own (`node`, `java`), which gets CMD as arguments; no argument is called like these. */
const NEVER_AN_ARGUMENT = /^(?:(?:ba|da|a|z)?sh|curl|wget)$/;

function missingIn(facts: FileFacts, stage: Stage, placed: Placed): Missing | undefined {
  const { image } = stage;
  const mayBeArgument = image.family === 'distroless' || image.family === 'chainguard';
  return programsOf(facts, placed).find(
    ({ base }) =>
      image.lacksCommand(base) && (!mayBeArgument || NEVER_AN_ARGUMENT.test(base)) && !mayBeBrought(facts, stage, base),
  );
}

const URL_OF = /^https?:\/\/[\w.[\]:-]+(?:\/[\w./?=&%-]*)?$/;

/** A check of the same address by what the image has. */
function otherProbe(
  { keyword }: Instruction,
  { base, args, span, editable }: ShellCommand,
  image: ImageInfo,
): RuleFix[] {
  if (keyword !== 'HEALTHCHECK' || !/^(?:curl|wget)$/.test(base) || !editable) return [];
  const urls = args.filter(({ value, literal }) => literal && URL_OF.test(value));
  const [url] = urls;
  if (!url || urls.length > 1) return [];
  const port = Number(/:(\d+)(?:\/|$)/.exec(url.value.slice(6))?.[1] ?? (url.value.startsWith('https') ? 443 : 80));
  const probe = healthProbe(image, port, () => false);
  const text =
    base === 'curl' && image.hasCommand('wget') === true
      ? `wget -q -O /dev/null ${url.text}`
      : base === 'wget' && image.hasCommand('curl') === true
        ? `curl -fsS -o /dev/null ${url.text}`
        : probe?.map(word => (/^[\w./:=-]+$/.test(word) ? word : `"${word.replace(/["$`\\]/g, '\\$&')}"`)).join(' ');
  if (!text) return [];
  return [
    {
      title: `Ask with ${text.slice(0, text.indexOf(' '))}, which the image has`,
      safety: 'review',
      edits: [{ span, text }],
      effect: { commands: true, arguments: true },
    },
  ];
}

export default defineRule({
  id: 'start-command-not-in-image',
  codes: [],
  summary: 'CMD, ENTRYPOINT or HEALTHCHECK calls a program that the image does not have.',
  rationale:
    'Such an image builds, but its container ends at once (“executable file not found”), or stays “unhealthy” for ever. The usual cases are bash on Alpine, curl in slim images, a shell in distroless images, and tools that only the build stage has.',
  category: 'correctness',
  practice: 'healthcheck',
  severity: 'error',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'FROM node:24-alpine\nUSER node\nHEALTHCHECK CMD «curl» -f http://localhost:3000/ || exit 1\nCMD ["node", "server.js"]\n',
        fixed:
          'FROM node:24-alpine\nUSER node\nHEALTHCHECK CMD wget -q -O /dev/null http://localhost:3000/ || exit 1\nCMD ["node", "server.js"]\n',
      },
      { code: 'FROM alpine:3.22\nCOPY start.sh /start.sh\nUSER 1000\nENTRYPOINT [«"bash"», "/start.sh"]\n' },
      {
        code: 'FROM alpine:3.22 AS build\nRUN apk add --no-cache curl\nFROM alpine:3.22\nCOPY --from=build /app /app\nUSER 1000\nHEALTHCHECK CMD «curl» -f http://localhost:8080/health || exit 1\nCMD ["/app"]\n',
        fixed:
          'FROM alpine:3.22 AS build\nRUN apk add --no-cache curl\nFROM alpine:3.22\nCOPY --from=build /app /app\nUSER 1000\nHEALTHCHECK CMD wget -q -O /dev/null http://localhost:8080/health || exit 1\nCMD ["/app"]\n',
        why: 'Only the build stage has it.',
      },
      { code: 'FROM gcr.io/distroless/nodejs22-debian12:nonroot\nCMD [«"sh"», "-c", "node /app/x.js"]\n' },
    ],
    good: [
      {
        code: 'FROM node:24-alpine\nRUN apk add --no-cache curl\nUSER node\nHEALTHCHECK CMD curl -f http://localhost:3000/ || exit 1\nCMD ["node", "server.js"]\n',
        why: 'It is installed.',
      },
      {
        code: 'FROM node:24\nHEALTHCHECK CMD curl -f http://localhost:3000/\nCMD ["node", "server.js"]\n',
        why: 'The full image has curl.',
      },
      {
        code: 'FROM node:24-alpine\nHEALTHCHECK CMD curl -f http://localhost/ || wget -q -O /dev/null http://localhost/\nCMD ["node", "server.js"]\n',
        why: 'There is another way.',
      },
      { code: 'FROM registry.example.com/app\nCMD ["bash"]\n', why: 'Nobody knows what that image has.' },
      {
        code: 'FROM gcr.io/distroless/nodejs24-debian13\nCMD ["server.js"]\n',
        why: 'An argument of node, the entry point.',
      },
      { code: 'FROM alpine:3.22\nENTRYPOINT ["/start.sh"]\nCMD ["bash"]\n', why: 'An argument of the entry point.' },
    ],
  },
  reading: 'own',
  file: { keywords: ['CMD', 'ENTRYPOINT', 'HEALTHCHECK'] },
  check({ facts, report }) {
    const told = new Set<Placed>();
    for (const stage of facts.stages) {
      // What a stage that is built on starts counts in the stages that are built on it.
      if (stage.isBase || !stage.image.isKnown || stage.image.family === 'windows') continue;
      if (facts.lineage(stage)[0]?.instruction.from?.image.text.startsWith('$')) continue;
      for (const placed of startsOf(facts, stage)) {
        const missing = told.has(placed) ? undefined : missingIn(facts, stage, placed);
        if (!missing) continue;
        told.add(placed);
        const { instruction } = placed;
        const isCheck = instruction.keyword === 'HEALTHCHECK';
        report(placed, {
          span: missing.span,
          message: `This image has no ${missing.base}, so ${isCheck ? 'the container is never healthy' : 'the container does not start'}. ${advice(stage.image, missing.base)}`,
          ...(isCheck ? { severity: 'warning' as const } : {}),
          fixes: missing.command ? otherProbe(instruction, missing.command, stage.image) : [],
        });
      }
    }
  },
});

function advice(image: ImageInfo, name: string): string {
  if (image.shell === 'none') return 'Start a program that it has, without a shell.';
  if (name === 'bash' && image.shell === 'ash') return 'Use sh, or install bash.';
  return `Install it, or use what the image has.`;
}
