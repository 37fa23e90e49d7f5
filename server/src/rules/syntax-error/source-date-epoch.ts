import type { Placed } from '../../dockerfile/index.js';
import { remoteSource } from '../../dockerfile/index.js';
import type { FileFacts, Stage } from '../../facts/index.js';
import { fromArguments } from '../../facts/variables.js';
import type { Span } from '../../text/span.js';

const NAME = 'SOURCE_DATE_EPOCH';

export interface EpochProblem {
  readonly placed: Placed;
  /** Relative to the instruction. */
  readonly span: Span;
  readonly message: string;
}

/** A global ARG SOURCE_DATE_EPOCH is seconds since 1970, `context`, or a stage that fetches one thing (dockerfile2llb/epoch.go). */
export function epochProblem(facts: FileFacts): EpochProblem | undefined {
  for (const placed of facts.preamble) {
    const pair = placed.instruction.keyword === 'ARG' && placed.instruction.pairs.findLast(({ key }) => key === NAME);
    if (!pair) continue;
    const value = fromArguments(facts).get(NAME);
    if (pair.value === undefined || value === undefined || /^(?:|[-+]?\d+|context)$/.test(value)) return undefined;
    const stage = facts.stages.find(({ name }) => name === value.toLowerCase());
    if (!stage) {
      const message = `“${value}” is not a number of seconds since 1970, “context” or a stage of this file.`;
      return { placed, span: pair.valueSpan, message };
    }
    return fetchesOneThing(stage)
      ? undefined
      : {
          placed: stage.from,
          span: stage.from.instruction.from?.image.span ?? stage.from.instruction.keywordSpan,
          message: `A stage that ${NAME} names may only consist of FROM scratch, ARG and one ADD of a URL or git repository.`,
        };
  }
  return undefined;
}

function fetchesOneThing(stage: Stage): boolean {
  if (stage.base.kind !== 'scratch') return false;
  const others = stage.instructions.filter(({ instruction }) => instruction.keyword !== 'ARG');
  const [only] = others;
  if (others.length !== 1 || only?.instruction.keyword !== 'ADD' || only.instruction.words.length !== 2) return false;
  const [source] = only.instruction.words;
  return source !== undefined && (source.text.includes('$') || remoteSource(source.text).kind !== 'local');
}
