import { packageActions } from '../../facts/packages/in-run.js';
import { unversioned } from '../../facts/packages/unversioned.js';
import type { ShellWord } from '../../shell/index.js';
import { listed } from '../../text/listed.js';
import type { InstructionRule } from '../asked.js';
import type { Report } from '../rule.js';

type Complaint = (words: readonly ShellWord[], how: string) => readonly Report[];

/** What a rule does that reports the packages which these managers install without a version; their rows say what is one. */
export const reportsUnpinned = (managers: readonly string[], complaint: Complaint = giveVersion): InstructionRule => ({
  instruction: { keywords: ['RUN'], words: managers },
  check({ facts, report }) {
    for (const action of packageActions(facts)) {
      const found = managers.includes(action.manager) ? unversioned(action) : undefined;
      if (found) complaint(found.words, found.how).forEach(report);
    }
  },
});

/** One report for all packages of a command that have no version. */
export function giveVersion(words: readonly ShellWord[], how: string): readonly Report[] {
  const [first] = words;
  if (!first) return [];
  const names = listed(words.map(word => word.value));
  return [
    {
      span: first.span,
      message: `The version of ${names} is not pinned, so the next build may install a different one. Pin it (${how}).`,
    },
  ];
}

/** The same for what languages pack: there the version belongs to the command. */
export function sayVersion(words: readonly ShellWord[], how: string): readonly Report[] {
  const [first] = words;
  if (!first) return [];
  const names = listed(words.map(word => word.value));
  return [
    {
      span: first.span,
      message: `The version of ${names} is not pinned, so the next build may install a different one. Pin it: ${how}.`,
    },
  ];
}
