import type { Stack } from '../stack.js';
import { OTHERS } from './others.js';
import { STATE } from './state.js';
import { WEB } from './web.js';

export const STACKS: readonly Stack[] = [...WEB, ...STATE, ...OTHERS];
