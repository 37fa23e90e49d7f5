import type { Comment, LintRequest } from '../shellcheck/index.js';
import { isMeantToSplit, outputIsMeantToSplit, wordAt } from './shellcheck-words.js';

/**
 * Whether what ShellCheck says is not so, or is meant, as far as the script itself tells: each of these was found in real
 * Dockerfiles, and obeying would have broken some of them.
 */
export function isFalseAlarm({ code, start, end }: Comment, { script, shell }: LintRequest): boolean {
  switch (code) {
    case 1007:
      // `ARCH= LIBS= && …`: what follows the blank is the next assignment.
      return /^\s*[A-Za-z_]\w*\+?=/.test(script.slice(start));
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
