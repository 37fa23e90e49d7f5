import { type Instruction, perInstruction, type Word } from '../../dockerfile/index.js';
import { type Expanded, expand, type Scope } from '../../facts/index.js';

/** One word of EXPOSE, `[[ip:]host:]container[/protocol]`. */
export interface Port {
  readonly word: Word;
  /** Variables replaced. */
  readonly text: string;
  readonly certainty: Expanded['certainty'];
  /** Container port or both ends of a range, as written. */
  readonly ends: readonly string[];
  readonly protocol: string | undefined;
  /** What stands before the container port, colon included. */
  readonly host: string;
}

/** Whether an EXPOSE lists numbers that are ports and nothing else, as most do. */
export const hasPlainPorts = perInstruction(({ arguments: { text } }) => /^\d{1,4}(?:\s+\d{1,4})*$/.test(text));

/** The ports of an EXPOSE whose text is known. */
export function portsOf(instruction: Instruction, scope: Scope): readonly Port[] {
  return instruction.words.flatMap(word => {
    const { text, certainty } = expand(word.text, scope, instruction.escape);
    if (certainty === 'unknown' || text === '') return [];
    const slash = text.lastIndexOf('/');
    const address = slash < 0 ? text : text.slice(0, slash);
    const colon = address.lastIndexOf(':');
    return [
      {
        word,
        text,
        certainty,
        ends: address.slice(colon + 1).split('-'),
        protocol: slash < 0 ? undefined : text.slice(slash + 1),
        host: address.slice(0, colon + 1),
      },
    ];
  });
}
