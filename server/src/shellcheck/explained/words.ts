import type { ShellcheckExplanations } from './types.js';

/** Quoting: what falls into words, is taken for a pattern, or is not expanded. */
export const words = (): ShellcheckExplanations => ({
  2016: {
    summary: 'Nothing is expanded inside single quotes.',
    rationale: 'Use double quotes for the value. When another program is to see the `$`, all is well: ignore it here.',
    bad: "echo 'Hello $PWD'",
    good: 'echo "Hello $PWD"',
  },
  2035: {
    summary: 'A file whose name begins with a dash would be taken for an option.',
    rationale: 'Begin the pattern with `./`.',
    bad: 'rm *',
    good: 'rm ./*',
  },
  2046: {
    summary: 'The output of a command falls into words.',
    rationale:
      'It is cut at spaces and line ends, and `*` in it becomes file names. Quote it when it is one word. Where a list is meant, as in `apt-get install $(cat packages)`, `xargs` says so better.',
    bad: 'ls $(cat name)',
    good: 'ls "$(cat name)"',
  },
  2048: {
    summary: '`$*` forgets which spaces separate arguments.',
    rationale: '`"$@"` hands them on as they came.',
    bad: 'f() { ls $*; }; f',
    good: 'f() { ls "$@"; }; f a',
  },
  2061: {
    summary: 'The shell expands a pattern before find sees it.',
    rationale: 'With one matching file here find looks for that name only, with several it fails. Quote the pattern.',
    bad: 'find /x -name *.c',
    good: "find /x -name '*.c'",
  },
  2062: {
    summary: 'The shell expands a pattern before grep sees it.',
    rationale: 'What grep looks for then depends on the files that are there. Quote the pattern.',
    bad: 'grep a*b x',
    good: "grep 'a*b' x",
  },
  2068: {
    summary: 'Unquoted, the arguments fall into words once more.',
    rationale: '`"$@"` hands them on as they came.',
    bad: 'f() { ls $@; }; f a',
    good: 'f() { ls "$@"; }; f a',
  },
  2076: {
    summary: 'A quoted pattern after `=~` is plain text.',
    rationale: 'Leave the quotes out for a regular expression; without one, `==` says the same.',
    bad: '[[ $PWD =~ "^/a.*" ]]',
    good: '[[ $PWD =~ ^/a.* ]]',
    shell: 'bash',
  },
  2086: {
    summary: 'An unquoted variable falls into words, and `*` in it becomes file names.',
    rationale:
      'Quote it where it is one word; with an empty value an unquoted one disappears altogether. In a RUN it is often a list that has to fall into words (`apt-get install $deps`): leave that as it is and ignore the code there.',
    bad: 'cp "$PWD/a" $PWD',
    good: 'cp "$PWD/a" "$PWD"',
  },
  2088: {
    summary: '`~` is not expanded inside quotes.',
    rationale: 'Use `$HOME`, which is.',
    bad: 'ls "~/bin"',
    good: 'ls "$HOME/bin"',
  },
  2102: {
    summary: 'A range in `[…]` stands for one character.',
    rationale: '`[100-200]` is a 0, 1 or 2, and neither a number nor a list. Quote brackets that are text.',
    bad: 'ls [100-200]',
    good: 'ls [0-2]',
  },
  2115: {
    summary: 'With an empty variable this deletes from the root folder.',
    rationale: '`${name:?}` ends the script instead.',
    bad: 'rm -rf "$PWD/"*',
    good: 'rm -rf "${PWD:?}/"*',
  },
  2140: {
    summary: 'Quotes end and begin again in the middle of a word.',
    rationale: 'The middle is outside them. Use single quotes around double ones, or put `\\` before those inside.',
    bad: 'echo "a"b"c"',
    good: 'echo "a\\"b\\"c"',
  },
  2206: {
    summary: 'An unquoted variable is cut into the parts of an array.',
    rationale: 'Also where `*` in it matches files. `read -ra` or `mapfile` cut it without that.',
    bad: 'a=($PWD); echo "${a[@]}"',
    good: 'a=("$PWD"); echo "${a[@]}"',
    shell: 'bash',
  },
  2231: {
    summary: 'The variable in a pattern of a loop is not quoted.',
    rationale: 'A space in it cuts the pattern in two. Quote the variable and leave the `*` outside.',
    bad: 'for f in $PWD/*; do echo "$f"; done',
    good: 'for f in "$PWD"/*; do echo "$f"; done',
  },
  2291: {
    summary: 'Repeated spaces between words become one.',
    rationale: 'The shell only uses them to tell words apart. Quote text whose spaces count.',
    bad: 'echo a     b',
    good: "echo 'a     b'",
  },
  2295: {
    summary: 'An unquoted variable inside `${…}` is taken for a pattern.',
    rationale: '`*`, `?` and `[` in it match other text. Quote it there when it is plain text.',
    bad: 'x="${PWD#$HOME}"; echo "$x"',
    good: 'x="${PWD#"$HOME"}"; echo "$x"',
  },
});
