/** `unknown`: it depends on contents that are not known. */
export type ArchiveKind = 'archive' | 'plain' | 'unknown';

const TAR_NAME = /\.(?:tar|tgz|tbz2?|txz|tlz|tzst|tar\.(?:gz|bz2|xz|lzma|zst|z))$/i;
/** Compressed, but whether there is a tar inside the name does not say. */
const COMPRESSED_NAME = /\.(?:gz|bz2|xz|lzma|zst|z)$/i;

const MAGIC = [
  [0x1f, 0x8b],
  [0x42, 0x5a, 0x68],
  [0xfd, 0x37, 0x7a, 0x58, 0x5a],
  [0x28, 0xb5, 0x2f, 0xfd],
] as const satisfies readonly (readonly number[])[];

const startsWith = (head: Uint8Array, magic: readonly number[]): boolean =>
  magic.every((byte, index) => head[index] === byte);

/** A tar header holds the sum of its own bytes, with spaces in place of the sum (tar(5)); older tars have no `ustar`. */
function isTarHeader(head: Uint8Array): boolean {
  if (head.length < 512 || head[0] === 0) return false;
  let written = '';
  let sum = 0;
  for (let index = 0; index < 512; index++) {
    const byte = head[index] ?? 0;
    const inSum = index >= 148 && index < 156;
    sum += inSum ? 0x20 : byte;
    if (inSum && byte >= 0x30 && byte <= 0x37) written += String.fromCharCode(byte);
  }
  return written !== '' && Number.parseInt(written, 8) === sum;
}

/**
 * Whether ADD unpacks a local file. Docker looks at the contents, not at the name: without them a name can only make it
 * likely, and `unknown` says so. Zip files (also .jar, .whl) are never unpacked.
 */
export function archiveKind(name: string, head?: Uint8Array): ArchiveKind {
  if (head) {
    if (MAGIC.some(magic => startsWith(head, magic))) return TAR_NAME.test(name) ? 'archive' : 'unknown';
    if (isTarHeader(head)) return 'archive';
    return head.length >= 512 || !TAR_NAME.test(name) ? 'plain' : 'unknown';
  }
  if (TAR_NAME.test(name)) return 'archive';
  if (COMPRESSED_NAME.test(name) || /[*?[]/.test(name)) return 'unknown';
  const base = name.slice(name.lastIndexOf('/') + 1);
  // `rootfs`, `layer`: names without a suffix are how base images name their tars.
  return base.includes('.') ? 'plain' : 'unknown';
}
