import { isSpace, skipSpaces } from './characters.js';

/** The words of a text in which every character stands for itself. */
export function spaceSeparated(text: string): readonly string[] {
  const words: string[] = [];
  for (let at = skipSpaces(text, 0); at < text.length; at = skipSpaces(text, at)) {
    const start = at;
    while (at < text.length && !isSpace(text.charCodeAt(at))) at++;
    words.push(text.slice(start, at));
  }
  return words;
}

interface WordCollector {
  /** Adds to the word that is open: white space in it is part of it. */
  readonly add: (piece: string) => void;
  /** Adds text that ends words at its white space. */
  readonly addSplit: (piece: string) => void;
  /** Ends the last word. */
  readonly all: () => readonly string[];
}

/** Makes words of a text that comes piece by piece. */
export function collectWords(): WordCollector {
  const words: string[] = [];
  let word = '';
  const add = (piece: string): void => {
    word += piece;
  };
  const endWord = (): void => {
    if (word.length > 0) words.push(word);
    word = '';
  };
  const addSplit = (piece: string): void => {
    let begin = -1;
    for (let index = 0; index < piece.length; index++) {
      if (!isSpace(piece.charCodeAt(index))) {
        if (begin < 0) begin = index;
        continue;
      }
      if (begin >= 0) add(piece.slice(begin, index));
      begin = -1;
      endWord();
    }
    if (begin >= 0) add(piece.slice(begin));
  };
  return {
    add,
    addSplit,
    all: () => {
      endWord();
      return words;
    },
  };
}
