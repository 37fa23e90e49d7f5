import type { ShellcheckExplanations } from './types.js';

/** Text that the shell cannot parse, or that it parses as something else than was meant. */
export const syntax = (): ShellcheckExplanations => ({
  1001: {
    summary: 'A backslash is before a character that it does not change.',
    rationale: 'The shell drops it. Take it out, or use two, or quotes, when a backslash is wanted.',
    bad: 'echo \\d',
    good: "echo '\\d'",
  },
  1007: {
    summary: 'A space follows the `=` of an assignment.',
    rationale:
      'The variable is set to nothing, for the command after it only. To empty it write `name=""`; to set it, leave the space out.',
    bad: 'name= value',
    good: 'name=value; echo "$name"',
  },
  1012: {
    summary: '`\\t` and the like outside quotes are just letters.',
    rationale: 'The shell drops the backslash. `printf` knows such escapes, inside quotes.',
    bad: 'echo a\\tb',
    good: "printf 'a\\tb\\n'",
  },
  1035: {
    summary: 'A space is missing where the shell needs one.',
    rationale: '`[`, `[[`, `!` and `{` are words of their own; without a space they are part of the next word.',
    bad: 'if ["$PWD" = / ]; then ls; fi',
    good: 'if [ "$PWD" = / ]; then ls; fi',
  },
  1036: {
    summary: 'A `(` is where the shell expects none.',
    rationale: 'Outside quotes, parentheses begin a subshell or a function. Quote them when they are text.',
    bad: 'echo a (b)',
    good: "echo 'a (b)'",
  },
  1072: {
    summary: 'The shell cannot parse this script.',
    rationale:
      'The build fails here: a quote, a bracket, `fi`, `done` or `esac` is missing or too many. A `\\` may be missing at the end of the line above, or a `;` before it.',
    bad: 'if true; then ls',
    good: 'if true; then ls; fi',
  },
  1073: {
    summary: 'The shell cannot parse what begins here.',
    rationale:
      'It is not ended, or ended by something else. Often a `;` or a `\\` is missing at the end of a line, since Docker joins continued lines with nothing between them.',
    bad: 'for i in a b; do echo "$i"',
    good: 'for i in a b; do echo "$i"; done',
  },
  1083: {
    summary: 'A lone brace is plain text.',
    rationale: '`{` begins a group only as a word of its own, and `}` ends one only after `;` or a line’s end.',
    bad: 'find . -exec ls {} +; echo }',
    good: "find . -exec ls {} +; echo '}'",
  },
  1128: {
    summary: 'The `#!` line is not the first line.',
    rationale:
      'It only counts as the first two characters of a heredoc; elsewhere it is a comment, and the shell of SHELL runs the script.',
    bad: '\n#!/bin/bash\nls',
    good: 'ls',
  },
  2188: {
    summary: 'A redirection has no command.',
    rationale: 'It creates or empties the file and does nothing else. Write `: > file` when that is meant.',
    bad: '> log',
    good: ': > log',
  },
  2215: {
    summary: 'A command’s name begins with a dash.',
    rationale: 'It is probably an option of the command on the line above, which lacks its `\\` at the end.',
    bad: 'ls\n-l',
    good: 'ls -l',
  },
  2283: {
    summary: 'Spaces are around the `=` of an assignment.',
    rationale: 'The shell takes the name for a command. Leave the spaces out.',
    bad: 'x = 1',
    good: 'x=1; echo "$x"',
  },
  2317: {
    summary: 'This is never run.',
    rationale: 'What is before it, such as `exit`, ends the script in every case.',
    bad: 'exit 0; ls',
    good: 'ls',
  },
});
