/** Ways to write the same Dockerfile that are easy to get wrong for a fix. */
type Mangle = (text: string) => readonly string[];

const escapeOf = (text: string): string => (/^#\s*escape\s*=\s*`/im.test(text) ? '`' : '\\');

/** The text once for each line that is the start of an instruction and is changed. */
const eachLine =
  (change: (line: string, escape: string) => string): Mangle =>
  text => {
    const lines = text.split('\n');
    return lines.flatMap((line, index) => {
      if (!/^[A-Za-z]+ \S/.test(line)) return [];
      const changed = change(line, escapeOf(text));
      return changed === line ? [] : [[...lines.slice(0, index), changed, ...lines.slice(index + 1)].join('\n')];
    });
  };

const unlessHeredoc = (line: string, changed: string): string => (line.includes('<<') ? line : changed);

export const MANGLES: Readonly<Record<string, Mangle>> = {
  'CR LF': text => [text.replace(/\r?\n/g, '\r\n')],
  'a byte order mark': text => [`\ufeff${text}`],
  'no line ending at the end': text => [text.trimEnd()],
  'comments in continuations': text => [text.replace(/([\\`])\n/g, '$1\n# c\n')],
  'blank lines in continuations': text => [text.replace(/([\\`])\n/g, '$1\n\n')],
  'a comment below the keyword': eachLine((line, escape) => line.replace(' ', ` ${escape}\n# c\n  `)),
  'a blank line below the keyword': eachLine((line, escape) => line.replace(' ', ` ${escape}\n\n  `)),
  'a keyword over two lines': eachLine((line, escape) => line.replace(/^(\w\w)(?=\w)/, `$1${escape}\n# C\n`)),
  'the last word below a comment': eachLine((line, escape) =>
    unlessHeredoc(line, line.replace(/ (\S+)$/, ` ${escape}\n  # c\n  $1`)),
  ),
  'a word over two lines': eachLine((line, escape) =>
    unlessHeredoc(line, line.replace(/(\w{2})(\w+\W*)$/, `$1${escape}\n# c\n$2`)),
  ),
  'a continuation at the end': text => [text.replace(/\n*$/, ` ${escapeOf(text)}\n`)],
  'a heredoc that does not end': text => [`${text}RUN cat <<"EOF"\n`, `${text}RUN cat <<"EOF"\nRUN x\nUSER a\n`],
  'backticks to escape': text =>
    /^#\s*(?:escape|syntax)/.test(text) ? [] : [`# escape=\`\n${text.replace(/\\(?=[ \t]*\n)/g, '`')}`],
  'a comment that is none': eachLine(line => unlessHeredoc(line, /[\\`]$/.test(line) ? line : `${line} # note`)),
  ONBUILD: eachLine(line => (/^(?:FROM|ONBUILD|MAINTAINER) /i.test(line) ? line : `ONBUILD ${line}`)),
  'other spaces': text => [text.replace(/^([A-Z]+) /gm, '  $1\t ').replace(/ (?=[a-z-])/g, '  ')],
};
