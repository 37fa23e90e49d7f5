import type { ShellcheckExplanations } from './types.js';

/**
 * What only some shells know. `/bin/sh` is dash in Debian and Ubuntu, BusyBox in Alpine, bash in Fedora and its kin; SHELL
 * chooses another.
 */
export const portability = (): ShellcheckExplanations => ({
  3001: {
    summary: '`<(…)` is known to bash only.',
    rationale: 'Use a pipe or a file, or choose bash with SHELL.',
    bad: 'diff <(ls) b',
    good: 'ls | diff - b',
  },
  3009: {
    summary: 'This shell does not know `{a,b}`.',
    rationale: 'It makes one file or argument with braces in its name. Write the words out, or choose bash with SHELL.',
    bad: 'mkdir {a,b}',
    good: 'mkdir a b',
  },
  3010: {
    summary: 'This shell does not know `[[ ]]`.',
    rationale: 'The build fails, or takes the test for false. Use `[ ]`, or choose bash with SHELL.',
    bad: '[[ -f x ]]',
    good: '[ -f x ]',
  },
  3011: {
    summary: 'This shell does not know `<<<`.',
    rationale: 'Use a pipe, or choose bash with SHELL.',
    bad: 'cat <<< a',
    good: 'echo a | cat',
  },
  3014: {
    summary: '`==` is not an operator of `[ ]` in this shell.',
    rationale: 'dash takes it for an error, and the test for false. Use `=`.',
    bad: '[ "$PWD" == / ]',
    good: '[ "$PWD" = / ]',
  },
  3020: {
    summary: 'This shell does not know `&>`.',
    rationale: 'It runs the command in the background and empties the file. Write `> file 2>&1`.',
    bad: 'ls &> log',
    good: 'ls > log 2>&1',
  },
  3024: {
    summary: 'This shell does not know `+=`.',
    rationale: 'It takes the whole for a command. Write `name="$name more"`.',
    bad: 'x=a; x+=b; echo "$x"',
    good: 'x=a; x="${x}b"; echo "$x"',
  },
  3028: {
    summary: 'This shell does not set this variable.',
    rationale: 'Here it is empty, unless ENV or ARG set it. `id -u` is what bash calls `$UID`.',
    bad: 'echo "$UID"',
    good: 'id -u',
  },
  3030: {
    summary: 'This shell has no arrays.',
    rationale: 'The script cannot be parsed. Use words and `set --`, or choose bash with SHELL.',
    bad: 'a=(1 2); echo "${a[@]}"',
    good: 'set -- 1 2; echo "$@"',
  },
  3036: {
    summary: 'echo of this shell knows no option but `-n`.',
    rationale: 'It prints the others. printf does the same everywhere.',
    bad: 'echo -e a',
    good: "printf 'a\\n'",
  },
  3037: {
    summary: 'What echo does with an option depends on the shell.',
    rationale: 'Some print `-n` and `-e` as text. printf does the same everywhere.',
    bad: 'echo -e a',
    good: "printf 'a\\n'",
  },
  3040: {
    summary: 'This shell does not know this option of set.',
    rationale:
      'The build fails. Choose a shell that knows it with SHELL, as in `SHELL ["/bin/bash", "-o", "pipefail", "-c"]`.',
    bad: 'set -o posix',
    good: 'set -e',
  },
  3043: {
    summary: '`local` is not part of POSIX.',
    rationale: 'dash and BusyBox know it, other shells may not.',
    bad: 'f() { local x; x=1; echo "$x"; }; f',
    good: 'f() { x=1; echo "$x"; }; f',
  },
  3046: {
    summary: 'This shell does not know `source`.',
    rationale: 'The build fails with “source: not found”. A dot does the same in every shell.',
    bad: 'source ./x',
    good: '. ./x',
  },
  3047: {
    summary: 'This shell does not know ERR in trap.',
    rationale: 'Use EXIT, or choose bash with SHELL.',
    bad: "trap 'ls' ERR",
    good: "trap 'ls' EXIT",
  },
  3054: {
    summary: 'This shell has no arrays.',
    rationale: 'The script ends with “bad substitution”. Choose bash with SHELL.',
    bad: 'echo "${a[0]}"',
    good: 'echo "$1"',
  },
  3057: {
    summary: 'This shell does not know `${name:from:length}`.',
    rationale: 'The script ends with “bad substitution”. Use `cut`, or choose bash with SHELL.',
    bad: 'echo "${PWD:0:1}"',
    good: 'echo "$PWD" | cut -c1',
  },
  3060: {
    summary: 'This shell does not know `${name/from/to}`.',
    rationale: 'The script ends with “bad substitution”. Use sed, or choose bash with SHELL.',
    bad: 'echo "${PWD/a/b}"',
    good: 'echo "$PWD" | sed s/a/b/',
  },
});
