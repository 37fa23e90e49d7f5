import { COMMANDS } from './commands.js';
import { CONTROL } from './control.js';
import { PORTABILITY } from './portability.js';
import { SYNTAX } from './syntax.js';
import type { ShellcheckExplanations } from './types.js';
import { VARIABLES } from './variables.js';
import { WORDS } from './words.js';

/** The codes that people meet in a RUN. */
export const SHELLCHECK_EXPLANATIONS: ShellcheckExplanations = {
  ...SYNTAX,
  ...WORDS,
  ...VARIABLES,
  ...COMMANDS,
  ...CONTROL,
  ...PORTABILITY,
};
