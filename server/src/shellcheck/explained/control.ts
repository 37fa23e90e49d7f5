import type { ShellcheckExplanations } from './types.js';

/** Conditions, loops, and what happens when a command fails. */
export const control = (): ShellcheckExplanations => ({
  2015: {
    summary: '`a && b || c` is not an if-then-else.',
    rationale: 'c also runs when a succeeds and b fails. Write `if a; then b; else c; fi` when that is not meant.',
    bad: 'ls && id || date',
    good: 'if ls; then id; else date; fi',
  },
  2043: {
    summary: 'A loop runs once.',
    rationale: 'Its list is a single word. A `$`, a `*` or the rest of the list may be missing.',
    bad: 'for i in a; do echo "$i"; done',
    good: 'for i in a b; do echo "$i"; done',
  },
  2044: {
    summary: 'A loop over the output of find cuts names at spaces.',
    rationale: 'Use `find -exec`, or `find … | while read -r`.',
    bad: 'for f in $(find /x); do echo "$f"; done',
    good: 'find /x -exec echo {} \\;',
  },
  2045: {
    summary: 'A loop over the output of ls cuts names at spaces.',
    rationale: 'A pattern does not: `for f in ./*`.',
    bad: 'for f in $(ls); do echo "$f"; done',
    good: 'for f in ./*; do echo "$f"; done',
  },
  2064: {
    summary: 'The command of a trap is expanded when it is set.',
    rationale: 'In single quotes it is expanded when the trap is run.',
    bad: 'trap "rm $PWD" EXIT',
    good: 'trap \'rm "$PWD"\' EXIT',
  },
  2070: {
    summary: '`[ -n $name ]` is true also when the variable is empty.',
    rationale: 'Without quotes nothing remains but `[ -n ]`. Quote the variable.',
    bad: '[ -n $PWD ]',
    good: '[ -n "$PWD" ]',
  },
  2164: {
    summary: 'If cd fails, the rest runs in the wrong folder.',
    rationale: 'Write `cd folder && …`, `cd folder || exit`, or use WORKDIR, which makes the folder too.',
    bad: 'cd /x; rm a',
    good: 'cd /x && rm a',
  },
  2166: {
    summary: '`-a` and `-o` inside `[ ]` are not well defined.',
    rationale: 'Use two tests with `&&` or `||` between them.',
    bad: '[ -f a -a -f b ]',
    good: '[ -f a ] && [ -f b ]',
  },
  2181: {
    summary: 'The exit status is looked at in a second step.',
    rationale: 'Anything between the two changes it. Put the command itself after `if`.',
    bad: 'ls; if [ $? -ne 0 ]; then id; fi',
    good: 'if ! ls; then id; fi',
  },
  2194: {
    summary: 'case looks at a constant.',
    rationale: 'Always the same branch runs; a `$` is probably missing.',
    bad: 'case a in a) ls;; esac',
    good: 'case "$PWD" in a) ls;; esac',
  },
  2251: {
    summary: 'Under `set -e` a command with `!` never ends the script.',
    rationale: 'Write `if cmd; then exit 1; fi` when it should.',
    bad: 'set -e; ! grep -q x y; ls',
    good: 'set -e; if grep -q x y; then exit 1; fi; ls',
  },
});
