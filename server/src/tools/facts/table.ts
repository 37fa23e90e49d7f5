/** A generated file of the server's sources or of the tests. */
export interface Table {
  /** From images/. */
  readonly file: string;
  /** From where, and of which day. */
  readonly source: string;
  /** What could not be read: its rows are the old ones. */
  readonly missing: readonly string[];
  /** Empty where nothing can be said without what is missing: the file stays as it is. */
  readonly lines: readonly string[];
}
