import type { Severity } from '../rule.js';

export interface SecretFile {
  readonly pattern: RegExp;
  readonly what: string;
  /** Whether it hardly ever holds anything else, so that a destination of this name says enough. */
  readonly certain: boolean;
  /** How bad it is as long as nobody has looked into it; undefined: nothing to say. */
  readonly unseen: Severity | undefined;
  /** What it has in it when it really holds a secret, where that can be told. */
  readonly shows?: RegExp;
}

const certain = (what: string, pattern: RegExp): SecretFile => ({ pattern, what, certain: true, unseen: 'warning' });
const likely = (what: string, pattern: RegExp, unseen: Severity = 'info'): SecretFile => ({
  pattern,
  what,
  certain: false,
  unseen,
});

/** Paths, matched at the end, in which credentials are usually kept. */
const SECRET_FILES: readonly SecretFile[] = [
  certain(
    'a private SSH key',
    /(?:^|\/)(?:id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?(?:[._-][\w-]+)*|[^/]+\.ppk|(?:deploy|ssh|github|gitlab)[-_]key)$/,
  ),
  certain('SSH keys', /(?:^|\/)\.ssh\/?$/),
  certain('AWS credentials', /(?:^|\/)\.aws(?:\/credentials)?\/?$/),
  certain('cloud credentials', /(?:^|\/)(?:\.config\/gcloud|\.azure)\/?$|(?:^|\/)\.(?:s3cfg|boto)$/),
  certain('passwords', /(?:^|\/)\.(?:git-credentials|netrc|pypirc|pgpass|my\.cnf|vault[-_]pass(?:word)?(?:\.txt)?)$/),
  certain('a registry token', /(?:^|\/)\.(?:cargo\/credentials(?:\.toml)?|gem\/credentials)$/),
  certain('registry credentials', /(?:^|\/)\.(?:docker\/config\.json|dockercfg|dockerconfigjson)$/),
  certain('cluster credentials', /(?:^|\/)(?:\.kube(?:\/config)?\/?|kubeconfig(?:\.ya?ml)?)$/),
  certain('private keys', /(?:^|\/)\.gnupg\/?$/),
  certain('a private key', /(?:^|\/)[^/]+\.(?:p12|pfx|kdbx)$/),
  certain(
    'a private key',
    /(?:^|\/)(?:privkey[^/]*|[^/]*(?:private|server|client|tls|ssl)[-_.]?key|(?:[^/]*[-_.])?key)\.pem$|(?:^|\/)[^/]*(?:private|server|client|tls|ssl)[-_.]?key\.key$|(?:^|\/)(?:server|tls|ssl|private)\.key$/,
  ),
  certain('the key to encrypted settings', /(?:^|\/)(?:master|config\/credentials\/\w+)\.key$/),
  certain('passwords in plain text', /(?:^|\/)(?:[^/]+\.tfstate(?:\.backup)?|(?:chap|pap)-secrets|ipsec\.secrets)$/),
  likely('passwords', /(?:^|\/)\.?secrets\.(?:json|ya?ml|toml|env)$/),
  likely('settings that usually include passwords', /(?:^|\/)\.env(?:\.local)?$/, 'warning'),
  likely('settings that often include passwords', /(?:^|\/)\.env(?:\.\w+)*\.local$/),
  // Frameworks want these in the repository, and the passwords in `.env.local`.
  likely(
    'settings that may include passwords',
    /(?:^|\/)\.env(?:\.(?:production|prod|development|dev|staging))+$/,
    'hint',
  ),
  {
    ...likely('a registry token, if there is one', /(?:^|\/)\.npmrc$/, 'hint'),
    shows: /_(?:auth|authToken|password)\s*=\s*(?!["']?\$)\S/,
  },
  {
    ...likely('a registry token', /(?:^|\/)\.yarnrc\.yml$/),
    // Yarn needs this file for what it does; it seldom holds a token.
    unseen: undefined,
    shows: /npmAuth(?:Token|Ident)\s*:\s*(?!["']?\$)\S/,
  },
  likely(
    'credentials',
    /(?:^|\/)(?:service[-_]account[^/]*|gcp[-_]?(?:key|credentials)[^/]*|[^/]*credentials)\.json$/,
    'warning',
  ),
  likely('credentials of package sources', /(?:^|\/)auth\.json$/),
];

/** None of them matches a path without one of these pieces; nearly all paths are told from this alone. */
const HINT =
  /key|id_|secrets|credentials|kubeconfig|gcloud|service|gcp|auth\.json|\.(?:ppk|ssh|aws|azure|s3cfg|boto|git-|netrc|pypirc|pgpass|my|vault|cargo|gem|docker|kube|gnupg|p12|pfx|kdbx|tfstate|env|npmrc|yarnrc)/;

/** A file is read this far; see ContextEntry. */
const HEAD = 512;

/** How bad it is to copy such a file, given the beginning of it where that is known; undefined: not at all. */
export function secretSeverity({ shows, unseen }: SecretFile, head: Uint8Array | undefined): Severity | undefined {
  if (!shows || !head) return unseen;
  if (shows.test(String.fromCharCode(...head))) return 'warning';
  return head.length < HEAD ? undefined : unseen;
}

/** What a file of this name usually holds; undefined for names that say nothing. Path separators are `/`. */
export function secretFile(path: string): SecretFile | undefined {
  const clean = path.includes('\\') ? path.replace(/\\/g, '/') : path;
  if (!HINT.test(clean)) return undefined;
  // Templates and public halves are meant to be shared.
  if (
    /\.(?:example|sample|template|dist|tmpl|tpl|pub|crt)$|(?:^|[/_.-])(?:test|tests|testdata|fixtures?|examples?|public|pub)[/_.-]/.test(
      clean.toLowerCase(),
    )
  )
    return undefined;
  return SECRET_FILES.find(({ pattern }) => pattern.test(clean));
}
