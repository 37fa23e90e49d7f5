import { type Instruction, isKeyword, perInstruction } from '../dockerfile/index.js';
import { M4_CALL, type TagKind, WHOLE } from './kinds.js';
import { withoutQuoted } from './quoted.js';

const NONE: readonly TagKind[] = [];

/** Nearly all instructions have none of these, and are looked at no further. */
const POSSIBLE = /[{<][{%#?/]|%\{|%%[A-Za-z]|\$\{(?:templateOption:|[A-Za-z][\w-]*\.)|@[A-Za-z][\w.-]*@/;

/**
 * The kinds of tags that an instruction holds for certain. What a shell or a program may be meant to get as it is counts
 * for nothing: `--format '{{.State}}'`, `sed s/@NAME@/x/`, the contents of a heredoc.
 */
export const certainTags = perInstruction((instruction: Instruction): readonly TagKind[] => {
  const { keyword, text, joined } = instruction;
  if (!isKeyword(keyword)) return atStart(text);
  if (keyword === 'FROM') return inFrom(joined.text);
  if (!POSSIBLE.test(text)) return NONE;
  switch (instruction.trigger?.keyword ?? keyword) {
    case 'RUN':
    case 'CMD':
    case 'ENTRYPOINT':
    case 'HEALTHCHECK':
    case 'SHELL':
      return inScript(joined.text);
    case 'ENV':
    case 'LABEL':
    case 'ARG':
      return inValues(joined.text);
    default:
      return anywhere(joined.text);
  }
});

const AT_START: readonly (readonly [TagKind, RegExp])[] = [
  ['braces', /^\$?\{\{|^\{[%#]/],
  ['angles', /^<%|^<\?(?:php\b|=)|^<\/?#\w/],
  ['percents', /^%%[A-Za-z][\w.-]*%%/],
  ['ats', /^@[A-Za-z][\w.-]*@/],
  ['dots', /^\$\{[A-Za-z][\w-]*(?:\.[\w-]+)+\}/],
  ['percent-braces', /^%\{/],
  ['lines', /^%[ \t]*(?:if|for|while|else|end\w*)\b|^@(?:if|foreach|for|include|unless|php|endif|endforeach)\b/],
  ['m4', new RegExp(M4_CALL.source)],
];

/** A line that is not an instruction and begins with a tag: in a plain Dockerfile nothing could come of it. */
function atStart(text: string): readonly TagKind[] {
  const found = AT_START.find(([, pattern]) => pattern.test(text));
  return found ? [found[0]] : NONE;
}

/** How a tag begins, and how it ends. */
type Pair = readonly [RegExp, string];

const BRACES: readonly Pair[] = [
  [/\{\{[^{}]/, '}}'],
  [/(?<!\$)\{%/, '%}'],
  [/(?<!\$)\{#/, '#}'],
];
const ANGLES: readonly Pair[] = [
  [/<%/, '%>'],
  [/<\?(?:php\b|=)/, '?>'],
  [/<#=/, '#>'],
];

/** Looks for the end of the first only: where that has none, the others have none either. */
const hasPair = (text: string, pairs: readonly Pair[]): boolean =>
  pairs.some(([begin, end]) => {
    const start = text.search(begin);
    return start >= 0 && text.indexOf(end, start + 2) >= 0;
  });

const DOTS = /\$\{(?:templateOption:[^}\n]*|[a-z][\w-]*(?:\.[\w-]+)+)\}/;

/** Between `@`s an ordinary word may be a part of an address. */
const isName = (word: string): boolean => /^[A-Z][A-Z0-9_]*$/.test(word) || /[._-]/.test(word);

function anywhere(text: string): readonly TagKind[] {
  const kinds: TagKind[] = [];
  if (hasPair(text, BRACES)) kinds.push('braces');
  if (hasPair(text, ANGLES)) kinds.push('angles');
  if (text.search(WHOLE.percents) >= 0) kinds.push('percents');
  if (DOTS.test(text)) kinds.push('dots');
  if (Array.from(text.matchAll(WHOLE.ats)).some(([tag]) => isName(tag.slice(1, -1)))) kinds.push('ats');
  return kinds;
}

/** The name of an image has none of these characters, so here even more is a tag. */
function inFrom(text: string): readonly TagKind[] {
  const kinds = POSSIBLE.test(text) ? anywhere(text) : NONE;
  if (kinds.length > 0) return kinds;
  if (text.search(WHOLE.format) >= 0) return ['format'];
  return text.search(WHOLE.underscores) >= 0 ? ['underscores'] : NONE;
}

/** A value in quotes that is nothing but a tag. */
const ONLY_TAG =
  /=(["'])(?:\{\{(?!-?\s*\.)(?:(?!\1)[^{}])*\}\}|<%(?:(?!\1)[^%])*%>|%%\w+%%|@[A-Za-z][\w.-]*@)\1(?=\s|$)/;

/** What ENV and LABEL have in quotes may be meant as it is, unless a tag is all of it. */
function inValues(text: string): readonly TagKind[] {
  const outside = withoutQuoted(text);
  const only = ONLY_TAG.exec(text)?.[0] ?? '';
  // Docker expands between double quotes as well.
  const expanded = DOTS.exec(text.replace(/'[^']*'/g, ''))?.[0] ?? '';
  return anywhere(`${outside} ${only.slice(2, -1)} ${expanded}`);
}

/** Outside of quotes, and with spaces or calls in it, no shell makes sense of a tag. */
const IN_SCRIPT: readonly Pair[] = [
  [/\{\{[-~]?\s|\{\{\w[.\w]*[(|[]/, '}}'],
  [/(?<!\$)\{%[-+~]?\s*\w/, '%}'],
  [/(?<!\$)\{#/, '#}'],
];
const IN_SCRIPT_ANGLES: readonly Pair[] = [[/<%[-=_#]?\s/, '%>']];

function inScript(text: string): readonly TagKind[] {
  const outside = withoutQuoted(text);
  const kinds: TagKind[] = [];
  if (hasPair(outside, IN_SCRIPT)) kinds.push('braces');
  if (hasPair(outside, IN_SCRIPT_ANGLES)) kinds.push('angles');
  return kinds;
}
