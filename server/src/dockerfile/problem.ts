import type { Span } from '../text/span.js';
import type { SyntaxProblem } from './instruction.js';

/** A refusal with a cure, where one is obvious. Spans are relative to the instruction. */
export interface Problem extends SyntaxProblem {
  readonly fix?: { readonly title: string; readonly span: Span; readonly text: string };
  /** BuildKit names the line before, the last one that it has read. */
  readonly named?: 'line before';
  /** Whether BuildKit's parser refuses the text itself; the others are found when instructions are built. */
  readonly parse: boolean;
  /** An instruction, flag or value that this frontend does not know; another one may. */
  readonly unknown?: true;
  /** In the instruction after ONBUILD, which is read when another image is built on this one. */
  readonly inTrigger?: true;
}
