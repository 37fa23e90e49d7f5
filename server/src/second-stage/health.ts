import type { Placed } from '../dockerfile/index.js';
import { parseReference } from '../dockerfile/index.js';
import type { FileFacts } from '../facts/index.js';
import { describeImage } from '../images/index.js';
import type { Needed } from './types.js';

/** Programs of the shell. */
const BUILT_IN = new Set(['exit', 'test', '[', 'true', 'false', 'echo', 'exec', 'kill', ':']);
const PACKAGES = new Set(['curl', 'wget']);

/** The packages that a HEALTHCHECK needs in an image; a text where it runs something else. */
export function healthPackages(
  facts: FileFacts,
  health: Placed,
  image: string,
  needed: readonly Needed[],
): readonly string[] | string {
  const { instruction } = health;
  if (/^\s*NONE\b/i.test(instruction.arguments.text)) return [];
  const info = describeImage(parseReference(image));
  const found = new Set<string>();
  const { commands } = facts.at(health);
  if (commands.length === 0) return 'it is not known what HEALTHCHECK runs';
  for (const { name, base } of commands) {
    if (!name || BUILT_IN.has(base) || info.hasCommand(base) === true) continue;
    if (needed.some(({ to }) => to === name.value)) continue;
    if (!PACKAGES.has(base) || info.packageManager === undefined)
      return `HEALTHCHECK runs ${name.text}, which ${image} may not have`;
    found.add(base);
  }
  return [...found];
}
