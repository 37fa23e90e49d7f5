/** Edit distance with transpositions; `limit` where it is that or more, which most words are told by early. */
export function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let second: number[] = [];
  let above: number[] = [];
  for (let j = 0; j <= b.length; j++) above.push(j);
  let leastAbove = 0;
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      let best = Math.min(
        (above[j] ?? 9) + 1,
        (row[j - 1] ?? 9) + 1,
        (above[j - 1] ?? 9) + (a[i - 1] === b[j - 1] ? 0 : 1),
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (second[j - 2] ?? 9) + 1);
      row.push(best);
      if (best < least) least = best;
    }
    // A row is made of the two above it.
    if (least >= limit && leastAbove >= limit) return limit;
    leastAbove = least;
    second = above;
    above = row;
  }
  return above[b.length] ?? 9;
}

/** Whether no more than `limit` letters were left out, added, changed or swapped. */
export const distanceWithin = (a: string, b: string, limit: number): boolean => distance(a, b, limit + 1) <= limit;

/** The closest of `candidates`, when it is close enough that a typing slip is likely. */
export function closest(word: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = word.length <= 3 ? 2 : 3;
  for (const candidate of candidates) {
    const d = distance(word, candidate, bestDistance);
    if (d < bestDistance) {
      best = candidate;
      bestDistance = d;
    }
  }
  return best;
}

/** The name that was probably meant: at most two letters away, and those less than a third of the name. */
export function similarName(name: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.min(3, Math.ceil(name.length / 3));
  for (const candidate of candidates) {
    const steps = distance(name, candidate, least);
    if (steps > 0 && steps < least) {
      best = candidate;
      least = steps;
    }
  }
  return best;
}
