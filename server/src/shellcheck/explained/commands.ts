import type { ShellcheckExplanations } from './types.js';

/** Commands that do something else than they seem to. */
export const commands = (): ShellcheckExplanations => ({
  2005: {
    summary: 'echo prints what the command inside would print by itself.',
    rationale: 'Run the command alone.',
    bad: 'echo "$(ls)"',
    good: 'ls',
  },
  2006: {
    summary: 'Backticks are an old way to write `$(…)`.',
    rationale: 'In them a backslash means something else, and they cannot be inside one another as they are.',
    bad: 'x="`ls`"; echo "$x"',
    good: 'x="$(ls)"; echo "$x"',
  },
  2009: {
    summary: '`ps | grep` also finds grep, and whatever else mentions the name.',
    rationale: '`pgrep` looks at the names of processes only.',
    bad: 'ps ax | grep nginx',
    good: 'pgrep nginx',
  },
  2010: {
    summary: 'Names of files are searched in the output of ls.',
    rationale: 'Line ends and other characters in names mislead it. Use a pattern of the shell, or find.',
    bad: 'ls | grep x',
    good: 'ls ./*x*',
  },
  2012: {
    summary: 'The output of ls is read by a program.',
    rationale:
      'Names with line ends or unusual characters come out changed. `find`, or a loop over a pattern, is exact.',
    bad: 'ls /x | tail -1',
    good: 'find /x | tail -1',
  },
  2024: {
    summary: 'sudo does not reach the redirection.',
    rationale:
      'The shell opens the file before sudo starts. In a build put `USER root` before the RUN, or write by `sudo tee`.',
    bad: 'sudo echo x > /etc/y',
    good: 'echo x | sudo tee /etc/y',
  },
  2028: {
    summary: 'Whether echo reads `\\n` depends on the shell.',
    rationale: 'dash does, bash does not. printf always does.',
    bad: 'echo "a\\nb"',
    good: "printf 'a\\nb\\n'",
    shell: 'bash',
  },
  2038: {
    summary: 'xargs cuts names of files at spaces and quotes.',
    rationale: 'Use `find -print0 | xargs -0`, or `find -exec … +`.',
    bad: 'find . -name x | xargs rm',
    good: 'find . -name x -print0 | xargs -0 rm',
  },
  2059: {
    summary: 'A variable is the format of printf.',
    rationale: '`%` and `\\` in its value would be read as well. Make it an argument: `printf \'%s\' "$name"`.',
    bad: 'printf "$PWD"',
    good: 'printf \'%s\' "$PWD"',
  },
  2069: {
    summary: 'Errors go where the output went before.',
    rationale: 'Redirections are done from left to right: put `2>&1` last to have both in the file.',
    bad: 'ls 2>&1 > log',
    good: 'ls > log 2>&1',
  },
  2094: {
    summary: 'A file is read and written in one pipe.',
    rationale: 'It may be emptied before it is read. Write to another file and move that.',
    bad: 'grep x f > f',
    good: 'grep x f > g',
  },
  2103: {
    summary: 'A `cd` goes back where another went.',
    rationale: 'If the first fails, the second ends up elsewhere. `( cd folder && … )` comes back by itself.',
    bad: 'for i in a b; do cd "$i"; ls; cd ..; done',
    good: 'for i in a b; do ( cd "$i" && ls ); done',
  },
  2116: {
    summary: 'echo inside `$(…)` is not needed.',
    rationale: 'Use the text itself.',
    bad: 'x="$(echo "$PWD")"; ls "$x"',
    good: 'x="$PWD"; ls "$x"',
  },
  2129: {
    summary: 'Several commands in a row append to one file.',
    rationale: 'Braces around them need the redirection once: `{ …; …; } >> file`.',
    bad: 'echo a >> f\necho b >> f\necho c >> f',
    good: '{ echo a; echo b; echo c; } >> f',
  },
  2162: {
    summary: 'read takes backslashes away.',
    rationale: '`read -r` leaves them as they are.',
    bad: 'read x; echo "$x"',
    good: 'read -r x; echo "$x"',
  },
  2174: {
    summary: '`mkdir -p -m` sets the mode of the last folder only.',
    rationale: 'The folders above it get the usual one. Make them one by one, or change their modes afterwards.',
    bad: 'mkdir -p -m 700 a/b',
    good: 'mkdir -m 700 a',
  },
  2196: {
    summary: 'egrep is not a standard command.',
    rationale: 'Newer versions of grep warn of it. Write `grep -E`.',
    bad: 'egrep x y',
    good: 'grep -E x y',
  },
  2197: {
    summary: 'fgrep is not a standard command.',
    rationale: 'Newer versions of grep warn of it. Write `grep -F`.',
    bad: 'fgrep x y',
    good: 'grep -F x y',
  },
  2226: {
    summary: '`ln`, `cp` or `mv` has one argument only.',
    rationale: 'The target is missing, or an unquoted space is.',
    bad: 'ln -s /a',
    good: 'ln -s /a /b',
  },
  2261: {
    summary: 'Several redirections compete for one stream.',
    rationale: 'Only the last one counts.',
    bad: 'ls > a > b',
    good: 'ls > b',
  },
  2336: {
    summary: '`cp -r` is not in POSIX, which has `cp -R`.',
    rationale: 'What `-r` does with special files is left to each cp. On Linux both letters do the same.',
    bad: 'cp -r a b',
    good: 'cp -R a b',
  },
});
