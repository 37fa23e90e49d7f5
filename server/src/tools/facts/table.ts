/** A generated file of images/. */
export interface Table {
  readonly file: string;
  /** From where, and of which day. */
  readonly source: string;
  /** What could not be read; then the file stays as it is. */
  readonly missing: readonly string[];
  readonly lines: readonly string[];
}
