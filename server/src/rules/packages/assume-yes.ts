import { perInstruction } from '../../dockerfile/index.js';
import { insertAfter } from '../../edits/words.js';
import type { FileFacts } from '../../facts/index.js';
import type { RunPlace } from '../../facts/runs.js';
import type { ShellCommand, ShellWord } from '../../shell/index.js';
import { hasFlag } from '../../shell/options.js';
import type { Report } from '../rule.js';

/** A package manager that would ask: `last` is the last word of what it is told to do. */
export const addYes = (command: ShellCommand, last: ShellWord): Report => ({
  span: { start: command.span.start, end: last.span.end },
  message: `Add -y: ${command.base} cannot ask for confirmation during a build.`,
  fixes: command.editable ? [{ title: 'Add -y', safety: 'safe', edits: [insertAfter(last, '-y')] }] : [],
});

/** Whether yum, dnf, microdnf or tdnf is told by an option to ask nothing. */
export const rpmSaysYes = (command: ShellCommand): boolean => hasFlag(command, 'y', '--assumeyes');

const CONFIGURES = /assumeyes\s*=\s*(?:1|true|yes|on)|(?:COPY|ADD)\s.*\b(?:yum|dnf)\.conf\b/is;
const configures = perInstruction(({ text }) => CONFIGURES.test(text));

/** Whether yum or dnf is told in its configuration, by the RUN or an instruction above it, to ask nothing (dnf.conf(5), assumeyes). */
export const assumesYesByFile = (facts: FileFacts, run: RunPlace): boolean =>
  (run.stage ? facts.lineage(run.stage) : facts.preamble).some(
    ({ index, instruction }) =>
      index <= run.placed.index && /^(?:RUN|COPY|ADD)$/.test(instruction.keyword) && configures(instruction),
  );
