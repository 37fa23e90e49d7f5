import type { Span } from '../../text/span.js';

interface Setting {
  readonly pattern: RegExp;
  readonly what: 'certificates' | 'signatures';
  /** What else in the text makes up for it. */
  readonly unless?: RegExp;
}

/**
 * Settings that switch a check off in whatever file they are written to: by echo, sed, a heredoc, or a script of
 * PowerShell. In `sed s/gpgcheck=0/gpgcheck=1/` the second one counts.
 */
const SETTINGS: readonly Setting[] = [
  // An APT source whose packages nobody has to sign (sources.list(5)); those on the disk were put there by the build.
  { pattern: /\[[^\]\n]*\btrusted=yes\b[^\]\n]*\](?!\s*(?:file|copy|cdrom):)/g, what: 'signatures' },
  {
    pattern: /gpgcheck(?<!(?:(?<!\\)\w|[.*=-]|#[ \t]*)gpgcheck)[ \t]*=[ \t]*0\b(?![^\n]*gpgcheck[ \t]*=[ \t]*1)/g,
    what: 'signatures',
    // The index is signed, and holds a checksum of each package (yum.conf(5)): as packagecloud does it.
    unless: /repo_gpgcheck[ \t]*=[ \t]*1/,
  },
  {
    pattern:
      /SigLevel(?<!(?:(?<!\\)\w|#[ \t]*)SigLevel)[ \t]*=[ \t]*(?:Never|Optional TrustAll)\b(?![^\n]*SigLevel[ \t]*=[ \t]*Req)/g,
    what: 'signatures',
  },
  { pattern: /\bAllow(?:Unauthenticated|InsecureRepositories)\s+\\?["'](?:true|1|yes)\b/gi, what: 'signatures' },
  { pattern: /\bVerify-(?:Peer|Host)\s+\\?["'](?:false|0|no)\b/gi, what: 'certificates' },
  {
    pattern:
      /sslverify(?<!(?:(?<!\\)\w|[.*=-])sslverify)[ \t]*=[ \t]*(?:0|false|no)\b(?![^\n]*sslverify[ \t]*=[ \t]*(?:1|true))/gi,
    what: 'certificates',
  },
  { pattern: /\bcheck_certificate[ \t]*=[ \t]*(?:off|no)\b/g, what: 'certificates' },
  { pattern: /:ssl_verify_mode:[ \t]*0\b/g, what: 'certificates' },
  { pattern: /(?<=\s)-SkipCertificateCheck\b/gi, what: 'certificates' },
  { pattern: /\bServerCertificateValidationCallback[ \t]*=[ \t]*\{[ \t]*\$true[ \t]*\}/gi, what: 'certificates' },
];

/** Most texts have none of these. */
const HINT =
  /trusted=yes|gpgcheck|SigLevel|Allow(?:Unauth|Insecure)|Verify-|ssl_?verify|check_cert|CertificateCheck|CertificateValidation/i;

export interface WrittenSetting {
  readonly span: Span;
  readonly what: Setting['what'];
}

/** Settings in the text of an instruction. */
export function writtenSettings(text: string): readonly WrittenSetting[] {
  if (!HINT.test(text)) return [];
  return SETTINGS.filter(({ unless }) => !unless?.test(text)).flatMap(({ pattern, what }) =>
    [...text.matchAll(pattern)].map(match => ({
      what,
      span: { start: match.index, end: match.index + match[0].length },
    })),
  );
}
