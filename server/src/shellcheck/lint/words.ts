import type { Span } from '../../text/span.js';

/**
 * Whether quotes around an expansion would only keep what is one word anyway. In Dockerfiles most unquoted variables are
 * lists that have to fall into words (`apt-get install $buildDeps`), and quoting those breaks the build: so only where
 * the script itself tells that there is one word.
 */
export function holdsOneWord(script: string, span: Span): boolean {
  const name = /^\$\{?(\w+)/.exec(script.slice(span.start, span.end))?.[1];
  if (name === undefined) return false;
  const sources = sourcesOf(script, name);
  if (sources.some(source => source === 'many')) return false;
  if (isPartOfWord(script, span) || isOperandOfTest(script, span) || isRedirected(script, span)) return true;
  if (sources.length === 0) return FOLDERS.has(name);
  return sources.every(source => source === 'one');
}

/**
 * Whether an expansion falls into words on purpose, so that quotes would break the build: the script puts several words
 * into the variable, its name says that it holds options, or a package manager takes its words for packages.
 */
export function isMeantToSplit(script: string, span: Span): boolean {
  const name = /^\$\{?(\w+)/.exec(script.slice(span.start, span.end))?.[1];
  if (name === undefined || isOperandOfTest(script, span) || isRedirected(script, span)) return false;
  const sources = sourcesOf(script, name);
  if (sources.some(source => source === 'many')) return true;
  if (sources.some(source => source === 'one') || isPartOfWord(script, span)) return false;
  return OPTIONS.test(name) || isAmongPackages(script, span);
}

/**
 * Whether a command's output is unquoted on purpose or at no risk: packages for a package manager, an option that is
 * there or not (`$(test … && echo --with-lto)`), or what is a single word anyway.
 */
export function outputIsMeantToSplit(script: string, span: Span): boolean {
  const command = /^(?:\$\(([\s\S]*)\)|`([\s\S]*)`)$/.exec(script.slice(span.start, span.end));
  const inner = (command?.[1] ?? command?.[2] ?? '').trim();
  return PRINTS_ONE_WORD.test(inner) || CHOOSES.test(inner) || isAmongPackages(script, span);
}

const CHOOSES = /^(?:test|\[)\s[^;|]*(?:&&|\|\|)\s*(?:echo|printf)\s/;

const isAmongPackages = (script: string, { start }: Span): boolean =>
  TAKES_PACKAGES.test(/[^;&|(\n]*$/.exec(script.slice(0, start))?.[0] ?? '');

const OPTIONS = /(?:^|_|[a-z])(?:OPTS?|OPTIONS|ARGS?|ARGUMENTS|FLAGS|PARAMS)$/i;
const TAKES_PACKAGES =
  /^\s*(?:(?:then|do|else|if|!|\{|sudo|[A-Za-z_]\w*=\S*)\s+)*(?:apt-get|apt|apt-mark|aptitude|apk|yum|dnf|microdnf|tdnf|zypper|pacman|docker-php-ext-(?:install|enable|configure)|(?:pip[\d.]*|npm|yarn|pnpm|gem)\s[^;&|]*\b(?:install|add|i))\s/;

/** Set by the shell itself, to one path. */
const FOLDERS = new Set(['PWD', 'OLDPWD']);

/** What a variable gets at one place of the script: one word for certain, several for certain, or who knows. */
type Source = 'one' | 'many' | 'unknown';

function sourcesOf(script: string, name: string): Source[] {
  const assigned = [...script.matchAll(new RegExp(`(?<![\\w$}/.-])${name}\\+?=`, 'g'))].map(({ index, 0: text }) =>
    text.endsWith('+=') ? 'many' : valueAt(script, index + text.length),
  );
  // A loop has split its words already, those in quotes apart.
  const looped = [...script.matchAll(new RegExp(`\\bfor\\s+${name}\\b([^;\\n]*)`, 'g'))].map(
    ([, list = '']): Source => (/["'\\\\]/.test(list.replace(/\$\([^()]*\)/g, '')) ? 'unknown' : 'one'),
  );
  const read = [...script.matchAll(new RegExp(`\\bread\\b[^;|&\\n]*\\s${name}\\b`, 'g'))].map((): Source => 'unknown');
  return [...assigned, ...looped, ...read];
}

/** Commands that print a single word: a number, a path, the name of a machine. */
const PRINTS_ONE_WORD =
  /^(?:pwd|nproc|uname -[mnprs]|arch|mktemp(?: -d)?|id -[a-z]+(?: \S+)?|(?:base|dir)name \S+|which \S+|command -v \S+|realpath \S+|readlink -f \S+|dpkg --print-architecture|apk --print-arch|getconf \S+)$/;

function valueAt(script: string, start: number): Source {
  const value = wordAt(script, start);
  const plain = value.replace(/^(["'])(.*)\1$/s, '$2');
  const command = /^(?:\$\(([^()`$]*)\)|`([^`$]*)`)$/.exec(plain);
  if (command) return PRINTS_ONE_WORD.test((command[1] ?? command[2] ?? '').trim()) ? 'one' : 'unknown';
  if (/\s/.test(plain.replace(/\$\([^)]*\)|`[^`]*`|\$\{[^}]*\}/g, ''))) return 'many';
  if (/[*?[\]{}`$(]/.test(plain)) return /[*?[]/.test(plain.replace(/\$[({].*/s, '')) ? 'many' : 'unknown';
  return 'one';
}

/** The word that begins at an offset, as written: up to the first space or operator outside quotes and substitutions. */
export function wordAt(script: string, start: number): string {
  let quote = '';
  let depth = 0;
  let at = start;
  for (; at < script.length; at++) {
    const char = script[at] ?? '';
    if (char === '\\') at++;
    else if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'" || char === '`') quote = char;
    else if (char === '(' || char === '{') depth++;
    else if ((char === ')' || char === '}') && depth > 0) depth--;
    else if (depth === 0 && /[\s;&|()<>]/.test(char)) break;
  }
  return script.slice(start, at);
}

const EXPANSION = /\$(?:\w+|\{[^}]*\}|[@*#?!$-])/g;

/** `/opt/$name`, `--with=$name`: with several words in it, the text around it would be torn apart. */
function isPartOfWord(script: string, { start, end }: Span): boolean {
  const before = /[^\s;&|()<>]*$/.exec(script.slice(0, start))?.[0] ?? '';
  const after = /^[^\s;&|()<>]*/.exec(script.slice(end))?.[0] ?? '';
  return /[\w./:@=,%+-]/.test((before + after).replace(EXPANSION, ''));
}

/** `[ -n $name ]`: several words are an error there. */
function isOperandOfTest(script: string, { start }: Span): boolean {
  const command =
    script
      .slice(0, start)
      .split(/[;&|\n]/)
      .at(-1) ?? '';
  return /(?:(?:^|\s)\[|^\s*(?:(?:if|elif|while|until|then|else|do|!|\{|\()\s*)*test)\s(?!.*\s\])/.test(command);
}

/** `> $name`: a redirection goes to one file. */
const isRedirected = (script: string, { start }: Span): boolean => /[<>]\s*$/.test(script.slice(0, start));
