import type { Dockerfile, Instruction } from '../dockerfile/index.js';
import { contextPath } from './snapshot.js';

/** What is replaced when the build runs, or read in another way than it is written. */
const UNSURE = /["'$`\\]|^<<|^[a-z][a-z0-9+.-]*:\/\/|^git@/i;

/**
 * The files and folders of the build context that the COPYs, ADDs and bind mounts of a file name for certain; of a source
 * with a wildcard the folder before it. What a trigger of ONBUILD names is for another build.
 */
export function namedSources({ placements }: Dockerfile): readonly string[] {
  const sources = placements.parts.flatMap(({ instruction }) => sourcesIn(instruction));
  return [...new Set(sources.map(literalPart).filter(source => source !== ''))].sort();
}

function sourcesIn(instruction: Instruction): readonly string[] {
  const { keyword } = instruction;
  if (keyword === 'RUN') return instruction.flags.flatMap(({ name, value }) => (name === 'mount' ? bound(value) : []));
  if ((keyword !== 'COPY' && keyword !== 'ADD') || instruction.flag('from')) return [];
  return instruction.words.slice(0, -1).map(({ text }) => text);
}

function bound(mount: string | undefined): readonly string[] {
  const fields = new Map<string, string>();
  for (const field of mount?.split(',') ?? []) {
    const [key = '', ...value] = field.split('=');
    fields.set(key.trim().toLowerCase(), value.join('='));
  }
  if ((fields.get('type') ?? 'bind') !== 'bind' || fields.has('from')) return [];
  return [fields.get('source') ?? fields.get('src') ?? ''];
}

function literalPart(source: string): string {
  if (UNSURE.test(source)) return '';
  const segments = contextPath(source).split('/');
  const wildcard = segments.findIndex(segment => /[*?[]/.test(segment));
  return (wildcard < 0 ? segments : segments.slice(0, wildcard)).join('/');
}
