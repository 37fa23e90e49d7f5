import { insertAfter } from '../../edits/words.js';
import type { ShellCommand, ShellWord } from '../../shell/index.js';
import type { Report } from '../rule.js';

export const addNoLogInit = (command: ShellCommand, id: ShellWord | undefined): Report => ({
  span: { start: command.span.start, end: id?.span.end ?? command.span.end },
  message: 'With an ID this high, useradd writes a log file of hundreds of megabytes. Add `--no-log-init`.',
  // hadolint knows the long spelling too.
  fixes:
    command.editable && command.name
      ? [{ title: 'Add --no-log-init', safety: 'safe', edits: [insertAfter(command.name, '--no-log-init')] }]
      : [],
});
