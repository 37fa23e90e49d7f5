import type { Placed } from '../../dockerfile/index.js';
import type { FileFacts, Stage } from '../../facts/index.js';
import { perLineage } from '../../facts/per-lineage.js';

export const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** Names by which programs call what they write to, in small letters. */
const WRITTEN = words(
  'data db database log logs tmp temp cache upload uploads uploaded storage run pid pids socket sockets state session sessions media backup backups download downloads output outputs spool',
);
export const isWritten = (name: string): boolean => WRITTEN.has(name.toLowerCase());

/** Where each program has a directory of its own, which is what is meant. */
const SHARED = /^\/(?:var\/(?:lib|log|cache|run|spool|opt|tmp)|run|srv|mnt|opt|home)$/;
/** Never handed over: the system's own, what everybody may write to, and what package managers keep. */
const SYSTEM =
  /^\/(?:$|(?:bin|boot|dev|etc|lib\w*|proc|root|sbin|sys|tmp|usr(?!\/src\/|\/local\/[^/]+\/|\/app\/)|var\/tmp)(?:\/|$)|var$|(?:var\/(?:lib|log|cache)|(?:var\/)?run)\/(?:apt|dpkg|apk|dnf|yum|rpm|pacman|secrets|sshd|lock|dbus|systemd|sudo)(?:\/|$))/;

export const isShared = (path: string): boolean => SHARED.test(path);
export const isOfSystem = (path: string): boolean => SYSTEM.test(path);

/** A command that gives files to somebody, lets everybody write to them, or takes them away again, with its arguments. */
const SETTLES =
  /\b(?:chown|install|rmdir|rm|chmod(?=[^;&|\n]*\s(?:[0-7]?[0-7]{2}[2367]|[augo]*\+[rwxXst]*w)))\b([^;&|\n]*)/g;

/** The same without what takes them away. */
const GIVES = /\b(?:chown|install|chmod(?=[^;&|\n]*\s(?:[0-7]?[0-7]{2}[2367]|[augo]*\+[rwxXst]*w)))\b([^;&|\n]*)/g;

/** The words after such commands of the RUNs, without quotes around them and a slash at their end. */
export function settledIn(lineage: readonly Placed[], commands = SETTLES): ReadonlySet<string> {
  const words = new Set<string>();
  for (const { instruction } of lineage) {
    if (instruction.keyword !== 'RUN' || !/\b(?:chown|chmod|install|rmdir|rm)\b/.test(instruction.text)) continue;
    const script = instruction.text.replace(/[\\`]\r?\n/g, ' ');
    for (const [, rest = ''] of script.matchAll(commands))
      for (const word of rest.split(/\s+/).slice(1)) words.add(word.replace(/^["']|\/?["']?$/g, ''));
  }
  return words;
}

/** Whether one of the words is the directory or one around it. */
export function isSettled(path: string, workdir: string | undefined, words: ReadonlySet<string>): boolean {
  for (let end = path.indexOf('/', 1); end >= 0; end = path.indexOf('/', end + 1))
    if (words.has(path.slice(0, end))) return true;
  const isBelow = workdir !== undefined && path.startsWith(`${workdir}/`);
  return words.has(path) || (isBelow && (words.has(path.slice(workdir.length + 1)) || words.has('.')));
}

const givenIn = perLineage((facts: FileFacts, stage: Stage) => settledIn(facts.lineage(stage), GIVES));

/** Whether the file itself gives a directory, or one around it, to somebody. */
export const isGiven = (facts: FileFacts, stage: Stage, path: string): boolean =>
  isSettled(path, stage.exit.workdir, givenIn(facts, stage));
