import type { Severity } from '../standards/severity.js';

/** hadolint's own severities (2.15); `style` is our `hint`. Codes that are not listed are warnings. */
const HADOLINT: Readonly<Record<string, Severity | 'ignore'>> = {
  DL1001: 'ignore',
  DL3000: 'error',
  DL3001: 'info',
  DL3004: 'error',
  DL3009: 'info',
  DL3010: 'info',
  DL3011: 'error',
  DL3012: 'error',
  DL3015: 'info',
  DL3019: 'info',
  DL3020: 'error',
  DL3021: 'error',
  DL3023: 'error',
  DL3024: 'error',
  DL3026: 'error',
  DL3043: 'error',
  DL3044: 'error',
  DL3047: 'info',
  DL3048: 'hint',
  DL3049: 'info',
  DL3050: 'info',
  DL3057: 'ignore',
  DL3059: 'info',
  DL3060: 'info',
  DL3061: 'error',
  DL3066: 'info',
  DL4000: 'error',
  DL4004: 'error',
  DL1000: 'error',
};

export const isHadolintCode = (code: string): boolean => /^(?:DL|SC)\d{4}$/.test(code);

/** Undefined for a code that hadolint ignores unless it is asked for. */
export function hadolintSeverity(code: string): Severity | undefined {
  const severity = HADOLINT[code] ?? 'warning';
  return severity === 'ignore' ? undefined : severity;
}
