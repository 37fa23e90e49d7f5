import { FLAGS } from '../../dockerfile/index.js';
import { type Completion, ending, type Writing } from './item.js';
import { mountCompletions } from './mounts.js';
import { stagesBefore } from './stages.js';

const IN_FLAGS = /^\w+\s+(?:--\S+\s+)*(--\S*)$/;

/** Undefined where no flag is being written. */
export function flagCompletions(writing: Writing): readonly Completion[] | undefined {
  const { keyword, before, offset, placed } = writing;
  const typed = IN_FLAGS.exec(before)?.[1];
  if (typed === undefined) return undefined;
  const specs = FLAGS[keyword] ?? {};
  const equals = typed.indexOf('=');
  if (equals < 0) {
    const given = new Set(placed.instruction.flags.map(({ name }) => name));
    return Object.entries(specs)
      .filter(([name, { repeats }]) => repeats || !given.has(name) || typed === `--${name}`)
      .map(([name, { isSwitch }]) => ({
        label: isSwitch ? `--${name}` : `--${name}=`,
        kind: 'flag',
        span: ending(offset, typed),
      }));
  }
  const name = typed.slice(2, equals);
  const value = typed.slice(equals + 1);
  if (name === 'mount' && keyword === 'RUN') return mountCompletions(writing, value);
  if (name === 'from' && keyword === 'COPY') return stagesBefore(writing, value);
  const spec = specs[name];
  const values = spec?.isSwitch ? ['true', 'false'] : (spec?.values ?? []);
  return values.map((label, order) => ({ label, kind: 'value', span: ending(offset, value), order }));
}
