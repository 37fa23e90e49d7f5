import { BOOLEAN } from './boolean.js';
/** What BuildKit takes a source of ADD or COPY for. */
export type RemoteSource =
  | { readonly kind: 'local' }
  /** `github.com/…`, which BuildKit copies as a path and yet counts as a repository. */
  | { readonly kind: 'ambiguous' }
  | { readonly kind: 'http' }
  | { readonly kind: 'git'; readonly keepGitDir: boolean | undefined; readonly checksum: string | undefined }
  /** A git address with a query that BuildKit refuses. */
  | { readonly kind: 'invalid'; readonly message: string };

const SCP_STYLE = /^[a-zA-Z0-9-_]+@[a-zA-Z0-9-.]+:(.*?)(?:\?(.*?))?(?:#(.*))?$/;
const SWITCHES = new Set(['keep-git-dir', 'submodules', 'fetch-by-commit']);
const TEXTS = new Set(['ref', 'tag', 'branch', 'subdir', 'checksum', 'commit', 'mtime']);
const LOCAL: RemoteSource = { kind: 'local' };

/** Reads a source whose variables are replaced (dfgitutil.ParseGitRef, isHTTPSource). */
export function remoteSource(text: string): RemoteSource {
  if (text.startsWith('github.com/')) {
    // Old Docker versions cloned it; BuildKit takes it for a local path, but reads its query.
    const { query, fragment } = parts(text);
    const read = readQuery(query, fragment);
    return read.kind === 'invalid' ? read : { kind: 'ambiguous' };
  }
  const scheme = /^([a-zA-Z0-9]+):\/\//.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined) {
    const scp = SCP_STYLE.exec(text);
    return scp && !/^\.\.?\//.test(text) ? readQuery(scp[2] ?? '', scp[3] ?? '') : LOCAL;
  }
  const { path, query, fragment } = parts(text);
  if (scheme === 'ssh' || scheme === 'git') return readQuery(query, fragment);
  if (scheme !== 'http' && scheme !== 'https') return LOCAL;
  if (path.endsWith('.git') && path.includes('/')) return readQuery(query, fragment);
  return /^https?:/.test(text) ? { kind: 'http' } : LOCAL;
}

function parts(url: string): { readonly path: string; readonly query: string; readonly fragment: string } {
  const [, rest = '', query = '', fragment = ''] = /^([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(url) ?? [];
  return { path: rest.replace(/^[a-zA-Z0-9]+:\/\/[^/]*/, ''), query, fragment };
}

function readQuery(query: string, fragment: string): RemoteSource {
  const values = new Map<string, string>();
  for (const pair of query.split('&')) {
    if (pair === '' || pair.includes(';')) continue;
    const equals = pair.indexOf('=');
    const key = equals < 0 ? pair : pair.slice(0, equals);
    const value = equals < 0 ? '' : pair.slice(equals + 1);
    if (values.has(key)) return invalid(`The query “${key}” is given twice. Remove one.`);
    values.set(key, value);
  }
  for (const [key, value] of values) {
    if (SWITCHES.has(key)) {
      if (value !== '' && !BOOLEAN.test(value))
        return invalid(`“${value}” is not a value for ${key}. Use true or false.`);
    } else if (!TEXTS.has(key))
      return invalid(`BuildKit does not know the query “${key}” of a git address. Remove it.`);
    else if (value === '') return invalid(`The query “${key}” needs a value.`);
  }
  const mtime = values.get('mtime');
  if (mtime !== undefined && mtime !== 'checkout' && mtime !== 'commit')
    return invalid(`“${mtime}” is not a value for mtime. Use checkout or commit.`);
  return (
    conflict(values, fragment) ?? {
      kind: 'git',
      keepGitDir: readSwitch(values.get('keep-git-dir')),
      checksum: values.get('checksum') ?? values.get('commit'),
    }
  );
}

const readSwitch = (value: string | undefined): boolean | undefined =>
  value === undefined ? undefined : value === '' || /^[1tT]/.test(value);

/** Two places that say different things about what to fetch. */
function conflict(values: ReadonlyMap<string, string>, fragment: string): RemoteSource | undefined {
  const [fragmentRef = '', folder = ''] = fragment.split(/:(.*)/s);
  const subdir = values.get('subdir');
  const written = folder.replace(/^\/+|\/+$/g, '');
  if (subdir !== undefined && written !== '' && written !== subdir)
    return invalid(`The address names two folders, “${written}” and “${subdir}”. Remove one.`);
  const tag = values.get('tag');
  const branch = values.get('branch');
  if (tag !== undefined && branch !== undefined) return invalid('The address names a branch and a tag. Remove one.');
  const full = (prefix: string, name: string | undefined): string[] =>
    name === undefined ? [] : [name.startsWith(prefix) ? name : `${prefix}${name}`];
  const refs = [
    ...(fragmentRef === '' ? [] : [fragmentRef]),
    ...(values.has('ref') ? [values.get('ref') ?? ''] : []),
    ...full('refs/tags/', tag),
    ...full('refs/heads/', branch),
  ];
  const other = refs.find(ref => ref !== refs[0]);
  return other === undefined
    ? undefined
    : invalid(`The address names two versions, “${refs[0]}” and “${other}”. Remove one.`);
}

const invalid = (message: string): RemoteSource => ({ kind: 'invalid', message });
