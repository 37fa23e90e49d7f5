import { type Instruction, perInstruction, type Word } from '../dockerfile/index.js';
import { type Expanded, expandWords, type Scope } from './index.js';

/** One port of EXPOSE, `[[ip:]host:]container[/protocol]`; the value of an unquoted variable may list several. */
export interface Port {
  readonly word: Word;
  /** Variables replaced. */
  readonly text: string;
  readonly certainty: Expanded['certainty'];
  /** Container port or both ends of a range, as written. */
  readonly ends: readonly string[];
  readonly protocol: string | undefined;
  /** What is before the container port, colon included. */
  readonly host: string;
}

/** Whether an EXPOSE lists numbers that are ports and nothing else, as most do. */
export const hasPlainPorts = perInstruction(({ arguments: { text } }) => /^\d{1,4}(?:\s+\d{1,4})*$/.test(text));

/** The ports of an EXPOSE whose text is known. */
export function portsOf(instruction: Instruction, scope: Scope): readonly Port[] {
  return instruction.words.flatMap(word => {
    const { words, certainty } = expandWords(word.text, scope, instruction.escape);
    return certainty === 'unknown' ? [] : words.map(text => readPort(word, text, certainty));
  });
}

function readPort(word: Word, text: string, certainty: Expanded['certainty']): Port {
  const colon = text.lastIndexOf(':');
  const [address = '', ...protocol] = text.slice(colon + 1).split('/');
  return {
    word,
    text,
    certainty,
    ends: address.split('-'),
    // `80/` is what `80` is.
    protocol: protocol.join('/') || undefined,
    host: text.slice(0, colon + 1),
  };
}
