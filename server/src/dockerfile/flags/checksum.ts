import type { ValueProblem } from './value-problem.js';

/** Hexadecimal digits of the algorithms that BuildKit knows (opencontainers/go-digest). */
const DIGITS: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 };

/** `algorithm:hex`, as ADD --checksum takes it for a remote file (digest.Parse). */
export function digestProblem(value: string): ValueProblem | undefined {
  const [, algorithm = '', hex = ''] = /^([a-z0-9]+(?:[.+_-][a-z0-9]+)*):([a-zA-Z0-9=_-]+)$/.exec(value) ?? [];
  if (algorithm === '') return { message: `“${value}” is not a checksum. Write sha256: and 64 hexadecimal digits.` };
  const digits = DIGITS[algorithm];
  if (digits === undefined) {
    return {
      message: `BuildKit does not know the checksum algorithm “${algorithm}”. Use sha256, sha384 or sha512.`,
      at: { start: 0, end: algorithm.length },
    };
  }
  if (hex.length === digits && /^[a-f0-9]+$/.test(hex)) return undefined;
  return {
    message:
      hex.length === digits
        ? 'A checksum consists of lower-case hexadecimal digits.'
        : `A ${algorithm} checksum has ${digits} hexadecimal digits; this one has ${hex.length}.`,
    at: { start: algorithm.length + 1, end: value.length },
    ...(hex.length === digits && /^[a-f0-9]+$/i.test(hex) ? { replacement: hex.toLowerCase() } : {}),
  };
}
