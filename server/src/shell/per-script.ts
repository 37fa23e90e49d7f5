import { slots } from '../text/memo.js';
import type { ShellCommand, ShellScript } from './types.js';

/** What `make` says of a script, worked out once and kept with it. It must depend on nothing else. */
export const perScript = slots<ShellScript>();

/** What `make` says of a command, worked out once and kept with it. It must depend on nothing else. */
export const perCommand = slots<ShellCommand>();
