import { PLATFORM_ARGUMENTS, variablesOf } from '../../facts/index.js';
import { fromArguments } from '../../facts/variables.js';
import { type Completion, ending, type Writing } from './item.js';

const TYPED = /(?:^|[^\\`$])\$\{?(\w*)$/;

/** The variables after a dollar sign; undefined where there is none. */
export function variableCompletions({ facts, placed, before, offset }: Writing): readonly Completion[] | undefined {
  const typed = TYPED.exec(before)?.[1];
  if (typed === undefined) return undefined;
  const span = ending(offset, typed);
  const stage = placed.instruction.keyword === 'FROM' ? undefined : facts.stageOf(placed);
  if (!stage)
    return [...fromArguments(facts)].map(([label, value]) => ({
      label,
      kind: 'variable',
      span,
      ...(value === undefined ? {} : { detail: value }),
      order: PLATFORM.has(label) ? 1 : 0,
    }));
  const { scope, image } = facts.stateBefore(placed);
  const own = [...variablesOf(scope)].map(({ name, value }) => ({ name, value, order: 0 }));
  const known = new Set(own.map(({ name }) => name));
  const inherited = [...image.env].filter(name => !known.has(name));
  return [...own, ...inherited.map(name => ({ name, value: 'set by the base image', order: 1 }))].map(
    ({ name, value, order }) => ({
      label: name,
      kind: 'variable',
      span,
      ...(value === undefined ? {} : { detail: value }),
      order,
    }),
  );
}

const PLATFORM = new Set<string>(PLATFORM_ARGUMENTS);
