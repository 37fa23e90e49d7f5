import { isRecord } from '../../../shared/src/record.js';
import { type ContextSnapshot, contextEntry } from './snapshot.js';

const KINDS = ['dependencies', 'devDependencies', 'optionalDependencies'] as const;

/**
 * Whether an npm lock file of the build context lists just what the package.json beside it asks for, without which `npm ci`
 * ends in an error; undefined where that is not known.
 */
export function lockAgrees(context: ContextSnapshot, lock: string): boolean | undefined {
  const manifest = parsed(contextEntry(context, lock.replace(/[^/]*$/, 'package.json'))?.text);
  const packages = parsed(contextEntry(context, lock)?.text)?.['packages'];
  const root = isRecord(packages) ? packages[''] : undefined;
  // Locks of npm 6 and older say it another way.
  if (!manifest || !isRecord(root)) return undefined;
  return KINDS.every(kind => isSame(manifest[kind], root[kind]));
}

function parsed(text: string | undefined): Readonly<Record<string, unknown>> | undefined {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isSame(asked: unknown, listed: unknown): boolean {
  const [a, b] = [isRecord(asked) ? asked : {}, isRecord(listed) ? listed : {}];
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every(name => a[name] === b[name]);
}
