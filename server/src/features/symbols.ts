import type { Placed } from '../dockerfile/index.js';
import type { FileFacts, Stage } from '../facts/index.js';
import { moved, type Span } from '../text/span.js';

/** A stage or an instruction of the outline. Offsets count from the start of the file. */
export interface OutlineItem {
  readonly kind: 'stage' | 'variable' | 'instruction';
  readonly name: string;
  /** What it is built on, or its arguments in one line. */
  readonly detail: string;
  readonly span: Span;
  /** Where to go when it is chosen: within `span`. */
  readonly nameSpan: Span;
  readonly children: readonly OutlineItem[];
}

/** An outline is a narrow list. */
const MOST_CHARACTERS = 80;

/** The instructions above the first stage, then the stages with their instructions. */
export const outlineOf = (facts: FileFacts): readonly OutlineItem[] => [
  ...facts.preamble.map(instructionItem),
  ...facts.stages.map(stageItem),
];

function stageItem(stage: Stage): OutlineItem {
  const { from } = stage;
  const parts = from.instruction.from;
  const last = stage.instructions.at(-1) ?? from;
  const name = parts?.name ?? parts?.image;
  return {
    kind: 'stage',
    name: parts?.name?.text ?? `stage ${stage.index}`,
    detail: parts?.image.text ?? '',
    span: { start: from.start, end: last.start + last.length },
    nameSpan: moved(name?.span ?? from.instruction.keywordSpan, from.start),
    children: stage.instructions.map(instructionItem),
  };
}

function instructionItem({ instruction, start, length }: Placed): OutlineItem {
  const { keyword, keywordSpan } = instruction;
  const [line = '', ...rest] = instruction.arguments.text.replace(/[\t ]+/g, ' ').split('\n');
  const isCut = line.length > MOST_CHARACTERS || rest.length > 0;
  return {
    kind: keyword === 'ARG' || keyword === 'ENV' ? 'variable' : 'instruction',
    name: keyword,
    detail: isCut ? `${line.slice(0, MOST_CHARACTERS).trimEnd()}…` : line,
    span: { start, end: start + length },
    nameSpan: moved(keywordSpan, start),
    children: [],
  };
}
