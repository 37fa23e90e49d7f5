import type { ImageReference } from '../dockerfile/index.js';
import { environmentOf } from './environment.js';
import { familyOf, officialName } from './family.js';
import { slimmerThan } from './slimmer.js';
import { commandsOf, isSdk, packageManagerOf, runtimeOf, shellOf } from './tools.js';
import type { ImageInfo } from './types.js';
import { usersOf } from './users.js';

export { officialName } from './family.js';
export { healthProbe, pipefailShell, type UserRecipe, userRecipe } from './recipes.js';
export type { Family, ImageInfo, PackageManagerName, Runtime, ShellName, ShippedUser, Slimmer, User } from './types.js';

const memo = new Map<string, ImageInfo>();
const MAX_MEMO = 5000;

/** What is known of an image from its reference alone. The same reference gives the same object. */
export function describeImage(reference: ImageReference, options: { readonly escape?: string } = {}): ImageInfo {
  const key = (options.escape ?? '') + reference.text;
  let known = memo.get(key);
  if (!known) {
    if (memo.size >= MAX_MEMO) memo.clear();
    known = describe(reference, options.escape);
    memo.set(key, known);
  }
  return known;
}

function describe(reference: ImageReference, escapeCharacter: string | undefined): ImageInfo {
  const family = familyOf(reference, escapeCharacter);
  const official = officialName(reference)?.toLowerCase();
  const full = (
    (reference.registry && reference.registry !== 'docker.io' ? `${reference.registry}/` : '') + reference.path
  ).toLowerCase();
  const name = official ?? full;
  const tag = (reference.tag ?? '').toLowerCase();
  const runtime = runtimeOf(official, full);
  const written = reference.text.slice(0, reference.tagEnd);
  return {
    family,
    packageManager: packageManagerOf(family, name, tag),
    shell: shellOf(family, name, tag),
    ...usersOf(reference, family),
    runtime,
    isSdk: isSdk(official, full, tag),
    slimmer: reference.tag === undefined || reference.digest !== undefined ? [] : slimmerThan(name, tag, written),
    env: new Set(environmentOf(name)),
    isKnown: family !== 'unknown',
    endOfLife: undefined,
    isFaas: /^(?:public\.ecr\.aws\/lambda|amazon\/aws-lambda|mcr\.microsoft\.com\/azure-functions)/.test(full),
    ...commandsOf({ family, official, tag, runtime }),
  };
}
