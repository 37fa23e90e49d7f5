/** The same line once, with how often it was there. */
export function counted(lines: readonly string[]): readonly string[] {
  const times = new Map<string, number>();
  for (const line of lines) times.set(line, (times.get(line) ?? 0) + 1);
  return [...times].map(([line, number]) => (number > 1 ? `${line} (${number} times)` : line));
}
