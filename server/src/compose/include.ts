import { readDotEnv } from './dot-env.js';
import { mergedMappings } from './merge.js';
import { folderOf, joinedPath, type ProjectFiles } from './project-files.js';
import { readYaml } from './read-yaml.js';
import { entryOf, itemsOf, type Value, valueAt } from './value.js';

/** Whether all files that a file includes can be read; what they bring in is not known otherwise. */
export const canInclude = (root: Value | undefined, beside: ProjectFiles): boolean =>
  itemsOf(valueAt(root, 'include')).every(item => {
    const paths = pathsOf(item);
    return paths.length > 0 && paths.every(path => beside.read(joinedPath('', path)) !== undefined);
  });

/** Files that include one another would never end. */
const MAX_DEPTH = 8;

/** The projects that a file includes, those that they include first; each with the variables of its own folder. */
export function included(root: Value | undefined, beside: ProjectFiles, folder = '', depth = 0): readonly Value[] {
  if (depth >= MAX_DEPTH) return [];
  return itemsOf(valueAt(root, 'include')).flatMap(item => {
    const paths = pathsOf(item).map(path => joinedPath(folder, path));
    const [first] = paths;
    if (first === undefined) return [];
    const home = folderOf(first);
    const dotEnv = beside.read(joinedPath(home, '.env'));
    const variables = dotEnv === undefined ? new Map() : readDotEnv(dotEnv);
    const roots = paths.flatMap(path => {
      const text = beside.read(path);
      return text === undefined ? [] : (readYaml({ path, text }, variables).root ?? []);
    });
    const [base, ...overlays] = roots;
    if (!base) return [];
    const whole = overlays.reduce((before, after) => mergedMappings(before, after, []), base);
    return [...included(whole, beside, home, depth + 1), whole];
  });
}

/** `- path`, or `- path: a`, or `- path: [a, b]`. */
function pathsOf(item: Value): readonly string[] {
  if (item.kind === 'scalar') return [item.text];
  const path = entryOf(item, 'path')?.value;
  if (path?.kind === 'scalar') return [path.text];
  return itemsOf(path).flatMap(one => (one.kind === 'scalar' ? [one.text] : []));
}
