import { lint } from '../../server/src/engine/lint.js';
import { verifyFix } from '../../server/src/fixes/index.js';
import type { Fix } from '../../server/src/profiles/types.js';
import type { Bench, Section } from './bench.js';
import { exponent, median, ms, quantile } from './figures.js';
import { flawedFileOf } from './sample.js';

const SIZES = [28, 512, 5000];
/** Fixes of a file that are verified, evenly spread over it. */
const MOST_FIXES = 300;

interface Row {
  readonly lines: number;
  readonly fixes: number;
  readonly lint: number;
  /** Sorted. */
  readonly verify: readonly number[];
}

function timed(work: () => unknown): number {
  const begin = performance.now();
  work();
  return performance.now() - begin;
}

function spread(fixes: readonly Fix[]): readonly Fix[] {
  const step = Math.max(1, fixes.length / MOST_FIXES);
  return Array.from(
    { length: Math.min(fixes.length, MOST_FIXES) },
    (_, index) => fixes[Math.floor(index * step)],
  ).filter(fix => fix !== undefined);
}

function measure(lines: number, rounds: number): Row {
  const text = flawedFileOf(lines);
  const lintOnce = () => lint(text, { profile: 'all' });
  const { dockerfile, findings } = lintOnce();
  const fixes = findings.flatMap(finding => finding.fixes).filter(fix => fix.edits.length > 0);
  const chosen = spread(fixes);
  const lints: number[] = [];
  const verify: number[] = [];
  // By turns, so that whatever else the machine does meets both alike; the first round warms up.
  for (let round = 0; round <= rounds; round++) {
    const lintTime = timed(lintOnce);
    const times = chosen.map(fix => timed(() => verifyFix(dockerfile, fix)));
    if (round === 0) continue;
    lints.push(lintTime);
    verify.push(...times);
  }
  return { lines, fixes: fixes.length, lint: median(lints), verify: verify.sort((a, b) => a - b) };
}

/** What verifying a fix costs beside a lint of the file that it is for. */
export async function verifying({ quick, log }: Bench): Promise<Section> {
  const rows = SIZES.map(lines => {
    log(`verifying: ${lines} lines`);
    return measure(lines, quick ? 3 : 30);
  });
  const [first, last] = [rows[0], rows.at(-1)];
  const growth =
    first && last && exponent(median(first.verify), median(last.verify), last.lines / first.lines).toFixed(2);
  const lines = [
    '## Verifying a fix',
    '',
    'Milliseconds in one process, median (99th percentile): a whole lint of a file under all rules, and the verification of each of its fixes, up to 300 spread over the file, by turns. Nearly every instruction of the files has something to fix.',
    '',
    '| Lines | Fixes offered | A lint | Verifying a fix | Verifying ÷ lint, ‰ |',
    '| ---: | ---: | ---: | ---: | ---: |',
    ...rows.map(({ lines: size, fixes, lint: whole, verify }) => {
      const one = median(verify);
      return `| ${size} | ${fixes} | ${ms(whole)} | ${one.toFixed(3)} (${quantile(verify, 0.99).toFixed(3)}) | ${((1000 * one) / whole).toFixed(2)} |`;
    }),
    '',
    `Growth exponent of verifying from ${first?.lines} to ${last?.lines} lines (0: independent of the file, 1: proportional to it): ${growth}.`,
  ];
  return { lines, headlines: [] };
}
