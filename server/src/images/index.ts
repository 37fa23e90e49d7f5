export { describeImage } from './describe.js';
export { healthProbe } from './health-probe.js';
export { type ShellFacts, shellFacts } from './shell-facts.js';
export type {
  Family,
  ImageInfo,
  PackageManagerName,
  Runtime,
  ShellName,
  ShippedUser,
  Slimmer,
  User,
} from './types.js';
export { APP_ID, type UserRecipe, userRecipe } from './user-recipe.js';
