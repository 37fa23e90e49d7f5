import type { Span } from '../../text/span.js';

/** A credential told by its shape. */
export interface SecretMatch {
  readonly kind: string;
  readonly span: Span;
}

/** The published formats of tokens and keys; each is long and marked enough not to be met by chance. */
const FORMATS: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ['an AWS access key', /(?<![A-Za-z0-9])(?:AKIA|ASIA)[0-9A-Z]{16}(?![A-Za-z0-9])/g],
  ['a GitHub token', /(?<![A-Za-z0-9_])gh[pousr]_[A-Za-z0-9]{36,255}(?![A-Za-z0-9])/g],
  ['a GitHub token', /(?<![A-Za-z0-9_])github_pat_\w{82}(?!\w)/g],
  ['a GitLab token', /(?<![\w-])gl(?:pat|rt|dt|ptt|ft|soat)-[\w-]{20}(?![\w])/g],
  ['a Slack token', /(?<![\w-])xox[baprs]-\d[\w-]{20,}/g],
  ['a Slack webhook', /(?<=hooks\.slack\.com\/services\/)T[A-Z0-9]{7,}\/B[A-Z0-9]{7,}\/[A-Za-z0-9]{20,}/g],
  ['a Discord webhook', /(?<=discord(?:app)?\.com\/api\/webhooks\/)\d{15,}\/[\w-]{60,}/g],
  ['a Telegram bot token', /(?<![\w-])\d{8,10}:AA[\w-]{33}(?![\w-])/g],
  ['a DigitalOcean token', /(?<![\w])do[opr]_v1_[a-f0-9]{64}(?![A-Za-z0-9])/g],
  ['a Shopify token', /(?<![\w])shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}(?![A-Za-z0-9])/g],
  ['a Vault token', /(?<![\w.-])hvs\.[\w-]{24,}/g],
  ['a Grafana token', /(?<![\w])glsa_[A-Za-z0-9]{32}_[a-f0-9]{8}(?![A-Za-z0-9])/g],
  ['a RubyGems key', /(?<![\w])rubygems_[a-f0-9]{48}(?![A-Za-z0-9])/g],
  ['a Databricks token', /(?<![\w])dapi[a-f0-9]{32}(?![A-Za-z0-9])/g],
  ['an Azure storage key', /(?<=AccountKey=)[A-Za-z0-9+/]{86}==/g],
  ['an age key', /(?<![\w-])AGE-SECRET-KEY-1[0-9A-Z]{58}(?![0-9A-Z])/g],
  ['a Stripe key', /(?<![\w])(?:sk|rk)_live_[A-Za-z0-9]{24,}/g],
  ['an OpenAI key', /(?<![\w-])sk-proj-[\w-]{20,}/g],
  ['an OpenAI key', /(?<![\w-])sk-[A-Za-z0-9]{48}(?![A-Za-z0-9])/g],
  ['an Anthropic key', /(?<![\w-])sk-ant-[\w-]{24,}/g],
  ['a Google API key', /(?<![\w-])AIza[\w-]{35}(?![\w-])/g],
  ['an npm token', /(?<![\w])npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])/g],
  ['a PyPI token', /(?<![\w-])pypi-AgEI[\w-]{50,}/g],
  ['a Docker Hub token', /(?<![\w-])dckr_pat_[\w-]{27}(?![\w-])/g],
  ['a Hugging Face token', /(?<![\w])hf_[A-Za-z]{34}(?![A-Za-z0-9])/g],
  ['a SendGrid key', /(?<![\w.])SG\.[\w-]{22}\.[\w-]{43}(?![\w-])/g],
  // With at least the beginning of the key: the line alone is what `grep` looks for.
  [
    'a private key',
    /-----BEGIN (?:RSA |EC |DSA |OPENSSH |ENCRYPTED |PGP )?PRIVATE KEY(?: BLOCK)?-----(?=(?:\\n|[\s\\"']){0,20}[A-Za-z0-9+/]{20})/g,
  ],
  ['a JSON Web Token', /(?<![\w-])eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}/g],
];

/** `scheme://user:password@host`. A variable is not a secret, and a placeholder is none either. */
const USERINFO =
  /([a-z][a-z0-9+.-]{1,20}):\/\/([^\s/:@"'`$<>{}\\]{0,100}):([^\s/:@"'`$<>{}*\\]{1,200})@(?=([\w.-]+))/gi;

/** The example keys of the vendors' own documentation. */
const KNOWN_EXAMPLE = /EXAMPLE|(.)\1{9}/;

/** In small letters. Words are looked up, since a pattern of them all would take longer to compile than the files take to lint. */
const PLACEHOLDERS = new Set(
  [
    'todo tbd none null nil undefined empty unset default root admin postgres guest secret password passwd pass pw token user',
    'username key foo bar baz test testing na n/a redacted',
  ].flatMap(line => line.split(' ')),
);
const PLACEHOLDER =
  /^(?:x+|\*+|\.+|-+|change[-_]?(?:me|it|this)|replace[-_]?(?:me|this)?|(?:your|my|some|the|a)[-_].*|.*[-_]here|(?:example|dummy|fake|placeholder|insecure).*|not[-_]?(?:set|used|needed|a[-_]?secret|required).*|<.*|\[.*\]|\{\{.*\}\}|\([\w -]*\)|\{[\w -]*\}|%.*%|@.*@|__.*__|\*\*.*\*\*|(?:insert|enter|fill[-_]?in|set|provide|specify)[-_].*|to[-_]be[-_].*)$/;
const DEFAULT_PASSWORD =
  /^(?:my|super|dev|local|test)?[-_]?(?:secret[-_]?)?(?:password|passwd|pass|pwd|secret)[-_]?(?:\d{0,4}|test|local|dev)$/;

/** Whether a value only stands for one that somebody is to fill in. */
export function isPlaceholder(value: string): boolean {
  const lower = value.toLowerCase();
  return (
    lower === '' ||
    PLACEHOLDERS.has(lower) ||
    PLACEHOLDER.test(lower) ||
    DEFAULT_PASSWORD.test(lower) ||
    /x{3}|\.{3}|\*{3}/.test(lower) ||
    new Set(value.replace(/-/g, '')).size <= 2
  );
}

/**
 * No credential is in a text without one of these pieces; most texts are told from this alone. Most pieces begin a word:
 * `\b` keeps the search from trying them at every letter.
 */
const HINT =
  /\b(?:gh[pousr]_|github_pat_|gl(?:pat|rt|dt|ptt|ft|soat)-|do[opr]_v1_|shp(?:at|ca|pa|ss)_|hvs\.|glsa_|rubygems_|dapi|AGE-SECRET|xox[baprs]-|[sr]k_live_|sk-|AIza|npm_|pypi-|dckr_pat_|hf_|SG\.|PRIVATE KEY|eyJ|slack\.com)|A[KS]IA|\/webhooks\/|:AA|AccountKey=|:\/\/[^\s/]{0,400}@/;

/** Looks as if somebody, or a generator, chose it as a secret rather than a word of a language. */
export const looksChosen = (value: string): boolean =>
  value.length >= 12 && /\d/.test(value) && /[A-Za-z]/.test(value) && !/[\s/]/.test(value);

/** `postgres://app:app@db/app` is what everybody writes for a database that only the neighbours can reach. */
function isDefaultLogin(scheme: string, user: string, password: string, host: string): boolean {
  const plain = password.toLowerCase();
  if ([scheme, user, host].some(word => word.toLowerCase() === plain)) return true;
  const isNear = !host.includes('.') || /^127\./.test(host);
  return isNear && !looksChosen(password);
}

const NONE: readonly SecretMatch[] = [];

/** Credentials in a text, by their own format; spans are offsets in it. */
export function secretsIn(text: string): readonly SecretMatch[] {
  if (!HINT.test(text)) return NONE;
  const found: SecretMatch[] = [];
  for (const [kind, pattern] of FORMATS) {
    for (const match of text.matchAll(pattern)) {
      if (KNOWN_EXAMPLE.test(match[0])) continue;
      found.push({ kind, span: { start: match.index, end: match.index + match[0].length } });
    }
  }
  for (const match of text.matchAll(USERINFO)) {
    const [, scheme = '', user = '', password = '', host = ''] = match;
    if (isPlaceholder(password) || isDefaultLogin(scheme, user, password, host)) continue;
    const end = match.index + match[0].length - 1;
    found.push({ kind: 'a password in a URL', span: { start: end - password.length, end } });
  }
  return found
    .sort((a, b) => a.span.start - b.span.start)
    .filter((one, index, all) => index === 0 || one.span.start >= (all[index - 1]?.span.end ?? 0));
}
