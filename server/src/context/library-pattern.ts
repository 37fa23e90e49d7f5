import { complement, oneOf } from './code-points.js';
import { expressionsOf } from './go-expression.js';

/** Classes that mean the same everywhere. */
const SIMPLE_CLASS = /\[(?:a-z|A-Z|0-9|\w(?!-))+\]/g;
const isLiteral = (text: string): boolean => !/[*?[\]\\]/.test(text);
const isOdd = (text: string): boolean => /[[\]\\^{|}]/.test(text.replace(SIMPLE_CLASS, ''));

const BELOW = '(\\u002f[\\u0000-\\uffff]{0,}){0,1}';
const ANY_BUT_SLASH = oneOf(complement([[0x2f, 0x2f]]));

/**
 * The patterns for @balena/dockerignore that together match what moby/patternmatcher matches with this one, and what
 * is below it. To the library every character but `* ? . $ \` is a part of a regular expression.
 */
export function libraryPatterns(pattern: string): readonly string[] | 'refused' | 'unsure' {
  // Never a path of the build context, and the library would drop the slash.
  if (pattern === '/') return [];
  // Go's scanner drops a byte order mark, which only an expression is made by.
  const scanned = pattern.replace(/^\uFEFF/, '');
  const inner = scanned.replace(/^\*\*\/?/, '');
  const isSuffix = scanned.startsWith('**') && isLiteral(inner);
  const isPrefix = !isSuffix && scanned.endsWith('**') && isLiteral(scanned.slice(0, -2));
  const isWild = !isSuffix && !isPrefix && !isLiteral(scanned);
  // Half a character is none.
  if ((isSuffix && scanned !== pattern) || /\p{Surrogate}/u.test(pattern)) return 'unsure';
  if (isWild && isOdd(scanned)) return expressionsOf(scanned);
  // `**.pem` is whatever ends so.
  const meant = isSuffix && inner !== '' && !pattern.startsWith('**/') ? `**/*${inner}` : isWild ? scanned : pattern;
  const text = meant
    // Repeating it means the same, and makes a failing match slow.
    .replace(/\*\*\/?(?:\*\*\/?)+/g, '**/')
    .replace(/\*\*\/$/, '**')
    .replace(/(?<=\/)\.\.(?=\/|$)/g, '\\.\\.')
    .replace(/[+(){|}^]/g, '\\$&')
    .replaceAll('?', ANY_BUT_SLASH)
    .replace(/\s/g, space => `\\u${space.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return [text.endsWith('**') ? text : text + BELOW];
}
