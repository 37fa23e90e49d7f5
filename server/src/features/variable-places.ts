import type { Placed } from '../dockerfile/index.js';
import { type FileFacts, find, perFile, type Stage } from '../facts/index.js';
import { moved, type Span } from '../text/span.js';
import { dockerReads, type Read } from './docker-reads.js';
import { shellReads } from './shell-reads.js';

/** A place that sets a variable or reads it. `span` is the bare name, absolute. */
export interface VariablePlace {
  readonly name: string;
  readonly span: Span;
  readonly placed: Placed;
  /** Before the first FROM and in FROMs only what is declared there counts. */
  readonly stage: Stage | undefined;
  readonly sets: 'ARG' | 'ENV' | undefined;
  /** An ARG without a value: it takes that of the ARG above all stages. */
  readonly isBare: boolean;
}

/** All variables of a file wherever BuildKit or a shell is certain to read them, in order. */
export const variablePlaces = perFile((facts: FileFacts): readonly VariablePlace[] =>
  facts.dockerfile.instructions
    .flatMap(placed => {
      const { keyword } = placed.instruction;
      const stage = keyword === 'FROM' ? undefined : facts.stageOf(placed);
      const at = ({ name, span }: Read) => ({ name, span: moved(span, placed.start), placed, stage });
      return [
        ...declared(placed).map(({ isBare, sets, ...read }) => ({ ...at(read), sets, isBare })),
        ...readsOf(facts, placed).map(read => ({ ...at(read), sets: undefined, isBare: false })),
      ];
    })
    .sort((a, b) => a.span.start - b.span.start),
);

type Declared = Read & Pick<VariablePlace, 'sets' | 'isBare'>;

const NAME = /^[A-Za-z_]\w*$/;

function declared({ instruction }: Placed): readonly Declared[] {
  const sets = instruction.keyword;
  if (sets !== 'ARG' && sets !== 'ENV') return [];
  return instruction.pairs.flatMap(({ key, keySpan, value }) =>
    NAME.test(key) && instruction.text.slice(keySpan.start, keySpan.end) === key
      ? [{ name: key, span: keySpan, sets, isBare: value === undefined }]
      : [],
  );
}

function readsOf(facts: FileFacts, placed: Placed): readonly Read[] {
  const { instruction } = placed;
  const byDocker = dockerReads(instruction);
  if (!instruction.text.includes('$')) return byDocker;
  const { script, scope } = facts.at(placed);
  if (!script) return byDocker;
  const byShell = shellReads(script, instruction);
  // When a container runs, there are no arguments of the build left.
  const isInBuild = instruction.keyword === 'RUN';
  return [...byDocker, ...byShell.filter(({ name }) => isInBuild || find(scope, name)?.kind !== 'argument')];
}
