/** Milliseconds, as precise as they are worth. */
export const ms = (value: number): string => (value < 10 ? value.toFixed(2) : value.toFixed(0));

/** The value below which `part` of the sorted values lie. */
export const quantile = (sorted: readonly number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;

export const median = (values: readonly number[]): number =>
  quantile(
    [...values].sort((a, b) => a - b),
    0.5,
  );

/** Exponent e of cost ~ lines^e between two measurements: 0 is independent of the file, 1 proportional to it. */
export const exponent = (small: number, large: number, factor: number): number =>
  Math.log(large / small) / Math.log(factor);

export const ratio = (other: number | undefined, own: number | undefined, digits = 0): string =>
  other !== undefined && own !== undefined ? (other / own).toFixed(digits) : '–';
