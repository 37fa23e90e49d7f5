import { OFFICIAL_NAMES, REMOVED_NAMES } from './official-names.js';

/** Those that were one included. Any other name of one word is an image that somebody has built: no registry has it. */
const NAMES: ReadonlySet<string> = new Set([
  ...OFFICIAL_NAMES.split(' '),
  ...REMOVED_NAMES.split(' ').map(pair => pair.split(':')[0] ?? ''),
]);

/** Whether a reference can only mean an image of the machine that builds, or a named build context. */
export const isLocalName = (registry: string | undefined, path: string): boolean =>
  registry === 'localhost' || (registry === undefined && !path.includes('/') && !NAMES.has(path.toLowerCase()));

/** `ubi9/ubi-minimal`, `rhel7`: the release is in the name, and `latest` stays within it. */
export const isNamedByRelease = ({ path }: { readonly path: string }): boolean =>
  /(?:^|\/)(?:ubi|rhel)\d+(?:[-/]|$)/.test(path);
