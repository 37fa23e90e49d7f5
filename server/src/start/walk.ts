import { absolutePath } from '../facts/files/transfer.js';
import { type FileFacts, find, type Stage } from '../facts/index.js';
import { type ShellCommand, type ShellScript, type ShellWord, scriptOfText } from '../shell/index.js';
import { createSizedCache } from '../text/sized-cache.js';
import { fileAt, type ImageFile, programFile } from './files.js';
import { type Guards, guardsOf } from './guards.js';
import { manifestScript, procfileLines } from './manifests.js';
import type { Evidence, StartReading, Step } from './types.js';

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** What is gathered, and what the text that is being read is known to have set. */
export interface Walk {
  readonly facts: FileFacts;
  readonly stage: Stage;
  readonly found: Mutable<StartReading> & {
    readonly steps: Step[];
    readonly read: string[];
    readonly texts: string[];
    readonly unread: Evidence[];
  };
  /** What `"$@"` stands for. */
  readonly args: readonly string[];
  readonly variables: Map<string, string | undefined>;
  workdir: string | undefined;
  readonly depth: number;
}

/** Scripts that start scripts that start scripts: nobody needs more. */
const MAX_DEPTH = 6;

const SHELLS = new Set(['sh', 'bash', 'ash', 'dash', 'ksh', 'zsh']);
const REST_OF_ARGUMENTS = /^"?\$(?:[@*]|\{[@*])/;

interface ReadText {
  readonly script: ShellScript;
  readonly guards: Guards;
}

/** In characters. While a file is typed, what it starts is nearly always what it was a key ago. */
const MOST_KEPT = 300_000;
const readTexts = createSizedCache<ReadText>(MOST_KEPT);

function readText(text: string): ReadText {
  const known = readTexts.get(text);
  if (known) return known;
  const script = scriptOfText(text.replace(/\r\n/g, '\n'));
  const read = { script, guards: guardsOf(script) };
  readTexts.set(text, read, text.length);
  return read;
}

/** Reads a text that a shell runs, in a file or an instruction of this name. */
export function walkText(walk: Walk, text: string, where: string): void {
  const { script, guards } = readText(text);
  if (guards.wantsRoot !== undefined) walk.found.wantsRoot ??= { where, line: guards.wantsRoot };
  walk.found.hasRoles ||= guards.hasRoles;
  const blocks = [...guards.redirectedBlocks];
  for (const command of script.commands) {
    for (let block = blocks[0]; block && block.span.start <= command.span.start; block = blocks[0]) {
      blocks.shift();
      if (!guards.isForRoot(block)) addRedirections(walk, block, guards, { where, line: lineOf(script, block) });
    }
    // What another shell's `-c` holds is read from its own text, and what only root does need not be done by others.
    if (/ -c$/.test(command.via ?? '') || guards.isForRoot(command)) continue;
    walkCommand(walk, command, guards, { where, line: lineOf(script, command) });
  }
}

function walkCommand(walk: Walk, command: ShellCommand, guards: Guards, evidence: Evidence): void {
  for (const { name, value } of command.assignments)
    if (!command.name) walk.variables.set(name, value ? valueOf(walk, value) : '');
  if (!command.name && command.redirects.length === 0) return;
  const path = (command.name && valueOf(walk, command.name)) ?? '';
  const program = path.slice(path.lastIndexOf('/') + 1);
  if (guards.functions.has(path)) {
    addRedirections(walk, command, guards, evidence);
    return;
  }
  const first = command.args[0];
  const called = program === 'exec' ? first : command.name;
  if (called && REST_OF_ARGUMENTS.test(called.text)) {
    addRedirections(walk, command, guards, evidence);
    runArguments(walk);
    return;
  }
  if (program === 'cd') {
    const target = first && valueOf(walk, first);
    walk.workdir = target === undefined ? undefined : absolutePath(target, walk.workdir);
    return;
  }
  if (program === 'export' || program === 'readonly' || program === 'local') {
    for (const { value, literal } of command.args) {
      const [, name, text] = /^(\w+)=([\s\S]*)$/.exec(value) ?? [];
      if (name !== undefined) walk.variables.set(name, literal ? text : undefined);
    }
    return;
  }
  walk.found.steps.push({
    program,
    path,
    args: command.args.map(word => valueOf(walk, word)),
    command,
    workdir: walk.workdir,
    isTolerated: guards.isTolerated(command),
    isBackground: command.item?.background ?? false,
    redirected: writtenBy(walk, command.redirects),
    evidence,
  });
  follow(walk, program, path, command, evidence);
}

/** What a compound command, or a call of what is read elsewhere, writes by its own redirections: a step without a program. */
function addRedirections(
  walk: Walk,
  redirecting: Pick<ShellCommand, 'span' | 'item' | 'redirects'>,
  guards: Guards,
  evidence: Evidence,
): void {
  if (redirecting.redirects.length === 0) return;
  walk.found.steps.push({
    program: '',
    path: '',
    args: [],
    command: undefined,
    workdir: walk.workdir,
    isTolerated: guards.isTolerated(redirecting),
    isBackground: false,
    redirected: writtenBy(walk, redirecting.redirects),
    evidence,
  });
}

/** The files that redirections write to. */
const writtenBy = (walk: Walk, redirects: ShellCommand['redirects']): readonly (string | undefined)[] =>
  redirects
    .filter(({ operator, target }) => /^[&\d]*>/.test(operator) && target && !/^&?\d$|^-$/.test(target.value))
    .map(({ target }) => target && valueOf(walk, target));

/** Reads what a command runs in turn. */
function follow(walk: Walk, program: string, path: string, command: ShellCommand, evidence: Evidence): void {
  if (walk.depth >= MAX_DEPTH) return;
  const { facts, stage, workdir } = walk;
  const words = command.args.map(word => valueOf(walk, word));
  if (SHELLS.has(program)) {
    const flag = words.findIndex(word => word !== undefined && /^-[a-zA-Z]*c[a-zA-Z]*$/.test(word));
    const text = flag < 0 ? undefined : command.args[flag + 1];
    if (text) {
      walkText({ ...walk, depth: walk.depth + 1 }, text.value, evidence.where);
      return;
    }
    const script = words.find(word => word !== undefined && !/^[-+]/.test(word));
    if (script !== undefined)
      followFile(
        walk,
        script,
        fileAt(facts, stage, absolutePath(script, workdir)) ?? unread(script),
        words.slice(words.indexOf(script) + 1),
        evidence,
        'given to a shell',
      );
    return;
  }
  if ((program === '.' || program === 'source') && words[0] !== undefined) {
    const file = words[0].includes('/') ? fileAt(facts, stage, absolutePath(words[0], workdir)) : undefined;
    // What the system has, such as /etc/profile, sets variables and no more.
    if (file || !/^\/(?:etc|usr|opt|root)\//.test(words[0]))
      followFile(walk, words[0], file ?? unread(words[0]), [], evidence, 'sourced');
    return;
  }
  if (/^(?:npm|yarn|pnpm|bun)$/.test(program)) {
    const manifest = fileAt(facts, stage, absolutePath('package.json', workdir));
    if (manifest && manifest.text === undefined && runsScript(words)) walk.found.unread.push(evidence);
    const script = manifest?.text === undefined ? undefined : manifestScript(manifest.text, program, words);
    if (manifest && script !== undefined) {
      walk.found.read.push(manifest.name);
      walkText({ ...walk, depth: walk.depth + 1 }, script, manifest.name);
    }
    return;
  }
  if (/^(?:foreman|honcho|hivemind|overmind)$/.test(program) && words[0] === 'start') {
    const file = fileAt(facts, stage, absolutePath('Procfile', workdir));
    if (file?.text === undefined) return;
    walk.found.read.push(file.name);
    for (const text of procfileLines(file.text)) walkText({ ...walk, depth: walk.depth + 1 }, `${text} &`, file.name);
    return;
  }
  const file =
    path === ''
      ? undefined
      : (programFile(facts, stage, path, workdir) ??
        (SURELY_SCRIPT.test(path) && program !== 'catalina.sh' ? unread(path) : undefined));
  if (file) followFile(walk, path, file, words, evidence);
}

const SCRIPT = /^#!\s*(?:\S*\/env\s+(?:-S\s+)?)?(?:\S*\/)?(?:ba|da|a|k|z)?sh\b/;

/** By its name a script of a shell: what its text is decides, where that is known. */
const LOOKS_LIKE_SCRIPT = /\.(?:sh|bash)$|(?:^|[-_/])(?:entry-?point|start|startup|run|boot|init|launch|bootstrap)$/;
/** The same of a file that this Dockerfile does not bring: the base image's program may have any of the other names. */
const SURELY_SCRIPT = /\.(?:sh|bash)$|(?:^|[-_/])entry-?point$/;

function followFile(
  walk: Walk,
  path: string,
  file: ImageFile,
  words: readonly (string | undefined)[],
  evidence: Evidence,
  how: 'called' | 'given to a shell' | 'sourced' = 'called',
): void {
  const { name, text } = file;
  const isScript = how !== 'called';
  if (text === undefined) {
    if (isScript || LOOKS_LIKE_SCRIPT.test(path) || LOOKS_LIKE_SCRIPT.test(name)) walk.found.unread.push(evidence);
    return;
  }
  if (walk.found.read.includes(name)) return;
  if (!isScript && !SCRIPT.test(text) && !(/\.(?:sh|bash)$/.test(name) && !text.startsWith('#!'))) return;
  walk.found.read.push(name);
  walk.found.texts.push(text);
  const isSourced = how === 'sourced';
  const args = isSourced ? walk.args : [...words.flatMap(word => word ?? []), ...(walk.depth === 0 ? walk.args : [])];
  const inner: Walk = { ...walk, args, depth: walk.depth + 1 };
  walkText(inner, text, name);
  if (isSourced) walk.workdir = inner.workdir;
}

/** A script of which nothing but its name is known. */
const unread = (name: string): ImageFile => ({ name, text: undefined });

/** `npm start`, `yarn run web`: what that does, package.json says. */
const runsScript = (words: readonly (string | undefined)[]): boolean =>
  words.some(word => word === 'start' || word === 'run' || word === 'serve' || word === 'prod');

/** `exec "$@"`: what CMD says. */
function runArguments(walk: Walk): void {
  if (walk.args.length === 0 || walk.depth >= MAX_DEPTH) return;
  walkText({ ...walk, args: [], depth: walk.depth + 1 }, shellText(walk.args), 'CMD');
}

/** Words as a shell has to be told them. */
export const shellText = (words: readonly string[]): string =>
  words.map(word => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)).join(' ');

/** The line that a command begins on, and those that continue it, without what is around. */
const lineOf = ({ source }: ShellScript, { span }: Pick<ShellCommand, 'span'>): string =>
  source.text
    .slice(span.start, span.end)
    .replace(/\\\n\s*/g, '')
    .split('\n')[0]
    ?.trim() ?? '';

/** A word with its variables replaced; undefined where one of them, or what a command prints, is not known. */
function valueOf(walk: Walk, word: ShellWord): string | undefined {
  if (word.literal) return word.value;
  const { value } = word;
  let isKnown = true;
  const text = value
    .replace(/\$\(pwd\)|\$\{?PWD\}?(?!\w)/g, () => walk.workdir ?? '$PWD')
    .replace(
      /\$(?:(\w+)|\{(\w+)(?:(:?[-=])([^{}]*))?\})/g,
      (_, plain: string, braced: string, operator: string, fallback: string) => {
        const name = plain ?? braced ?? '';
        const known = /^\d$/.test(name)
          ? walk.args[Number(name) - 1]
          : walk.variables.has(name)
            ? walk.variables.get(name)
            : environment(walk, name);
        const found =
          known ?? (operator === undefined || /[$`]/.test(fallback) ? undefined : fallback.replace(/^["']|["']$/g, ''));
        if (found === undefined) isKnown = false;
        return found ?? '';
      },
    );
  return isKnown && !/[$`*?[{~]/.test(text) ? text : undefined;
}

function environment({ stage }: Walk, name: string): string | undefined {
  const variable = find(stage.exit.scope, name);
  return variable?.kind === 'env' ? variable.value : undefined;
}
