import { insertAfter } from '../../edits/words.js';
import type { InstructionFacts } from '../../facts/index.js';
import type { ShellCommand, ShellWord } from '../../shell/index.js';
import type { Report } from '../rule.js';

const GNU = new Set(['debian', 'ubuntu', 'rhel', 'rhel-minimal', 'suse']);

/** BusyBox has a wget of its own, without --progress. */
export const isGnu = ({ image }: InstructionFacts): boolean => GNU.has(image.family);

export const addProgress = (command: ShellCommand, name: ShellWord, facts: InstructionFacts): Report => ({
  span: name.span,
  message: 'The progress bar floods the build log. Add `--progress=dot:giga` or `-nv`.',
  fixes:
    command.editable && isGnu(facts)
      ? [{ title: 'Add --progress=dot:giga', safety: 'safe', edits: [insertAfter(name, '--progress=dot:giga')] }]
      : [],
});
