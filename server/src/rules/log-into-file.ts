import type { Placed } from '../dockerfile/index.js';
import { insertBelow } from '../edits/placing.js';
import type { FileFacts, Stage } from '../facts/index.js';
import { packageActions, packageName } from '../facts/packages/in-run.js';
import type { ShellCommand, ShellWord } from '../shell/index.js';
import { launchOf, readStart } from '../start/index.js';
import { defineRule, type FixEdit, type Report, type RuleFix } from './rule.js';

/** Options of servers that name a file for the log. */
const LOG_OPTIONS: readonly (readonly [program: RegExp, option: RegExp])[] = [
  [/^(?:gunicorn|hypercorn)$/, /^--(?:access-logfile|error-logfile|log-file)$/],
  [/^celery$/, /^(?:-f|--logfile)$/],
  [/^(?:redis-server|valkey-server)$/, /^--logfile$/],
  [/^(?:mongod|mongos)$/, /^--logpath$/],
];

/** Servers that distributions set up to write below /var/log; the official images of their projects have links there. */
const PACKAGED = {
  nginx: { programs: /^nginx$/, settings: /\/etc\/nginx|access_log|error_log/, logs: ['access.log', 'error.log'] },
  apache2: {
    programs: /^(?:apache2|apache2ctl|apachectl)$/,
    settings: /\/etc\/apache2|CustomLog|ErrorLog/,
    logs: ['access.log', 'other_vhosts_access.log', 'error.log'],
  },
} as const;

export default defineRule({
  id: 'log-into-file',
  codes: [],
  summary: 'A program writes its log into a file of the container, where `docker logs` does not see it.',
  rationale:
    'Docker, Compose and Kubernetes collect what a container writes to its standard output. A log in a file is only found by those who look into the container, grows there until the disk is full, and is gone with it. Write to standard output, or make the file a link to /dev/stdout.',
  category: 'maintainability',
  practice: 'one-process',
  severity: 'warning',
  since: '0.2.0',
  links: ['https://docs.docker.com/engine/logging/'],
  examples: {
    bad: [
      {
        code: 'FROM python:3.13-slim\nCMD python app.py «>> /var/log/app.log» 2>&1\n',
        fixed: 'FROM python:3.13-slim\nCMD python app.py 2>&1\n',
      },
      {
        code: 'FROM python:3.13-slim\nCMD gunicorn --access-logfile «/var/log/access.log» app:app\n',
        fixed: 'FROM python:3.13-slim\nCMD gunicorn --access-logfile - app:app\n',
      },
      {
        code: 'FROM debian:13\nRUN apt-get update && apt-get install -y --no-install-recommends nginx && rm -rf /var/lib/apt/lists/*\nCMD «["nginx", "-g", "daemon off;"]»\n',
        fixed:
          'FROM debian:13\nRUN apt-get update && apt-get install -y --no-install-recommends nginx && rm -rf /var/lib/apt/lists/*\nRUN ln -sf /dev/stdout /var/log/nginx/access.log && ln -sf /dev/stderr /var/log/nginx/error.log\nCMD ["nginx", "-g", "daemon off;"]\n',
        why: 'Of the distribution, which has no such links: a hint.',
      },
    ],
    good: [
      { code: 'FROM nginx:1.29\nCMD ["nginx", "-g", "daemon off;"]\n', why: 'The image has the links.' },
      { code: 'FROM python:3.13-slim\nCMD gunicorn --access-logfile - app:app\n', why: 'Standard output.' },
      {
        code: 'FROM python:3.13-slim\nVOLUME /var/log/app\nCMD python app.py >> /var/log/app/app.log\n',
        why: 'The file is kept outside.',
      },
      {
        code: 'FROM postgres:18\nCMD pg_dump app > /backup/app.sql\n',
        why: 'What it is there to write.',
      },
      {
        code: 'FROM debian:13\nCMD app > /var/log/app.log & tail -F /var/log/app.log\n',
        why: 'tail shows it.',
      },
    ],
  },
  reading: 'own',
  file: { keywords: ['CMD', 'ENTRYPOINT'] },
  check({ facts, report }) {
    const told = new Set<Placed>();
    for (const stage of facts.stages) {
      // What a stage that is built on starts counts in the stages that are built on it.
      const { entrypoint, command } = launchOf(facts, stage);
      const placed = entrypoint ?? command;
      if (stage.isBase || !placed || told.has(placed) || stage.image.family === 'windows') continue;
      const { instruction } = placed;
      const found = redirected(facts, stage, placed) ?? byOption(facts, placed);
      if (found) {
        told.add(placed);
        report(placed, found);
        continue;
      }
      const packaged = byPackage(facts, stage);
      if (!packaged) continue;
      told.add(placed);
      report(placed, { span: instruction.argumentsSpan, severity: 'hint', ...packaged });
    }
  },
});

/** A log by its name or its folder: anything else may be what the program is there to write. */
const isLog = (path: string): boolean =>
  /^\/(?!dev\/|proc\/)(?:.*\/)?(?:logs?\/.*|[^/]*(?:\.(?:log|err|out)|log))$/.test(path);

/** `app > /var/log/app.log`, where nothing shows the file and no volume keeps it. */
function redirected(facts: FileFacts, stage: Stage, placed: Placed): Report | undefined {
  const { script } = facts.at(placed);
  if (script?.form !== 'shell' || script.errors.length > 0) return undefined;
  const last = script.commands.at(-1);
  if (!last?.top || last.item?.background || script.commands.some(({ base }) => base === 'tail' || base === 'tee'))
    return undefined;
  const redirect = last.redirects.find(
    ({ operator, target }) => /^(?:1|&)?>{1,2}$/.test(operator) && target?.literal && isLog(target.value),
  );
  const path = redirect?.target?.value;
  if (!redirect || path === undefined || isInVolume(facts, stage, path)) return undefined;
  return {
    span: redirect.span,
    message: `docker logs does not see what goes to ${path}: write to standard output.`,
    fixes: fix('Write to standard output', [withoutRedirect(redirect)]),
  };
}

const withoutRedirect = ({ span }: ShellCommand['redirects'][number]): FixEdit => ({
  span: { start: span.start - 1, end: span.end },
  text: '',
});

const isInVolume = (facts: FileFacts, stage: Stage, path: string): boolean =>
  facts
    .lineage(stage)
    .some(
      ({ instruction }) =>
        instruction.keyword === 'VOLUME' &&
        instruction.words.some(({ text }) => path.startsWith(text.replace(/\/?$/, '/'))),
    );

/** `gunicorn --access-logfile FILE`. */
function byOption(facts: FileFacts, placed: Placed): Report | undefined {
  const { commands } = facts.at(placed);
  for (const command of commands) {
    const found = logOption(command);
    if (!found) continue;
    const { json } = placed.instruction;
    return {
      span: found.span,
      message: `docker logs does not see what goes to ${found.value}: write to standard output.`,
      fixes:
        /^gunicorn$/.test(command.base) && (json || command.editable)
          ? fix('Write to standard output', [{ span: found.span, text: '-' }])
          : [],
    };
  }
  return undefined;
}

function logOption({ base, args }: ShellCommand): ShellWord | undefined {
  const row = LOG_OPTIONS.find(([program]) => program.test(base));
  const index = row ? args.findIndex(({ value }) => row[1].test(value)) : -1;
  const word = index < 0 ? undefined : args[index + 1];
  return word?.literal && isLog(word.value) ? word : undefined;
}

/** A server of the distribution, whose logs nothing leads elsewhere. */
function byPackage(
  facts: FileFacts,
  stage: Stage,
): { readonly message: string; readonly fixes: readonly RuleFix[] } | undefined {
  const { family, isKnown } = stage.image;
  if (!isKnown || (family !== 'debian' && family !== 'ubuntu')) return undefined;
  const lineage = facts.lineage(stage);
  // Cheaper than what it starts, and nearly always enough.
  if (!lineage.some(({ instruction }) => /nginx|apache2/.test(instruction.text))) return undefined;
  const program = readStart(facts, stage).steps.at(-1)?.program;
  const name =
    program === 'nginx'
      ? 'nginx'
      : program !== undefined && PACKAGED.apache2.programs.test(program)
        ? 'apache2'
        : undefined;
  if (name === undefined) return undefined;
  const { settings, logs } = PACKAGED[name];
  const text = lineage.map(({ instruction }) => instruction.text).join('\n');
  if (settings.test(text) || /\/dev\/std|\/proc\/self/.test(text)) return undefined;
  const installing = lineage.find(
    placed =>
      facts.stageOf(placed) === stage &&
      packageActions(facts.at(placed), 'install').some(({ packages }) =>
        packages.some(({ value }) => new RegExp(`^${name}(?:-(?:light|core|full|extras))?$`).test(packageName(value))),
      ),
  );
  if (!installing) return undefined;
  const links = logs.map(log => `ln -sf /dev/${log === 'error.log' ? 'stderr' : 'stdout'} /var/log/${name}/${log}`);
  return {
    message: `${name} of ${family === 'ubuntu' ? 'Ubuntu' : 'Debian'} logs to /var/log/${name}, which docker logs does not see: make the files links to /dev/stdout.`,
    fixes: [
      {
        title: 'Link the logs to standard output',
        safety: 'review',
        edits: [insertBelow(facts, installing, `RUN ${links.join(' && ')}`)],
        effect: { inserts: ['RUN'] },
      },
    ],
  };
}

const fix = (title: string, edits: readonly FixEdit[]): readonly RuleFix[] => [
  { title, safety: 'review', edits, effect: { arguments: true, commands: true } },
];
