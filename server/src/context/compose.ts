import { parse } from 'yaml';
import { isRecord } from '../../../shared/src/record.js';
import { pathBelow } from './path-below.js';

/** An image that a Compose file has built; paths are below the same folder as that of the file. */
export interface ComposeBuild {
  readonly context: string;
  readonly dockerfile: string;
}

/** Longer than any Compose file that a person writes, in characters. */
const MAX_LENGTH = 500_000;

/** The builds in a Compose file that is in `folder`; none where it cannot be read, and none whose paths are not known. */
export function composeBuilds(text: string, folder: string): readonly ComposeBuild[] {
  if (text.length > MAX_LENGTH || !text.includes('build')) return [];
  const file = read(text);
  const services = isRecord(file) && isRecord(file['services']) ? Object.values(file['services']) : [];
  return services.flatMap(service => {
    const build = isRecord(service) ? buildOf(service['build']) : undefined;
    const context = build && pathBelow(folder, build.context);
    const dockerfile = build && context !== undefined ? pathBelow(context, build.dockerfile) : undefined;
    return context === undefined || dockerfile === undefined ? [] : [{ context, dockerfile }];
  });
}

function read(text: string): unknown {
  try {
    return parse(text, { merge: true, logLevel: 'silent' });
  } catch {
    return undefined;
  }
}

/** The paths as written: `build: DIR`, or one or both of its keys. A file that adds other keys to another one says neither. */
function buildOf(build: unknown): ComposeBuild | undefined {
  if (typeof build === 'string') return { context: build, dockerfile: 'Dockerfile' };
  if (!isRecord(build) || build['dockerfile_inline'] !== undefined) return undefined;
  const { context, dockerfile } = build;
  if (context === undefined && dockerfile === undefined) return undefined;
  const paths = { context: context ?? '.', dockerfile: dockerfile ?? 'Dockerfile' };
  return typeof paths.context === 'string' && typeof paths.dockerfile === 'string'
    ? { context: paths.context, dockerfile: paths.dockerfile }
    : undefined;
}
