/** Something beside a Compose file. */
export type Beside = { readonly kind: 'file' } | { readonly kind: 'directory' } | { readonly kind: 'nothing' };

/** What a host knows of the files around a Compose file. Paths are relative to its folder and may begin with `..`. */
export interface ProjectFiles {
  /** What there is at a path; undefined when it is not known. */
  readonly look: (path: string) => Beside | undefined;
  /** The text of a file; undefined when there is none, or when it is not known. */
  readonly read: (path: string) => string | undefined;
}

/** Where nothing is known of them. */
export const NO_FILES: ProjectFiles = { look: () => undefined, read: () => undefined };

/** The files around a Compose file of which all are known, by path. */
export function projectFilesOf(files: Readonly<Record<string, string>>): ProjectFiles {
  const paths = Object.keys(files);
  const look = (path: string): Beside => {
    const at = normalised(path);
    if (files[at] !== undefined) return { kind: 'file' };
    return at === '' || paths.some(one => one.startsWith(`${at}/`)) ? { kind: 'directory' } : { kind: 'nothing' };
  };
  return { look, read: path => files[normalised(path)] };
}

/** Two paths as one, without `.` and as few `..` as it can have. */
export function joinedPath(folder: string, path: string): string {
  return normalised(path.startsWith('/') || folder === '' ? path : `${folder}/${path}`);
}

export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

export function normalised(path: string): string {
  const isAbsolute = path.startsWith('/') && path !== '/';
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return (isAbsolute && !path.startsWith('/./') ? '/' : '') + parts.join('/');
}

/** Whether a path leads to a file of the project, as far as it is written. */
export const isRelative = (path: string): boolean => !/^(?:\/|~|[a-z]:[\\/]|\\\\|\$)/i.test(path);
