import type { FileReport } from './report.js';

/** How often each rule was broken, the most frequent first. */
export function statisticsOf(files: readonly FileReport[]): string {
  const rules = new Map<string, { count: number; files: number; fixable: number; codes: readonly string[] }>();
  for (const { findings } of files) {
    const here = new Set<string>();
    for (const { rule, codes, fixes } of findings) {
      const row = rules.get(rule) ?? { count: 0, files: 0, fixable: 0, codes };
      row.count++;
      if (fixes.some(({ safety }) => safety !== 'manual')) row.fixable++;
      if (!here.has(rule)) row.files++;
      here.add(rule);
      rules.set(rule, row);
    }
  }
  const rows = [...rules].sort(([a, one], [b, other]) => other.count - one.count || (a < b ? -1 : 1));
  const width = String(rows[0]?.[1].count ?? 0).length;
  const line = ([rule, { count, files: inFiles, fixable, codes }]: (typeof rows)[number]): string => {
    const others = codes.filter(code => code !== rule);
    const names = others.length > 0 ? `${rule} (${others.join(', ')})` : rule;
    return `${String(count).padStart(width)}  ${names}: ${inFiles} ${inFiles === 1 ? 'file' : 'files'}, ${fixable} fixable\n`;
  };
  return rows.map(line).join('');
}
