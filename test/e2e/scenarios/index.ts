import { addToCopy } from './add-to-copy.js';
import type { Scenario } from './scenario.js';

export type { Scenario } from './scenario.js';

export const SCENARIOS: readonly Scenario[] = [addToCopy];
