import { type Instruction, KEYWORDS } from '../dockerfile/index.js';
import { RULES } from '../rules/index.js';
import type { Rule } from '../rules/rule.js';

/**
 * Which of the words that rules look for stand in a text, and which keywords: a bit each. Words may share a bit, so a
 * rule may be asked in vain; it is never left out wrongly.
 */
export interface Mentions {
  readonly keywords: number;
  readonly words: number;
}

/** Bits that a small integer has in every engine. */
const BITS = 30;
const ALL = 2 ** BITS - 1;

// Of unknown keywords there is none: no rule asks for them.
const keywordBits = new Map<string, number>(KEYWORDS.map((keyword, index) => [keyword, 1 << index]));

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
  const bits = new Map(
    words.map(word => [
      word,
      words.reduce((sum, one) => (word.startsWith(one) ? sum | (ofWord.get(one) ?? 0) : sum), 0),
    ]),
  );
  vocabulary = { pattern: new RegExp(`\\b(?:${words.join('|')})|${BROKEN_WORD}`, 'gi'), bits, ofRule };
  return vocabulary;
}

const keywordsOf = (keywords: readonly string[]): number =>
  keywords.reduce((sum, keyword) => sum | (keywordBits.get(keyword) ?? 0), 0);

/** What a rule looks for; no bits where it wants to be asked in any case. */
const wantedBy = (rule: Rule): Mentions => ({
  keywords: keywordsOf(rule.on ?? []),
  words: vocabularyOf().ofRule.get(rule) ?? 0,
});

/** What an instruction mentions; with ONBUILD, its trigger's keyword too. */
export function mentionsOf(instruction: Instruction): Mentions {
  const { keyword, text, trigger } = instruction;
  return {
    keywords: keywordsOf(trigger ? [keyword, trigger.keyword] : [keyword]),
    // In JSON a word can stand behind an escape, as in "\nrm".
    words: text.includes('\\') && instruction.json ? ALL : wordsIn(text),
  };
}

function wordsIn(text: string): number {
  const { pattern, bits } = vocabularyOf();
  let found = 0;
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text))
    found |= bits.get(match[0].toLowerCase()) ?? ALL;
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
      list = rules.filter((_, index) => {
        const one = wanted[index];
        return one !== undefined && isMet(one.keywords, keywords) && isMet(one.words, words);
      });
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

const isMet = (wanted: number, there: number): boolean => wanted === 0 || (wanted & there) !== 0;

const MOST_CHOSEN = 2000;
