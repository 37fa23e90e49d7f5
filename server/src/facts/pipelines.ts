import { perScript, type ShellCommand, type ShellItem, type ShellList, type ShellScript } from '../shell/index.js';
import { setsErrexit } from '../shell/options.js';
import { firstIndex } from '../text/first-index.js';

/** Programs that fetch something, and so fail for reasons outside the file. */
const FETCH = new Set('curl wget aria2c aws gsutil gcloud ssh scp rsync lftp http fetch'.split(' '));
/** Clients of clouds do many other things. */
const CLIENTS = new Set(['aws', 'gcloud', 'gsutil']);
const fetches = ({ base, args }: ShellCommand): boolean =>
  FETCH.has(base) && (!CLIENTS.has(base) || args.some(({ value }) => /^(?:cp|cat|sync|rsync|get-object)$/.test(value)));

/** Programs that fail themselves when they get nothing, or only half, to read; and those that end before all is read. */
const NOTICES =
  /^(?:tar|bsdtar|gunzip|gzip|zcat|bunzip2|bzip2|bzcat|unxz|xz|xzcat|unlzma|unzstd|zstd|zstdcat|lz4|brotli|cpio|unzip|ar|7z|apt-key|gpg2?|rpm|rpm2cpio|patch|sha(?:1|256|512)sum|md5sum|head|[ef]?grep|true|psql|mysql|docker|kubectl)$/;
/** These do so with an option or a verb only: `jq -e`, `git apply`. */
const NOTICES_IF: Readonly<Record<string, RegExp>> = { jq: /^(?:-\w*e\w*|--exit-status)$/, git: /^(?:apply|am)$/ };

const notices = ({ base, args }: ShellCommand): boolean =>
  NOTICES.test(base) || (Object.hasOwn(NOTICES_IF, base) && args.some(({ value }) => NOTICES_IF[base]?.test(value)));

/** The commands that other commands run, by where they begin. */
const wrappedIn = perScript(({ commands }): readonly ShellCommand[] =>
  commands.filter(({ via }) => via !== undefined).sort((a, b) => a.span.start - b.span.start),
);

/** The innermost command that wrappers such as sudo and env run. */
export function innermost(command: ShellCommand, script: ShellScript): ShellCommand {
  const all = wrappedIn(script);
  const { start, end } = command.span;
  for (let at = firstIndex(all.length, index => (all[index]?.span.start ?? 0) > start); ; at++) {
    const other = all[at];
    if (!other || other.span.start >= end) return command;
    if (other.via === command.base && other.span.end <= end) return innermost(other, script);
  }
}

/** Every pipeline of a list, those inside compound commands included. */
export function pipelines(list: ShellList, found: ShellItem[] = []): readonly ShellItem[] {
  for (const item of list.items) {
    found.push(item);
    for (const node of item.nodes) {
      if (node.kind !== 'command') for (const nested of node.lists) pipelines(nested, found);
    }
  }
  return found;
}

/** The pipelines of several programs: those of the script, and of scripts in arguments and heredocs, as in `bash -c '…'`. */
function pipesOf({ list, commands }: ShellScript): readonly ShellItem[] {
  const found = pipelines(list).filter(({ nodes }) => nodes.length > 1);
  for (const { via, item } of commands)
    if (via !== undefined && item && item.nodes.length > 1 && item !== found.at(-1) && / -[cs]$/.test(via))
      found.push(item);
  return found;
}

/** A pipe, and not the `||` that is far more frequent. */
const PIPE = /(?<!\|)\|(?!\|)/;

/** Whether the script itself makes a pipe fail with any of its commands. */
export const setsPipefail = (script: ShellScript): boolean =>
  script.commands.some(
    ({ base, args }) =>
      (base === 'set' || /^(?:ba|z|a|k)?sh$/.test(base)) && args.some(({ value }) => value === 'pipefail'),
  );

/** The pipes that would hide a failed download, in a shell that ends at a failure or not (`-e`). */
export function hidingPipes(script: ShellScript, errexit: boolean): readonly ShellItem[] {
  const stops = errexit || script.commands.some(setsErrexit);
  if (!PIPE.test(script.source.text) || !script.commands.some(fetches)) return [];
  return pipesOf(script).filter(item => {
    if (item.negated) return false;
    const programs = item.nodes.map(node => (node.kind === 'command' ? innermost(node.command, script) : undefined));
    const last = programs.at(-1)?.base ?? '';
    if (last === '' || !programs.slice(0, -1).some(program => program && fetches(program))) return false;
    // Between the two a program may notice as well: `curl | gunzip | tee`.
    if (programs.slice(1).some(program => program && notices(program))) return false;
    const index = script.list.items.indexOf(item);
    const next = script.list.items[index + 1]?.operator;
    if (index >= 0 && next === '||') return false;
    // Without -e the script goes on after a pipe that fails, too.
    return index < 0 || stops || (next !== ';' && next !== '\n');
  });
}
