/** What a code means, in our own words. The examples are shell scripts; a test shows them to ShellCheck. */
export interface ShellcheckExplanation {
  /** One sentence. */
  readonly summary: string;
  /** What happens, and what to do about it. */
  readonly rationale: string;
  readonly bad: string;
  /** Absent where nothing short shows what to do. */
  readonly good?: string;
  /** Default: what `/bin/sh` is in Debian. */
  readonly shell?: 'bash';
}

/** By code, without its letters. */
export type ShellcheckExplanations = Readonly<Record<number, ShellcheckExplanation>>;
