import type { Placed } from '../dockerfile/index.js';
import type { Span } from '../text/span.js';
import { type FileFacts, offsetsWhere, perFile, type StageContent } from './index.js';

/** A place that may name a stage: FROM, COPY --from or RUN --mount=from. */
export interface StageReference {
  readonly placed: Placed;
  readonly text: string;
  readonly span: Span;
  /** Only stages before this number can be meant. */
  readonly before: number;
  readonly kind: 'FROM' | 'COPY' | 'RUN';
}

const NO_OFFSETS: readonly number[] = [];

const isCopyFrom = ({ instruction }: Placed): boolean =>
  instruction.keyword === 'COPY' && instruction.flags.length > 0 && Boolean(instruction.flag('from')?.value);

const withSource = (instructions: readonly Placed[], content: StageContent | undefined): readonly number[] =>
  content?.references.length === 0 ? NO_OFFSETS : offsetsWhere(instructions, isCopyFrom);

/** Every COPY --from. */
export const copiesFrom = (facts: FileFacts): readonly Placed[] => facts.select(withSource);

/** Every literal reference that can name a stage, in file order; those with variables are left out. */
export const stageReferences = perFile(readReferences);

function readReferences(facts: FileFacts): readonly StageReference[] {
  const { placements } = facts.dockerfile;
  const found: StageReference[] = [];
  for (const stage of facts.stages) {
    for (const { text, span, kind, offset } of facts.ofStage(stage, inStage))
      found.push({ text, span, kind, placed: placements.get(stage.from.index + offset), before: stage.index });
  }
  return found;
}

/** A reference as it is in its stage: `offset` counts instructions from the FROM. */
type InStage = Omit<StageReference, 'placed' | 'before'> & { readonly offset: number };

function inStage(instructions: readonly Placed[], content: StageContent | undefined): readonly InStage[] {
  // Most stages name no other but in their FROM.
  const end = content?.references.length === 0 ? Math.min(1, instructions.length) : instructions.length;
  const references: InStage[] = [];
  for (let offset = 0; offset < end; offset++) {
    const placed = instructions[offset];
    if (!placed) break;
    for (const { text, span, kind } of offset === 0 ? fromReference(placed) : referencesOf(placed))
      references.push({ text, span, kind, offset });
  }
  return references;
}

type Found = Omit<InStage, 'offset'>;

const NO_REFERENCES: readonly Found[] = [];

function fromReference(placed: Placed): Found[] {
  const image = placed.instruction.from?.image;
  if (!image || image.text.includes('$')) return [];
  return [{ text: image.text, span: image.span, kind: 'FROM' }];
}

function referencesOf(placed: Placed): readonly Found[] {
  const { instruction } = placed;
  if ((instruction.keyword !== 'COPY' && instruction.keyword !== 'RUN') || instruction.flags.length === 0)
    return NO_REFERENCES;
  if (instruction.keyword === 'COPY') {
    const flag = instruction.flag('from');
    if (flag?.value === undefined || flag.value.includes('$')) return [];
    return within(placed, flag.value, flag.valueSpan, 'COPY');
  }
  return instruction.flags.flatMap(flag => {
    if (flag.name !== 'mount' || flag.value === undefined) return [];
    // Of several BuildKit takes the last.
    const from = [...flag.value.matchAll(/(?:^|,)from=([^,]*)/gi)].at(-1)?.[1];
    return from === undefined || from.includes('$') ? [] : within(placed, from, flag.valueSpan, 'RUN');
  });
}

// The flag's value is known with quotes resolved: find the name again in the text, and give up when it is there twice.
function within(placed: Placed, name: string, span: Span, kind: StageReference['kind']): Found[] {
  if (name === '') return [];
  const source = placed.instruction.text.slice(span.start, span.end);
  const pattern = kind === 'RUN' ? `from=${name}` : name;
  const at = source.indexOf(pattern);
  if (at < 0 || source.includes(pattern, at + 1)) return [];
  const start = span.start + at + pattern.length - name.length;
  return [{ text: name, span: { start, end: start + name.length }, kind }];
}
