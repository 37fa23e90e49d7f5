import { keepingWith } from '../text/keeping.js';
import type { CompiledIgnore } from './ignore.js';
import { isLetIn } from './let-in.js';
import { ENV_OF_BUNDLER, INSTALLS, MAY_READ_HISTORY, readsEnvFiles } from './needs.js';
import type { ContextEntry, ContextSnapshot } from './snapshot.js';

export interface Leak {
  /** Relative to the context root. */
  readonly path: string;
  readonly why: 'secret' | 'history' | 'bulk';
  /** The line that would keep it out. */
  readonly line: string;
}

interface LeakRow {
  readonly name: RegExp;
  readonly not?: RegExp;
  readonly kind: 'file' | 'directory' | 'any';
  readonly why: Leak['why'];
}

/** By base name, or by the end of the path where it holds a `/`. */
const ROWS = [
  { name: /^\.git$/, kind: 'any', why: 'history' },
  {
    name: /^\.env(?:\..+)?$/,
    not: /\.(?:example|sample|template|dist|defaults?|test|ci)$/,
    kind: 'file',
    why: 'secret',
  },
  { name: /^id_(?:rsa|dsa|ecdsa|ed25519)$/, kind: 'file', why: 'secret' },
  // Certificates are public: of .pem files only those that are called keys.
  { name: /(?:^|[-_.])(?:priv(?:ate)?|key|privkey)[\w.-]*\.pem$/i, kind: 'file', why: 'secret' },
  { name: /\.(?:key|p12|pfx|jks|keystore)$/i, not: /pub(?:lic)?\.key$/i, kind: 'file', why: 'secret' },
  { name: /^\.(?:netrc|git-credentials|pypirc|pgpass|htpasswd)$/, kind: 'file', why: 'secret' },
  { name: /(?:^|\/)\.aws\/credentials$/, kind: 'file', why: 'secret' },
  { name: /(?:^|\/)\.docker\/config\.json$/, kind: 'file', why: 'secret' },
  { name: /(?:^|\/)\.kube\/config$/, kind: 'file', why: 'secret' },
  { name: /\.tfstate(?:\.backup)?$/, kind: 'file', why: 'secret' },
  { name: /^node_modules$/, kind: 'directory', why: 'bulk' },
  { name: /^\.?venv$/, kind: 'directory', why: 'bulk' },
  { name: /^\.terraform$/, kind: 'directory', why: 'bulk' },
] as const satisfies readonly LeakRow[];

/** Patterns with a slash are about the whole path. */
const WITH_FOLDERS = new Set(ROWS.filter(({ name }) => name.source.includes('\\/')).map(({ name }) => name));

const rowOf = (path: string, kind: ContextEntry['kind']): LeakRow | undefined => {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return (ROWS as readonly LeakRow[]).find(
    candidate =>
      (candidate.kind === 'any' || candidate.kind === kind) &&
      candidate.name.test(WITH_FOLDERS.has(candidate.name) ? path : name) &&
      candidate.not?.test(name) !== true,
  );
};

export const isSecretFile = (path: string): boolean => rowOf(path, 'file')?.why === 'secret';

/** Whether the build needs what is a leak elsewhere: the history for a version, packages that no RUN installs. */
function isNeeded(name: string, scripts: readonly string[]): boolean {
  const runs = (what: RegExp): boolean => scripts.some(script => what.test(script));
  if (name === '.git') return runs(MAY_READ_HISTORY);
  if (name === 'node_modules') return !runs(INSTALLS.node_modules);
  return /^\.?venv$/.test(name) && !runs(INSTALLS.venv);
}

/** A name as a pattern that means nothing else. With a backslash in it, Docker reads more characters as special. */
const literal = (name: string): string => (/[*?[\]\\]/.test(name) ? name.replace(/[*?[\]\\{|}^]/g, '\\$&') : name);

interface Candidate {
  readonly leak: Leak;
  readonly name: string;
  readonly kind: ContextEntry['kind'];
}

// A context is read once and asked about on every key.
const candidatesOf = keepingWith((context: ContextSnapshot): readonly Candidate[] =>
  context.entries.flatMap(({ path, kind }) => {
    if (/(?:^|\/)(?:node_modules|\.git)\//.test(path)) return [];
    const row = rowOf(path, kind);
    if (!row) return [];
    const name = path.slice(path.lastIndexOf('/') + 1);
    const folder = path.includes('/') ? '**/' : '';
    const line = row.why === 'secret' ? `**/${literal(name)}` : `${folder}${name}`;
    return [{ leak: { path, why: row.why, line }, name, kind }];
  }),
);

/** Whether there is anything in the build context that may have to be kept out. */
export const mayLeak = (context: ContextSnapshot): boolean => candidatesOf(context).length > 0;

/**
 * What is in the build context and should not get into an image by `COPY .`, unless the ignore file keeps it out or
 * the build needs it, or what the ignore file does cannot be told. `scripts`: the texts of the RUN instructions.
 */
export function leaks(
  context: ContextSnapshot,
  ignore: CompiledIgnore | undefined,
  scripts: readonly string[],
): readonly Leak[] {
  const isBundled = readsEnvFiles(
    context.entries.map(({ path }) => path),
    scripts,
  );
  return candidatesOf(context)
    .filter(({ leak: { path }, name, kind }) => {
      if (isBundled && ENV_OF_BUNDLER.test(name)) return false;
      if (isNeeded(name, scripts) || (ignore && ignore.verdict(path) !== 'kept')) return false;
      // Somebody has written that this very file is let in.
      if (ignore && isLetIn(ignore, path)) return false;
      // A folder that is let in only for some of its files is the person's decision.
      return kind === 'file' || !ignore || ignore.verdict(`${path}/x`) === 'kept';
    })
    .map(({ leak }) => leak);
}
