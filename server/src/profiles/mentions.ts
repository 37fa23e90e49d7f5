import { type Instruction, KEYWORDS } from '../dockerfile/index.js';
import { RULES } from '../rules/index.js';
import type { Rule, Sign } from '../rules/rule.js';

/**
 * Which of the words that rules look for are in a text, and which keywords and signs: a bit each. Words may share a bit,
 * so a rule may be asked in vain; it is never left out wrongly.
 */
export interface Mentions {
  /** Above the bits of the keywords are those of the signs. */
  readonly keywords: number;
  readonly words: number;
}

/** Bits that a small integer has in every engine. */
const BITS = 30;
const ALL = (1 << BITS) - 1;

// Of unknown keywords there is none: no rule asks for them.
const keywordBits = new Map<string, number>(KEYWORDS.map((keyword, index) => [keyword, 1 << index]));

const FIRST_SIGN = KEYWORDS.length;
const OF_KEYWORDS = (1 << FIRST_SIGN) - 1;
const SIGN_BITS = {
  AS: 1 << FIRST_SIGN,
  flag: 1 << (FIRST_SIGN + 1),
  'shell form': 1 << (FIRST_SIGN + 2),
  'other case': 1 << (FIRST_SIGN + 3),
  'blank line': 1 << (FIRST_SIGN + 4),
  '[': 1 << (FIRST_SIGN + 5),
  '#': 1 << (FIRST_SIGN + 6),
  $: 1 << (FIRST_SIGN + 7),
  '|': 1 << (FIRST_SIGN + 8),
  continuation: 1 << (FIRST_SIGN + 9),
} as const satisfies Record<Sign, number>;

/** The signs in an instruction that has no trigger, or in the trigger of another. */
function signsIn(instruction: Instruction): number {
  const { keyword, keywordSpan, text } = instruction;
  let signs = 0;
  if (text.includes('$')) signs |= SIGN_BITS.$;
  if (text.includes('#')) signs |= SIGN_BITS['#'];
  if (text.includes('|')) signs |= SIGN_BITS['|'];
  if (text.includes('[') && !instruction.json) signs |= SIGN_BITS['['];
  if (instruction.flags.length > 0) signs |= SIGN_BITS.flag;
  if (instruction.emptyLines.length > 0) signs |= SIGN_BITS['blank line'];
  if (instruction.joined.at.length > 1) signs |= SIGN_BITS.continuation;
  // Without a copy of the text.
  if (!text.startsWith(keyword, keywordSpan.start)) signs |= SIGN_BITS['other case'];
  switch (keyword) {
    case 'FROM':
      if (instruction.from?.name) signs |= SIGN_BITS.AS;
      break;
    case 'CMD':
    case 'ENTRYPOINT':
    case 'HEALTHCHECK':
      if (!instruction.json) signs |= SIGN_BITS['shell form'];
      break;
    default:
      break;
  }
  return signs;
}

interface Vocabulary {
  /** Finds the words, each with the bits of all words that it begins with, and what could hide one. */
  readonly pattern: RegExp;
  readonly bits: ReadonlyMap<string, number>;
  readonly ofRule: ReadonlyMap<Rule, number>;
}

// A word that goes on in the next line is found in neither.
const BROKEN_WORD = '(?<=\\w)[\\\\`][ \\t]*\\r?\\n(?:[ \\t]*(?:#[^\\n]*)?\\r?\\n)*(?=\\w)';

let vocabulary: Vocabulary | undefined;

function vocabularyOf(): Vocabulary {
  if (vocabulary) return vocabulary;
  // Rules that look for the same words share a bit.
  const groups = new Map<string, number>();
  const ofRule = new Map<Rule, number>();
  const ofWord = new Map<string, number>();
  for (const rule of RULES) {
    if (!rule.mentions) continue;
    const group = rule.mentions.join(' ');
    const bit = groups.get(group) ?? 1 << (groups.size % BITS);
    groups.set(group, bit);
    ofRule.set(rule, bit);
    for (const word of rule.mentions) ofWord.set(word, (ofWord.get(word) ?? 0) | bit);
  }
  // The longest first: the pattern takes the first that fits, and that stands for all it begins with.
  const words = [...ofWord.keys()].sort((a, b) => b.length - a.length);
  const bits = new Map(words.map(word => [word, bitsOf(word, ofWord)]));
  vocabulary = { pattern: new RegExp(`\\b(?:${words.join('|')})|${BROKEN_WORD}`, 'gi'), bits, ofRule };
  return vocabulary;
}

/** The bits of all words that a word begins with. Not by asking each of the others, which takes a millisecond or two of a start. */
function bitsOf(word: string, ofWord: ReadonlyMap<string, number>): number {
  let bits = 0;
  for (let length = 1; length <= word.length; length++) bits |= ofWord.get(word.slice(0, length)) ?? 0;
  return bits;
}

const bitOf = (keyword: string): number => keywordBits.get(keyword) ?? 0;

/** What a rule looks for; no bits where it wants to be asked in any case. */
function wantedBy(rule: Rule): Mentions {
  let keywords = 0;
  for (const keyword of rule.on ?? []) keywords |= bitOf(keyword);
  for (const sign of rule.signs ?? []) keywords |= SIGN_BITS[sign];
  return { keywords, words: vocabularyOf().ofRule.get(rule) ?? 0 };
}

/** What an instruction mentions; with ONBUILD, its trigger's keyword too. The keyword itself is none of the words. */
export function mentionsOf(instruction: Instruction): Mentions {
  const { keyword, keywordSpan, text, trigger } = instruction;
  let keywords = bitOf(keyword) | signsIn(instruction);
  if (trigger) keywords |= bitOf(trigger.keyword) | signsIn(trigger);
  // In JSON a word can be after an escape, as in "\nrm".
  const words = text.includes('\\') && instruction.json ? ALL : wordsIn(text, keywordSpan.end);
  return { keywords, words };
}

const NO_WORDS: readonly string[] = [];

function wordsIn(text: string, from: number): number {
  const { pattern, bits } = vocabularyOf();
  let found = 0;
  for (const word of text.slice(from).match(pattern) ?? NO_WORDS) found |= bits.get(word.toLowerCase()) ?? ALL;
  return found;
}

/** What any of them mentions. */
export function together(all: Iterable<Mentions>): Mentions {
  let keywords = 0;
  let words = 0;
  for (const one of all) {
    keywords |= one.keywords;
    words |= one.words;
  }
  return { keywords, words };
}

/** Of some rules, those that may have something to say where something is mentioned; the same array for the same bits. */
export function choosing(rules: readonly Rule[]): (mentions: Mentions) => readonly Rule[] {
  const wanted = rules.map(wantedBy);
  // What none of these rules looks for makes no difference.
  const any = together(wanted);
  const chosen = new Map<number, Map<number, readonly Rule[]>>();
  let count = 0;
  return mentions => {
    const keywords = mentions.keywords & any.keywords;
    const words = mentions.words & any.words;
    let row = chosen.get(keywords);
    if (!row) {
      row = new Map();
      chosen.set(keywords, row);
    }
    let list = row.get(words);
    if (!list) {
      list = rules.filter((_, index) => isMet(wanted[index], keywords, words));
      // Nobody's files mention so many combinations; a program that makes them up would fill the memory.
      if (count++ >= MOST_CHOSEN) {
        chosen.clear();
        count = 0;
      }
      row.set(words, list);
    }
    return list;
  };
}

/** Whether there is one of each kind that is wanted: of the keywords, the signs, the words. */
function isMet(wanted: Mentions | undefined, keywords: number, words: number): boolean {
  if (!wanted) return false;
  const ofKeywords = wanted.keywords & OF_KEYWORDS;
  const signs = wanted.keywords & ~OF_KEYWORDS;
  return (
    (ofKeywords === 0 || (ofKeywords & keywords) !== 0) &&
    (signs === 0 || (signs & keywords) !== 0) &&
    (wanted.words === 0 || (wanted.words & words) !== 0)
  );
}

const MOST_CHOSEN = 2000;
