import type { Instruction, Placed } from '../../dockerfile/index.js';
import { perScript, type ShellCommand, type ShellScript } from '../../shell/index.js';
import { literal } from '../../text/literal.js';
import { workdirAt } from '../files/image-workdir.js';
import { absolutePath, transferOf } from '../files/transfer.js';
import { type FileFacts, packageActionsOf, type Stage } from '../index.js';
import { perStage } from '../per-stage.js';
import { mayPlace } from './placing.js';

/** Packages that are known to bring neither bash nor adduser along, with a version or without. */
const PLAIN =
  /^(?:curl|wget|git|ca-certificates|tzdata|make|gcc|g\+\+|musl-dev|libc-dev|build-base|build-essential|python3|python3-pip|py3-pip|openssl|openssl-dev|libssl-dev|libffi-dev|linux-headers|zlib-dev|jpeg-dev|nodejs|npm|tini|su-exec|jq|unzip|zip|xz|openssh-client|gnupg|locales|procps|libpq-dev|libpq5|pkg-config|gettext|tar|gzip|nano|vim|less|netcat-openbsd|iputils-ping)(?:[=~<>:].*)?$/;
const SHADOW = /shadow|passwd|alpine-sdk/;
const bringsUnlessPlain = { test: (name: string): boolean => !PLAIN.test(name) };

/** Which packages may bring a command. */
const PROVIDERS: Readonly<Record<string, { readonly test: (name: string) => boolean }>> = {
  bash: bringsUnlessPlain,
  adduser: bringsUnlessPlain,
  addgroup: bringsUnlessPlain,
  deluser: bringsUnlessPlain,
  useradd: SHADOW,
  groupadd: SHADOW,
  usermod: SHADOW,
  groupmod: SHADOW,
  userdel: SHADOW,
  groupdel: SHADOW,
  chpasswd: SHADOW,
  apt: /^apt/,
  'apt-get': /^apt/,
  dpkg: /dpkg/,
  rpm: /rpm|dnf|yum/,
  yum: /yum|dnf/,
  dnf: /dnf/,
  microdnf: /dnf/,
  zypper: /zypper/,
  apk: /apk/,
};

/** Whether something before an instruction, or before an offset in it, may have put a command into the image. */
export function mayHaveBrought(facts: FileFacts, stage: Stage, placed: Placed, name: string, offset = 0): boolean {
  const first = firstToBring(facts, stage, name);
  if (first < placed.index) return true;
  if (placed.instruction.keyword !== 'RUN') return false;
  const { script } = facts.at(placed);
  if (!script || script.errors.length > 0) return false;
  if (isMountedFrom(facts, placed)) return true;
  return broughtFrom(script, placed.instruction, name) < offset || isDefinedIn(script, name);
}

/** Whether something in a stage, or in those that it is FROM, may have put a command into the image. */
export const mayBeBrought = (facts: FileFacts, stage: Stage, name: string): boolean =>
  firstToBring(facts, stage, name) < Number.POSITIVE_INFINITY;

/** By command, the index of the first instruction after which it may be there. */
const firstsIn = perStage(() => new Map<string, number>());

function firstToBring(facts: FileFacts, stage: Stage, name: string): number {
  return kept(
    firstsIn(facts, stage),
    name,
    () => facts.lineage(stage).find(placed => brings(facts, placed, name))?.index ?? Number.POSITIVE_INFINITY,
  );
}

function kept<V>(store: Map<string, V>, key: string, make: () => V): V {
  let value = store.get(key);
  if (value === undefined) {
    value = make();
    store.set(key, value);
  }
  return value;
}

/** Whether a command may be there once an instruction has been carried out. */
function brings(facts: FileFacts, placed: Placed, name: string): boolean {
  const { instruction } = placed;
  switch (instruction.keyword) {
    case 'COPY':
    case 'ADD':
      return copyMayBring(facts, placed, name);
    case 'ENV':
      // In a directory that is searched from here on, anything may lie.
      return !Object.hasOwn(PROVIDERS, name) && instruction.pairs.some(pair => pair.key === 'PATH');
    case 'RUN': {
      const { script } = facts.at(placed);
      // A RUN that cannot be read may do anything.
      if (!script || script.errors.length > 0) return true;
      return broughtFrom(script, instruction, name) < Number.POSITIVE_INFINITY;
    }
    default:
      return false;
  }
}

const inScript = perScript(() => new Map<string, number>());

/** The offset in a RUN from which on a command may be there. */
function broughtFrom(script: ShellScript, { text }: Instruction, name: string): number {
  return kept(inScript(script), name, () => {
    const path = `bin/${name}`;
    let at = text.indexOf(path);
    while (at >= 0 && /[\w-]/.test(text.charAt(at + path.length))) at = text.indexOf(path, at + 1);
    const command = script.commands.find(other => bringsBy(other, name));
    return Math.min(
      command?.span.start ?? Number.POSITIVE_INFINITY,
      at >= 0 ? at + path.length - 1 : Number.POSITIVE_INFINITY,
    );
  });
}

/** Another image or stage, or a folder with programs, is there while the RUN runs. */
const isMountedFrom = (facts: FileFacts, placed: Placed): boolean =>
  facts
    .at(placed)
    .mounts.some(
      ({ type, from, target }) =>
        (type === 'bind' || type === 'cache') &&
        (from !== undefined || (target !== undefined && (SEARCHED.test(target) || target.includes('$')))),
    );

const definedIn = perScript(() => new Map<string, boolean>());

const isDefinedIn = (script: ShellScript, name: string): boolean =>
  kept(definedIn(script), name, () => defines(script.source.text, name));

/** A function or alias of that name, or a search path of its own. */
const defines = (script: string, name: string): boolean =>
  /\(\s*\)|function|alias|PATH=/.test(script) &&
  new RegExp(
    `(?:^|[\\s;&|{(])(?:(?:function\\s+)?${literal(name)}\\s*\\(\\s*\\)|function\\s+${literal(name)}\\b|alias\\s+${literal(name)}=|PATH=)`,
  ).test(script);

/** Folders whose files, or whose `bin` folder, are searched for programs. */
const SEARCHED = /^\/(?:usr\/?(?:local\/?)?)?$|(?:^|\/)s?bin\/?$/;

function copyMayBring(facts: FileFacts, placed: Placed, name: string): boolean {
  const { instruction } = placed;
  const transfer = transferOf(instruction, facts.stateBefore(placed).scope);
  // A syntax error may be anything.
  if (!transfer) return true;
  const workdir = workdirAt(facts, placed);
  const target = workdir === undefined ? transfer.path : absolutePath(transfer.path, workdir);
  if (transfer.pathCertainty === 'unknown' || SEARCHED.test(target)) return true;
  return instruction.words.some(({ text }) => text.endsWith(`/${name}`) || text === name);
}

function bringsBy(other: ShellCommand, name: string): boolean {
  const action = packageActionsOf(other);
  if (action) {
    if (action.kind !== 'install') return false;
    if (action.uncertain || action.packages.some(word => !word.literal)) return true;
    const provider = Object.hasOwn(PROVIDERS, name) ? PROVIDERS[name] : undefined;
    // What else a package depends on is not known: any install may bring a common tool.
    if (!provider) return true;
    if (action.flags.some(flag => /^(?:-r|--requirement)/.test(flag.value))) return false;
    return action.packages.some(word => provider.test(word.value) || /\.(?:apk|deb|rpm)$/.test(word.value));
  }
  return mayPlace(other, name);
}
