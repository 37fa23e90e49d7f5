import { asYouType, continuation, hover } from './as-you-type.js';
import { dockerignore } from './dockerignore.js';
import { everyFix } from './every-fix.js';
import {
  harden,
  hardenCancelled,
  hardenDetails,
  hardenDiscarded,
  hardenSecondStage,
  hardenSeveral,
  hardenWorkspace,
} from './harden.js';
import { deletedConfiguration, diff, fixAllAsks, onSave, otherLanguage, readOnly } from './left-alone.js';
import { quickFixes } from './quick-fixes.js';
import type { Scenario } from './scenario.js';

export type { Scenario } from './scenario.js';

export const SCENARIOS: readonly Scenario[] = [
  asYouType,
  continuation,
  hover,
  ...quickFixes,
  ...everyFix,
  dockerignore,
  harden,
  hardenDiscarded,
  hardenDetails,
  hardenSecondStage,
  hardenSeveral,
  hardenWorkspace,
  hardenCancelled,

  diff,
  readOnly,
  otherLanguage,
  onSave,
  fixAllAsks,
  deletedConfiguration,
];
