/** A path relative to `folder`, itself below some top folder, as a path below that; undefined where it is not known or leads out. */
export function pathBelow(folder: string, path: string): string | undefined {
  if (/^(?:\/|~|[A-Za-z]:)|[$\\]|:\/\/|^git@|#/.test(path)) return undefined;
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of path.split('/')) {
    if (part === '..' && parts.pop() === undefined) return undefined;
    if (part !== '..' && part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

export const joined = (folder: string, path: string): string =>
  folder === '' || path === '' ? folder + path : `${folder}/${path}`;

export const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** A folder, and all those that it is in. */
export function upTo(folder: string): readonly string[] {
  return folder === '' ? [''] : [folder, ...upTo(parentOf(folder))];
}

export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** How a path is written from a folder; both lie below the same one. */
export function pathFrom(folder: string, path: string): string {
  const from = folder === '' ? [] : folder.split('/');
  const to = path.split('/');
  let same = 0;
  while (same < from.length && from[same] === to[same]) same++;
  return [...from.slice(same).map(() => '..'), ...to.slice(same)].join('/');
}
