import type { Placed } from '../../dockerfile/index.js';
import type { ShellCommand } from '../../shell/index.js';
import type { FileFacts, Stage } from '../index.js';
import { perStage } from '../per-stage.js';

/** Where a group was created first. */
interface Created {
  readonly index: number;
  readonly start: number;
}

const groupsOf = perStage((facts, stage): ReadonlyMap<string, Created> => {
  const groups = new Map<string, Created>();
  for (const placed of facts.lineage(stage)) {
    for (const { base, args, span } of facts.at(placed).commands) {
      const name = base === 'groupadd' || base === 'addgroup' ? args.at(-1) : undefined;
      if (name?.literal && !groups.has(name.value)) groups.set(name.value, { index: placed.index, start: span.start });
    }
  }
  return groups;
});

/** The groups that a stage, or one it builds on, created before a command. */
export function groupsBefore(
  facts: FileFacts,
  stage: Stage,
  placed: Placed,
  command: ShellCommand,
): Pick<ReadonlySet<string>, 'has'> {
  const groups = groupsOf(facts, stage);
  return {
    has: name => {
      const first = groups.get(name);
      if (!first) return false;
      return first.index < placed.index || (first.index === placed.index && first.start < command.span.start);
    },
  };
}
