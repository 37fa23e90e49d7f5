interface SecretFile {
  readonly pattern: RegExp;
  readonly what: string;
  /** Whether it hardly ever holds anything else. */
  readonly certain: boolean;
}

/** Paths, matched at the end, in which credentials are usually kept. */
const SECRET_FILES: readonly SecretFile[] = [
  { pattern: /(?:^|\/)(?:id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?|[^/]+\.ppk)$/, what: 'a private SSH key', certain: true },
  { pattern: /(?:^|\/)\.ssh\/?$/, what: 'SSH keys', certain: true },
  { pattern: /(?:^|\/)\.aws(?:\/credentials)?\/?$/, what: 'AWS credentials', certain: true },
  { pattern: /(?:^|\/)\.(?:git-credentials|netrc|pypirc|pgpass|my\.cnf)$/, what: 'passwords', certain: true },
  { pattern: /(?:^|\/)\.(?:docker\/config\.json|dockercfg)$/, what: 'registry credentials', certain: true },
  { pattern: /(?:^|\/)\.kube(?:\/config)?\/?$/, what: 'cluster credentials', certain: true },
  { pattern: /(?:^|\/)\.gnupg\/?$/, what: 'private keys', certain: true },
  { pattern: /(?:^|\/)[^/]+\.(?:p12|pfx|kdbx)$/, what: 'a private key', certain: true },
  {
    pattern:
      /(?:^|\/)(?:privkey[^/]*|[^/]*(?:private|server|client|tls|ssl)[-_.]?key)\.(?:pem|key)$|(?:^|\/)(?:server|tls|ssl|private)\.key$/,
    what: 'a private key',
    certain: true,
  },
  {
    pattern: /(?:^|\/)\.env(?:\.(?:local|production|prod|development|dev|staging))*$/,
    what: 'settings that usually include passwords',
    certain: false,
  },
  { pattern: /(?:^|\/)\.(?:npmrc|yarnrc\.yml)$/, what: 'a registry token, if there is one', certain: false },
  {
    pattern: /(?:^|\/)(?:service[-_]account[^/]*|gcp[-_]?(?:key|credentials)[^/]*|credentials)\.json$/,
    what: 'credentials',
    certain: false,
  },
];

/** What a file of this name usually holds; undefined for names that say nothing. Path separators are `/`. */
export function secretFile(path: string): SecretFile | undefined {
  const clean = path.replace(/\\/g, '/');
  // Templates and public halves are meant to be shared.
  if (
    /\.(?:example|sample|template|dist|tmpl|tpl|pub|crt)$|(?:^|[/_.-])(?:test|tests|testdata|fixtures?|examples?|public|pub)[/_.-]/i.test(
      clean,
    )
  )
    return undefined;
  return SECRET_FILES.find(({ pattern }) => pattern.test(clean));
}
