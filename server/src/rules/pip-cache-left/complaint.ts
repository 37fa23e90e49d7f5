import { insertAfter } from '../../edits/words.js';
import type { ShellCommand, ShellWord } from '../../shell/index.js';
import type { Report } from '../rule.js';

export const addNoCacheDir = (command: ShellCommand, verb: ShellWord): Report => ({
  span: { start: command.name?.span.start ?? command.span.start, end: verb.span.end },
  message: 'pip leaves its downloads in the image. Add `--no-cache-dir`.',
  fixes: command.editable
    ? [{ title: 'Add --no-cache-dir', safety: 'safe', edits: [insertAfter(verb, '--no-cache-dir')] }]
    : [],
});
