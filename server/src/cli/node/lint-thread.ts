import { Worker } from 'node:worker_threads';
import type { LintThread } from '../io.js';
import type { Briefing } from '../team-worker.js';

/** Most of what a lint makes is soon forgotten; with room for it, hardly anything is copied before that. */
const LIMITS = { maxYoungGenerationSizeMb: 64 };

/** Starts a thread that lints files. */
export const lintThread = (boot: string, briefing: Briefing): LintThread =>
  new Worker(boot, { name: 'lint', resourceLimits: LIMITS, workerData: briefing });
