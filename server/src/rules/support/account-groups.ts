import type { Placed } from '../../dockerfile/index.js';
import type { FileFacts, Stage } from '../../facts/index.js';
import type { ShellCommand } from '../../shell/index.js';

/** The groups that a stage, or one it builds on, created before a command. */
export function groupsBefore(
  facts: FileFacts,
  stage: Stage,
  placed: Placed,
  command: ShellCommand,
): ReadonlySet<string> {
  const groups = new Set<string>();
  for (const earlier of facts.lineage(stage)) {
    if (earlier.index > placed.index) break;
    for (const other of facts.at(earlier).commands) {
      if (earlier === placed && other.span.start >= command.span.start) break;
      const name = other.base === 'groupadd' || other.base === 'addgroup' ? other.args.at(-1) : undefined;
      if (name?.literal) groups.add(name.value);
    }
  }
  return groups;
}
