import type { Dockerfile } from '../dockerfile/index.js';
import type { FileFacts } from '../facts/index.js';
import type { Finding } from '../profiles/types.js';
import type { Span } from '../text/span.js';
import type { CheckOptions } from './check.js';
import type { IgnoreComment, IgnoredName } from './comment.js';

export interface Source {
  readonly dockerfile: Dockerfile;
  readonly facts: FileFacts;
}

/** One name in one comment. */
export interface Ignore {
  readonly tool: IgnoreComment['tool'] | 'check';
  readonly name: IgnoredName;
  /** All names of the comment. */
  readonly among: readonly IgnoredName[];
  /** The comment, absolute. */
  readonly comment: Span;
  /** The instruction it is above or in, or -1. */
  readonly at: number;
  /** It is a parser directive at the top of the file. */
  readonly directive: boolean;
}

/** What the comments of a file ask for. */
export interface Directives {
  readonly all: readonly Ignore[];
  /** The comments that silence a finding. */
  matching(finding: Finding): readonly Ignore[];
  readonly misspelt: readonly { readonly span: Span; readonly at: number }[];
  /** `# check=` at the top. */
  readonly check: CheckOptions | undefined;
  readonly checkProblem: { readonly message: string; readonly span: Span } | undefined;
  /** The experimental checks that are asked for anywhere. */
  readonly experimental: readonly string[];
  /** Whether an experimental check was asked for at an instruction. */
  isExperimentalAt(code: string, at: number): boolean;
}
