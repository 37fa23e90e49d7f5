import type { Placed } from '../../dockerfile/index.js';
import type { FileFacts } from '../../facts/index.js';
import type { Span } from '../../text/span.js';

/** A place that may name a stage: FROM, COPY --from or RUN --mount=from. */
export interface StageReference {
  readonly placed: Placed;
  readonly text: string;
  readonly span: Span;
  /** Only stages before this number can be meant. */
  readonly before: number;
  readonly kind: 'FROM' | 'COPY' | 'RUN';
}

const withSource = (instructions: readonly Placed[]): readonly number[] =>
  instructions.flatMap(({ instruction }, offset) =>
    instruction.keyword === 'COPY' && instruction.flag('from')?.value ? offset : [],
  );

/** Every COPY --from. */
export const copiesFrom = (facts: FileFacts): readonly Placed[] => facts.select(withSource);

const memo = new WeakMap<FileFacts, readonly StageReference[]>();

/** Every literal reference that can name a stage, in file order; those with variables are left out. */
export function stageReferences(facts: FileFacts): readonly StageReference[] {
  let references = memo.get(facts);
  if (!references) {
    references = facts.stages.flatMap(stage => [
      ...fromReference(stage.from, stage.index),
      ...stage.instructions.flatMap(placed => referencesOf(placed, stage.index)),
    ]);
    memo.set(facts, references);
  }
  return references;
}

function fromReference(placed: Placed, before: number): StageReference[] {
  const image = placed.instruction.from?.image;
  if (!image || image.text.includes('$')) return [];
  return [{ placed, text: image.text, span: image.span, before, kind: 'FROM' }];
}

function referencesOf(placed: Placed, before: number): StageReference[] {
  const { instruction } = placed;
  if (instruction.keyword === 'COPY') {
    const flag = instruction.flag('from');
    if (flag?.value === undefined || flag.value.includes('$')) return [];
    return within(placed, flag.value, flag.valueSpan, before, 'COPY');
  }
  if (instruction.keyword !== 'RUN') return [];
  return instruction.flags.flatMap(flag => {
    if (flag.name !== 'mount' || flag.value === undefined) return [];
    const from = /(?:^|,)from=([^,]*)/i.exec(flag.value)?.[1];
    return from === undefined || from.includes('$') ? [] : within(placed, from, flag.valueSpan, before, 'RUN');
  });
}

// The flag's value is known with quotes resolved: find the name again in the text, and give up when it stands there twice.
function within(
  placed: Placed,
  name: string,
  span: Span,
  before: number,
  kind: StageReference['kind'],
): StageReference[] {
  if (name === '') return [];
  const source = placed.instruction.text.slice(span.start, span.end);
  const pattern = kind === 'RUN' ? `from=${name}` : name;
  const at = source.indexOf(pattern);
  if (at < 0 || source.includes(pattern, at + 1)) return [];
  const start = span.start + at + pattern.length - name.length;
  return [{ placed, text: name, span: { start, end: start + name.length }, before, kind }];
}
