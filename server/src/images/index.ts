export { describeImage, UNKNOWN_IMAGE } from './describe.js';
export { healthProbe } from './health-probe.js';
export { type MissingTag, missingTag } from './missing-tag.js';
export { isLocalName, isNamedByRelease } from './official.js';
export { shellFacts } from './shell-facts.js';
export type { Family, ImageInfo, Runtime, ShellName, Slimmer } from './types.js';
export { userRecipe } from './user-recipe.js';
