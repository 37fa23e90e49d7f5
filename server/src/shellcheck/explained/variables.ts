import type { ShellcheckExplanations } from './types.js';

/** Variables and functions. */
export const variables = (): ShellcheckExplanations => ({
  2030: {
    summary: 'A variable changes in a shell of its own, and is lost with it.',
    rationale: 'Each part of a pipe and each `(…)` is one. Use the value inside it, or feed the loop from a file.',
    bad: 'x=1; (x=2); echo "$x"',
    good: 'x=1; x=2; echo "$x"',
  },
  2031: {
    summary: 'A variable was changed in another shell, so this is its old value.',
    rationale: 'Each part of a pipe and each `(…)` is a shell of its own; what it sets ends with it.',
    bad: 'x=1; (x=2); echo "$x"',
    good: 'x=1; x=2; echo "$x"',
  },
  2034: {
    summary: 'A variable is set and never used.',
    rationale:
      'Every RUN begins with a new shell: later instructions do not see it. Use ENV or ARG for that, `export` for a program that is started here, or take it out.',
    bad: 'version=1; ls',
    good: 'version=1; ls "/opt/$version"',
  },
  2050: {
    summary: 'A constant is compared with a constant.',
    rationale: 'The answer is always the same; a `$` is probably missing.',
    bad: '[ "a" = "b" ]',
    good: '[ "$PWD" = "b" ]',
  },
  2124: {
    summary: 'A list of arguments becomes one string.',
    rationale: 'Where one argument ends is lost. Use `"$*"` when a string is meant.',
    bad: 'f() { x="$@"; echo "$x"; }; f a',
    good: 'f() { x="$*"; echo "$x"; }; f a',
  },
  2128: {
    summary: 'An array without an index is only its first element.',
    rationale: '`"${name[@]}"` is all of them.',
    bad: 'a=(1 2); echo "$a"',
    good: 'a=(1 2); echo "${a[@]}"',
    shell: 'bash',
  },
  2153: {
    summary: 'This variable is not set, but one with almost the same name is.',
    rationale: 'It may be misspelt. If it comes from the base image, say so with `ENV` or `ARG`, or ignore it here.',
    bad: 'FOO_BAR=1; echo "$FOO_BAR $FOOBAR"',
    good: 'FOO_BAR=1; echo "$FOO_BAR"',
  },
  2154: {
    summary: 'A variable is used that nothing sets.',
    rationale:
      'Neither this script nor ENV or ARG in force here do, and what is known of the base image does not. It may be misspelt, or an ARG may be before FROM and not be repeated in this stage.',
    bad: 'echo "$version"',
    good: 'version=1; echo "$version"',
  },
  2155: {
    summary: 'Whether the command fails is lost.',
    rationale: '`export` and `local` succeed even if the command in `$(…)` does not. Set the variable first.',
    bad: 'export A="$(ls)"',
    good: 'A="$(ls)"; export A',
  },
  2157: {
    summary: 'A constant is tested.',
    rationale: 'The answer is always the same; a `$` is probably missing.',
    bad: '[ -n "a" ]',
    good: '[ -n "$PWD" ]',
  },
  2195: {
    summary: 'A pattern can never match what is compared.',
    rationale: 'A `$` is probably missing, or a space too many.',
    bad: 'case "a$PWD" in b) ls;; esac',
    good: 'case "$PWD" in b) ls;; esac',
  },
});
