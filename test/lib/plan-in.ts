import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contextReader } from '../../server/src/cli/context.js';
import { type HardenPlan, type HardenWishes, planHarden } from '../../server/src/harden/index.js';

/** What Harden makes of the Dockerfile in a folder, which is its build context. */
export async function planIn(context: string, wishes: HardenWishes = {}): Promise<HardenPlan> {
  const text = readFileSync(join(context, 'Dockerfile'), 'utf8');
  const snapshot = await contextReader({ cwd: context, context })(context, 'Dockerfile', text);
  return planHarden(text, snapshot ? { context: snapshot } : {}, () => {}, wishes);
}
