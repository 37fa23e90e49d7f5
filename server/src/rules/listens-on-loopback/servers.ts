import type { FileFacts, Stage } from '../../facts/index.js';
import { variablesOf } from '../../facts/index.js';
import { launchOf, readStart } from '../../start/index.js';

/** A server, and how it is told where to listen. */
interface Server {
  readonly name: string;
  /** The command and its arguments, separated by spaces. */
  readonly called: RegExp;
  /** The option for the address. */
  readonly option: RegExp;
  /** What else among its arguments decides where it listens, or that it does not. */
  readonly unless?: RegExp;
  /** Environment variables that say the same as the option. */
  readonly variables?: RegExp;
  /** Files that may say it. */
  readonly files?: RegExp;
  /** Such files are usual, so that nothing is certain where the build context is not known. */
  readonly needsFiles?: true;
  /** The words that make it listen everywhere; undefined where it does so by itself, or where that depends on more. */
  readonly add?: readonly string[];
}

const HOST = /^--host$/;

/** As their documentation says. */
const SERVERS: readonly Server[] = [
  {
    name: 'uvicorn',
    called: /^uvicorn \S/,
    option: HOST,
    unless: / --(?:uds|fd|env-file|help|version)\b/,
    variables: /^UVICORN_HOST$/,
    add: ['--host', '0.0.0.0'],
  },
  {
    name: 'flask',
    called: /^flask (?:.* )?run(?: |$)/,
    option: /^(?:--host|-h)$/,
    unless: / (?:--help|-e|--env-file)\b/,
    variables: /^FLASK_RUN_HOST$/,
    files: /(?:^|\/)\.(?:flask)?env$/,
    add: ['--host=0.0.0.0'],
  },
  {
    name: 'fastapi dev',
    called: /^fastapi dev(?: |$)/,
    option: HOST,
    add: ['--host', '0.0.0.0'],
  },
  {
    name: 'hypercorn',
    called: /^hypercorn \S/,
    option: /^(?:-b|--bind|--insecure-bind)$/,
    unless: / (?:-c|--config|--help)\b/,
    add: ['--bind', '0.0.0.0:8000'],
  },
  {
    name: 'daphne',
    called: /^daphne \S/,
    option: /^(?:-b|--bind)$/,
    unless: / (?:-u|--unix-socket|-e|--endpoint|--fd|--help)\b/,
    add: ['-b', '0.0.0.0'],
  },
  {
    name: 'gunicorn',
    called: /^gunicorn \S/,
    option: /^(?:-b|--bind)$/,
    unless: / (?:-c|--config|--help|--check-config|--print-config)\b/,
    variables: /^(?:PORT|GUNICORN_CMD_ARGS)$/,
    files: /(?:^|\/)gunicorn[\w.-]*\.py$/,
    needsFiles: true,
    add: ['--bind', '0.0.0.0:8000'],
  },
  {
    name: 'artisan serve',
    called: /^php (?:\S*\/)?artisan serve(?: |$)/,
    option: HOST,
    variables: /^SERVER_HOST$/,
    files: /(?:^|\/)\.env$/,
    add: ['--host=0.0.0.0'],
  },
  {
    name: 'hugo',
    called: /^hugo serve(?:r)?(?: |$)/,
    option: /^--bind$/,
    variables: /^HUGO_BIND$/,
    add: ['--bind', '0.0.0.0'],
  },
  {
    name: 'mkdocs',
    called: /^mkdocs serve(?: |$)/,
    option: /^(?:-a|--dev-addr)$/,
    unless: / (?:-f|--config-file)\b/,
    files: /(?:^|\/)mkdocs\.ya?ml$/,
    add: ['--dev-addr=0.0.0.0:8000'],
  },
  {
    name: 'jekyll',
    called: /^jekyll s(?:erve|erver)?(?: |$)/,
    option: /^(?:-H|--host)$/,
    unless: / --config\b/,
    files: /(?:^|\/)_config\.ya?ml$/,
    needsFiles: true,
    add: ['--host', '0.0.0.0'],
  },
  {
    name: 'json-server',
    called: /^json-server \S/,
    option: /^(?:-H|--host)$/,
    unless: / (?:-c|--config)\b/,
    files: /(?:^|\/)json-server\.json$/,
    add: ['--host', '0.0.0.0'],
  },
  {
    name: 'tensorboard',
    called: /^tensorboard .*--logdir/,
    option: HOST,
    unless: / --(?:bind_all|inspect)\b/,
    add: ['--bind_all'],
  },
  {
    name: 'mlflow',
    called: /^mlflow (?:server|ui)(?: |$)/,
    option: /^(?:-h|--host)$/,
    variables: /^MLFLOW_HOST$/,
    add: ['--host', '0.0.0.0'],
  },
  {
    name: 'vite',
    called: /^vite(?: (?:dev|serve|preview)(?= |$)| -|$)/,
    option: HOST,
    unless: / (?:-c|--config|--help|--version)\b/,
    files: /(?:^|\/)vite\.config\.[cm]?[jt]s$/,
    needsFiles: true,
    add: ['--host', '0.0.0.0'],
  },
  { name: 'fastapi run', called: /^fastapi run(?: |$)/, option: HOST },
  { name: 'next', called: /^next (?:dev|start)(?: |$)/, option: /^(?:-H|--hostname)$/ },
  { name: 'ng serve', called: /^ng (?:s|serve)(?: |$)/, option: HOST },
  { name: 'webpack', called: /^webpack(?:-dev-server| serve)(?: |$)/, option: HOST },
  { name: 'http-server', called: /^http-server(?: |$)/, option: /^-a$/ },
  { name: 'rails', called: /^(?:\S*\/)?rails s(?:erver)?(?: |$)/, option: /^(?:-b|--binding)$/ },
  { name: 'rackup', called: /^rackup(?: |$)/, option: /^(?:-o|--host)$/ },
  { name: 'puma', called: /^puma(?: |$)/, option: /^(?:-b|--bind)$/ },
  { name: 'streamlit', called: /^streamlit run /, option: /^--server\.address$/ },
  { name: 'waitress-serve', called: /^waitress-serve /, option: HOST },
  { name: 'http.server', called: /^http\.server(?: |$)/, option: /^(?:-b|--bind)$/ },
  {
    name: 'jupyter',
    called: /^jupyter[- ](?:lab|notebook|server)(?: |$)/,
    option: /^--ip$|^--(?:Server|Notebook)App\.ip$/,
  },
];

/** Where a server listens, and how it is told to listen everywhere. */
export interface OnLoopback {
  readonly name: string;
  /** The address is among its arguments; otherwise it is what the server does by itself. */
  readonly isTold: boolean;
  /** Words to add to the command. */
  readonly add?: readonly string[];
  /** A word of the command that another one has to replace. */
  readonly change?: { readonly from: string; readonly to: string };
}

type Words = readonly (string | undefined)[];

/** What finds a program and runs it: `poetry run`, `bundle exec`, `python -m`. */
const RUNNERS = /^(?:(?:poetry|pipenv|pdm|hatch|uv|rye) run|bundle exec|npx|python[\d.]* -m|python[\d.]* -u -m) (?!-)/;
const LOCAL = /^(tcp:\/\/|https?:\/\/)?(?:127(?:\.\d{1,3}){3}|localhost|\[::1\]|::1)(?=:\d+$|$)/;
/** Options whose value says nothing about the address. */
const ELSEWHERE = /port$|^-p$|workers$|^-w$|level$|timeout/;

/** Whether a command starts a server that only listens on 127.0.0.1; undefined when it does not or when that is not certain. */
export function onLoopback(facts: FileFacts, stage: Stage, command: Words): OnLoopback | undefined {
  // A word that only the container knows may hold the address.
  const isUnsure = command.some((word, index) => word === undefined && !ELSEWHERE.test(command[index - 1] ?? ''));
  if (isUnsure) return undefined;
  const said = command
    .map(word => word ?? '?')
    .join(' ')
    .replace(RUNNERS, '');
  const words = said.split(' ');
  const php = /^php(?:[\d.]*)$/.test(words[0] ?? '') ? words.indexOf('-S') : -1;
  if (php > 0) return told('php -S', { value: words[php + 1] ?? '', option: '' });
  const runserver = words.indexOf('runserver');
  if (runserver > 0 && /(?:^|\/)(?:manage\.py|django-admin)$/.test(words[runserver - 1] ?? ''))
    return djangoOnLoopback(words.slice(runserver + 1));
  const server = SERVERS.find(({ called }) => called.test(said));
  if (!server) return undefined;
  const { name, option, add } = server;
  const given = addressesIn(words, option);
  if (given.length > 0) return given.every(({ value }) => LOCAL.test(value)) ? told(name, given[0]) : undefined;
  if (!add || server.unless?.test(said) || mayBeSet(facts, stage, server)) return undefined;
  return { name, isTold: false, add };
}

/** An address among the words of a command, as `value` or joined to its option: `--host=value`. */
interface Given {
  readonly value: string;
  readonly option: string;
}

function addressesIn(words: readonly string[], option: RegExp): readonly Given[] {
  return words.flatMap((word, index): readonly Given[] => {
    const [, joined, value = ''] = /^(--?[\w.-]+)=(.*)$/.exec(word) ?? [];
    if (joined !== undefined) return option.test(joined) ? [{ value, option: `${joined}=` }] : [];
    if (option.test(word)) return [{ value: words[index + 1] ?? '', option: '' }];
    // `-b127.0.0.1:8000`
    return /^-\w./.test(word) && option.test(word.slice(0, 2))
      ? [{ value: word.slice(2), option: word.slice(0, 2) }]
      : [];
  });
}

function told(name: string, given: Given | undefined): OnLoopback | undefined {
  if (!given || !LOCAL.test(given.value)) return undefined;
  const { value, option } = given;
  return {
    name,
    isTold: true,
    change: { from: option + value, to: option + value.replace(LOCAL, (_, scheme = '') => `${scheme}0.0.0.0`) },
  };
}

/** `runserver`, `runserver 8000`, `runserver localhost:8000` */
function djangoOnLoopback(words: readonly string[]): OnLoopback | undefined {
  const name = 'runserver';
  // The value of an option is not the address.
  if (words.some(word => /^(?:--(?:settings|pythonpath|verbosity|help|version|ipv6)|-[v6h])$/.test(word)))
    return undefined;
  const address = words.find(word => !word.startsWith('-'));
  if (address === undefined) return { name, isTold: false, add: ['0.0.0.0:8000'] };
  if (/^\d+$/.test(address)) return { name, isTold: false, change: { from: address, to: `0.0.0.0:${address}` } };
  return told(name, { value: address, option: '' });
}

/** Whether a variable or a file may tell the server to listen elsewhere. */
function mayBeSet(facts: FileFacts, stage: Stage, { variables, files, needsFiles }: Server): boolean {
  if (variables) {
    for (const { name } of variablesOf(stage.exit.scope)) if (variables.test(name)) return true;
    const names = startTexts(facts, stage).flatMap(text => text.match(/\w+/g) ?? []);
    if (names.some(name => variables.test(name))) return true;
  }
  const { context } = facts;
  if (needsFiles && !context?.complete) return true;
  return files !== undefined && (context?.entries.some(({ path }) => files.test(path)) ?? false);
}

/** All that is known of what the start says: the scripts, and the instructions that name them. */
function startTexts(facts: FileFacts, stage: Stage): readonly string[] {
  const { entrypoint, command } = launchOf(facts, stage);
  const own = [entrypoint, command].flatMap(placed => placed?.instruction.text ?? []);
  return [...readStart(facts, stage).texts, ...own];
}
