import type { CompiledIgnore } from './ignore.js';
import type { ContextSnapshot } from './snapshot.js';

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

/** What lies in the build context and should not get into an image by `COPY .`, unless the ignore file keeps it out. */
export function leaks(context: ContextSnapshot, ignore: CompiledIgnore | undefined): readonly Leak[] {
  const found: Leak[] = [];
  for (const { path, kind } of context.entries) {
    if (/(?:^|\/)(?:node_modules|\.git)\//.test(path)) continue;
    const name = path.slice(path.lastIndexOf('/') + 1);
    const row = (ROWS as readonly LeakRow[]).find(
      candidate =>
        (candidate.kind === 'any' || candidate.kind === kind) &&
        candidate.name.test(candidate.name.source.includes('\\/') ? path : name) &&
        candidate.not?.test(name) !== true,
    );
    if (!row || ignore?.ignores(path) === true) continue;
    // A folder that is let in only for some of its files is the person's decision.
    if (kind === 'directory' && ignore?.ignores(`${path}/x`) === true) continue;
    const folder = path.includes('/') ? '**/' : '';
    found.push({ path, why: row.why, line: row.why === 'secret' ? `**/${name}` : `${folder}${name}` });
  }
  return found;
}
