import { commands } from './commands.js';
import { control } from './control.js';
import { portability } from './portability.js';
import { syntax } from './syntax.js';
import type { ShellcheckExplanations } from './types.js';
import { variables } from './variables.js';
import { words } from './words.js';

let known: ShellcheckExplanations | undefined;

/** The codes that people meet in a RUN. Made when somebody asks first: most runs explain nothing. */
export function shellcheckExplanations(): ShellcheckExplanations {
  known ??= { ...syntax(), ...words(), ...variables(), ...commands(), ...control(), ...portability() };
  return known;
}
