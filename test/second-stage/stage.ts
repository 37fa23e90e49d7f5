import { planHarden } from '../../server/src/harden/index.js';
import { snapshotFromFiles } from '../../server/src/tools/example-context.js';

/** A Dockerfile and what is beside it. */
export interface Case {
  readonly dockerfile: string;
  readonly files?: Readonly<Record<string, string>>;
}

/** What becomes of a file that is asked for a second stage and nothing else, or why nothing does. */
export function staged({ dockerfile, files }: Case): string {
  const options = files ? { context: snapshotFromFiles({ Dockerfile: dockerfile, ...files }) } : {};
  const { after, secondStage, refusal } = planHarden(dockerfile, options, () => {}, { multiStage: 'only' });
  if (refusal !== undefined) return refusal;
  if (secondStage && 'why' in secondStage) return `none: ${secondStage.why}`;
  // Twice is once.
  const again = planHarden(after, options, () => {}, { multiStage: 'only' });
  if (again.after !== after) throw new Error(`it is changed again:\n${again.after}`);
  return after;
}
