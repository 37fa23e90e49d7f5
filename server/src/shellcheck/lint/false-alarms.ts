import type { Comment, LintRequest } from '../index.js';
import { commandAround, goesIntoFile } from './command.js';
import { isMeantToSplit, outputIsMeantToSplit, wordAt } from './words.js';

/**
 * Whether what ShellCheck says is not so, or is meant, as far as the script itself tells: each of these was found in real
 * Dockerfiles, and obeying would have broken some of them.
 */
export function isFalseAlarm({ code, start, end }: Comment, request: LintRequest): boolean {
  const { script, shell } = request;
  switch (code) {
    case 1007:
      // `ARCH= LIBS= && …`: what follows the space is the next assignment.
      return /^\s*[A-Za-z_]\w*\+?=/.test(script.slice(start));
    case 1083:
      // `{{.Name}}`, `{id}`: braces in pairs are for whoever reads the word.
      return hasPairedBraces(wordAround(script, start));
    case 2016:
      return !wouldBeExpanded(start, end, request);
    case 2021:
      // `tr -d "[']"` takes the brackets away on purpose.
      return !/\[(?::|\w-\w)/.test(script.slice(start, end));
    case 2028:
      // dash prints the line end that is meant; where nobody knows the shell, nothing is certain.
      return shell !== 'bash' && shell !== 'busybox';
    case 2034:
      // `for try in 1 2 3`, `read -r version build`: the shell wants a name there.
      return /\b(?:for|read)\s[^;|&\n]*$/.test(script.slice(0, start)) || /^(?:for|read)\b/.test(script.slice(start));
    case 2043:
      // `for key in 6A010C51…; do gpg …`: a list of keys that holds one today.
      return /^[0-9A-F]{16,}$/i.test(script.slice(start, end));
    case 2046:
      return outputIsMeantToSplit(script, { start, end });
    case 2086:
      return isMeantToSplit(script, { start, end });
    case 2102:
      // `pip install name[extra]`: no range is meant.
      return /(?:^|[\s;&|(])(?:pip[\d.]*|pipx|uv|poetry)\s[^;&|\n]*\s["']?[\w.-]+$/.test(script.slice(0, start));
    case 2154:
      return shell !== 'bash' && outlivesBuiltin(script, /^\$\{?(\w+)/.exec(script.slice(start, end))?.[1]);
    case 3036:
    case 3037:
      // `/bin/echo -e` is a program, whatever the shell's own echo takes.
      return /\/echo(?:\s+-\S+)*\s+$/.test(script.slice(0, start));
    default:
      return false;
  }
}

/** `deps='a b' set -x && …`: what is assigned in front of a special built-in stays (POSIX, 2.14). */
function outlivesBuiltin(script: string, name: string | undefined): boolean {
  if (name === undefined) return false;
  return [...script.matchAll(new RegExp(`(?<![\\w$}/.-])${name}=`, 'g'))].some(({ index, 0: text }) => {
    const value = index + text.length;
    const rest = script.slice(value + wordAt(script, value).length);
    return /^\s+(?:[A-Za-z_]\w*=\S*\s+)*(?:set|export|readonly|eval|trap|unset|shift|times|[.:])\s/.test(rest);
  });
}

/** The word around an offset, by its spaces. */
const wordAround = (script: string, at: number): string =>
  `${/\S*$/.exec(script.slice(0, at))?.[0] ?? ''}${/^\S*/.exec(script.slice(at))?.[0] ?? ''}`;

const hasPairedBraces = (word: string): boolean => {
  const plain = word.replace(/\$\{[^{}]*\}/g, '');
  return plain.split('{').length === plain.split('}').length;
};

/** Commands whose arguments are names of files and addresses: `$X` in one of them is meant to be expanded. */
const TAKES_PATHS = /^(?:cd|cp|mv|rm|ln|mkdir|touch|chmod|chown|tar|unzip|curl|wget|cat|ls|test|\[)$/;

/**
 * Whether single quotes keep from a command what it needs: a variable of this build, in a path or an address, or in what is
 * printed for another program. Programs with a language of their own, and files, get theirs on purpose.
 */
function wouldBeExpanded(start: number, end: number, { script, assigned = [] }: LintRequest): boolean {
  const names = [...script.slice(start, end).matchAll(/\$\{?(\w+)/g)].map(match => match[1] ?? '');
  if (!names.some(name => assigned.includes(name) || new RegExp(`(?<![\\w$])${name}=`).test(script))) return false;
  const { name, before, after } = commandAround(script, start);
  if (TAKES_PATHS.test(name)) return !/\s(?:-w|--write-out|-F|--format|--transform|--xform)[\s=]*$/.test(before);
  if (name !== 'echo' && name !== 'printf') return false;
  const rest = after.slice(end - start);
  return /^[^;&|\n]*\|(?!\|)/.test(rest) && !goesIntoFile(rest) && !READS_A_LANGUAGE.test(rest);
}

const READS_A_LANGUAGE =
  /^[^;&|\n]*\|\s*(?:\w+=\S*\s+|sudo\s+|exec\s+)*(?:\/\S*\/)?(?:ba|da|z|k|a)?(?:sh|sed|awk|gawk|perl|php|ruby|node|python[\d.]*|jq|envsubst|crontab|psql|mysql|sqlite3|tee|debconf-set-selections)\b/;
