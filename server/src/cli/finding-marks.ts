import { createRequire } from 'node:module';
import type { Finding } from '../profiles/types.js';
import { lineIndex, positionAt } from '../text/line-index.js';

/**
 * What a finding is known by from one run to the next, whatever is added around it and however its message is worded: its
 * rule and a checksum of the line it begins in, with a number for those of a file that are alike.
 */
export function marksOf(text: string, findings: readonly Pick<Finding, 'rule' | 'span'>[]): string[] {
  const index = lineIndex(text);
  const lines = text.split('\n');
  const seen = new Map<string, number>();
  return findings.map(({ rule, span }) => {
    const line = lines[positionAt(index, span.start).line] ?? '';
    const mark = `${rule} ${checksum(line.trim()).slice(0, 12)}`;
    const number = (seen.get(mark) ?? 0) + 1;
    seen.set(mark, number);
    return number === 1 ? mark : `${mark} ${number}`;
  });
}

let crypto: typeof import('node:crypto') | undefined;

/** SHA-256. */
export function checksum(text: string): string {
  // Not imported: loading it takes 4 ms of each start, in each thread, and most runs need none.
  const loaded: typeof import('node:crypto') = crypto ?? createRequire(__filename)('node:crypto');
  crypto = loaded;
  return loaded.createHash('sha256').update(text).digest('hex');
}
