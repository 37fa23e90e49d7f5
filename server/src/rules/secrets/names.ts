const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** Words that say that a variable holds a secret. */
const STRONG = words('password passwd passphrase pword pwd secret secrets token apikey credential credentials');
/** So does `key` after one of these. */
const KEY_OF = words('api private access secret auth encryption signing client master license ssh deploy');
/** The same without an underscore: `PGPASSWORD`, `dbPassword`, `githubToken`. */
const JOINED = /[A-Z0-9](?:PASSWORD|PASSWD)$|[a-z0-9](?:password|passwd|Password|Token|Secret|ApiKey)$/;
/** Words that say so only together with a value that looks like one. */
const WEAK = words('auth key pass');
/** Words that say that the variable only tells something about a secret, or something public (user needs of all such tools). */
const ABOUT = words(
  'public pub pubkey file files filename path paths dir directory folder location url uri endpoint host port version name names username user id ids alias type kind mode method module modules plugin provider driver class backend server service scheme algorithm alg format encoding enable enabled disable disabled require required allow allowed skip use no ttl timeout lifetime max min length len size bits count limit limits rounds cost sock socket agent header cookie prefix suffix delimiter separator dummy checksum hash hasher hashers hashing gpg pgp keyring keyserver keyservers fingerprint keys primary foreign sort index map layout keyboard realm audience issuer scope policy policies charset registry store manager ref arn fallback check verify strict level domain feature cipher ciphers build cache object row column partition model template regex pattern command cmd args opts options env var symbol symbols tokenizer tokenizers parallelism encoder encoders validator validators validation generator generators handler handlers resolver resolvers rotation reset strength history',
);
/** `expires`, `sha256`. */
const ABOUT_LIKE = /^(?:expir\w*|sha\d*)$/;
/** After all other words these say what the value is. */
const DECISIVE = words('password passwd passphrase');
/** Names of front ends: what they hold is shipped to every browser. */
const PUBLISHED = /^(?:vite|next_public|react_app|nuxt_public|public|expo_public|gatsby)_/;

/** Every name with a word of a secret has one of these pieces; nearly all names are told from this alone. */
const HINT = /pass|pwd|pword|secret|token|key|cred|auth/;

/**
 * Whether the value of a variable of this name may be a secret. By its words,
 * which are looked up: compiling one pattern of them all takes longer than reading the names of a file.
 */
export function isSuspectName(name: string): boolean {
  const lower = name.toLowerCase();
  if (!HINT.test(lower)) return false;
  const parts = lower.split('_');
  if (!parts.some(part => WEAK.has(part)) && !isStrongName(name)) return false;
  const isAbout = parts.some(part => ABOUT.has(part) || ABOUT_LIKE.test(part));
  if (isAbout && !DECISIVE.has(parts.at(-1) ?? '')) return false;
  return !PUBLISHED.test(lower);
}

/** Whether the name alone says that the value is a secret. */
export function isStrongName(name: string): boolean {
  const parts = name.toLowerCase().split('_');
  return (
    parts.some((part, index) => STRONG.has(part) || (part === 'key' && KEY_OF.has(parts[index - 1] ?? ''))) ||
    JOINED.test(name)
  );
}
