import type { FileFacts, PackageAction } from '../../facts/index.js';
import { packageActions } from '../../facts/packages/in-run.js';
import { unconditionalItems } from '../../facts/programs/unconditional.js';
import { earlierRuns, laterRuns, type RunPlace } from '../../facts/runs.js';
import type { ShellCommand, ShellItem, ShellScript } from '../../shell/index.js';
import { setsErrexit } from '../../shell/options.js';
import type { Span } from '../../text/span.js';

/** Where a missing download stops the build: by apt or another command in the RUN that downloads, or in a later RUN. */
export type Noticed = 'apt' | 'here' | 'later';

/** Programs that are often in the image already, and words of addresses that are commands too. */
const COMMON =
  /^(?:install|get|update|test|sh|bash|ash|dash|zsh|env|apt|apt-get|apk|dnf|yum|rpm|git|make|python\d*|pip\d*|php|perl|ruby|node|npm|npx|yarn|go|java)$/;

/** What rustup brings; the others have the name that is in their address or in an option of their installer. */
const OF_RUSTUP = /^(?:cargo|rustc|rustup)$/;

/** Files that the image has without the download. */
const OF_SYSTEM = /^\/(?:etc|usr\/(?:lib|share))\//;

/**
 * Where the build stops when the pipe got nothing: what comes next reads a file that the download was to write
 * (`. "$HOME/.cargo/env"`), or calls the program that it was to install.
 */
export function noticedAt(facts: FileFacts, run: RunPlace, script: ShellScript, pipe: ShellItem): Noticed | undefined {
  const { span } = pipe;
  if (isNoticedByApt(script, span) || isMissedByApt(facts, run, script, pipe)) return 'apt';
  const words = new Set(script.source.text.slice(span.start, span.end).split(/[^\w-]+|-sh\b/));
  const isInstalled = ({ name }: ShellCommand): boolean => {
    // `~/.local/bin/uv`, `$HOME/.bun/bin/bun`
    const program = name?.value.replace(/^.*\//s, '') ?? '';
    return (
      program.length > 1 &&
      !COMMON.test(program) &&
      (words.has(program) || (words.has('rustup') && OF_RUSTUP.test(program)))
    );
  };
  // The image may have it: then a failed download is not noticed.
  if (script.commands.some(command => command.span.end <= span.start && isInstalled(command))) return undefined;
  const needs = (command: ShellCommand): boolean => isInstalled(command) || readsFile(command);
  if (stopsAt(script, run.facts.shell.errexit, script.list.items.indexOf(pipe) + 1, needs)) return 'here';
  const isLater = laterRuns(facts, run).some(
    ({ facts: { script: later, shell } }) => later && stopsAt(later, shell.errexit, 0, isInstalled),
  );
  return isLater ? 'later' : undefined;
}

/** `. ~/.cargo/env`, `. $NVM_DIR/nvm.sh`: the shell ends when the file is missing. */
function readsFile({ base, args: [file] }: ShellCommand): boolean {
  return (base === '.' || base === 'source') && file !== undefined && !OF_SYSTEM.test(file.value);
}

/** Whether one of the items from there on certainly runs such a command, and the script ends with its failure. */
function stopsAt(
  script: ShellScript,
  errexit: boolean,
  from: number,
  isSuch: (command: ShellCommand) => boolean,
): boolean {
  const { items } = script.list;
  const ends = errexit || script.commands.some(setsErrexit);
  // Without `-e`, the status of the script is that of its last chain.
  const lastChain = items.findLastIndex(({ operator }) => operator !== '&&' && operator !== '||');
  const sure = unconditionalItems(script);
  return items.some(
    (item, index) =>
      index >= from &&
      sure.has(item) &&
      !item.background &&
      item.nodes.length === 1 &&
      (index >= lastChain || (ends && !/^(?:&&|\|\|)$/.test(items[index + 1]?.operator ?? ''))) &&
      script.commands.some(command => command.top && command.item === item && isSuch(command)),
  );
}

/**
 * An installation after the pipe finds no package: the pipe was to add the list of the packages that it names, or was to fetch
 * all lists, which an earlier RUN has removed.
 */
function isMissedByApt(facts: FileFacts, run: RunPlace, script: ShellScript, pipe: ShellItem): boolean {
  const text = script.source.text.slice(pipe.span.start, pipe.span.end);
  const words = new Set(text.split(/[^\w-]+/));
  const addsList = text.includes('/etc/apt/sources.list');
  const hasNoLists =
    RUNS_SCRIPT.test(text) && !packageActions(run.facts, 'update').some(isApt) && lacksLists(facts, run);
  if (!addsList && !hasNoLists) return false;
  const installs = packageActions(run.facts, 'install').filter(isApt);
  const isMissed = (command: ShellCommand): boolean =>
    installs.some(
      one =>
        one.command === command &&
        (hasNoLists || one.packages.some(({ value }) => words.has(value) && !OF_DISTRIBUTION.test(value))),
    );
  return stopsAt(script, run.facts.shell.errexit, script.list.items.indexOf(pipe) + 1, isMissed);
}

const RUNS_SCRIPT = /\|\s*(?:sudo\s+(?:-\w+\s+)*)?(?:ba|da)?sh\b/;
const isApt = ({ manager }: PackageAction): boolean => manager === 'apt-get' || manager === 'apt';

/** Debian has packages of these names too. */
const OF_DISTRIBUTION =
  /^(?:ansible|cassandra|docker|elasticsearch|erlang|git|haproxy|influxdb|libreoffice|mariadb|mongodb|mono|mysql|nginx|nodejs|php|postgresql|rabbitmq|redis|ruby|varnish|yarn)/;

/** Whether the package lists were removed before a RUN begins. */
function lacksLists(facts: FileFacts, run: RunPlace): boolean {
  for (const earlier of earlierRuns(facts, run).toReversed()) {
    if (/\brm\s[^;&|]*\/var\/lib\/apt\/lists/.test(earlier.instruction.text)) return true;
    if (packageActions(earlier.facts, 'update').some(isApt)) return false;
  }
  return false;
}

/** A signing key that is missing is noticed by the `apt-get update` after it, which does not trust the repository then. */
const isNoticedByApt = ({ commands }: ShellScript, pipe: Span): boolean =>
  commands.some(
    ({ base, args, span }) =>
      pipe.start <= span.start &&
      span.end <= pipe.end &&
      (base === 'gpg' || args.some(({ value }) => /keyring/.test(value))),
  ) &&
  commands.some(
    ({ base, args, span }) => /^apt(?:-get)?$/.test(base) && args[0]?.value === 'update' && span.start > pipe.end,
  );
