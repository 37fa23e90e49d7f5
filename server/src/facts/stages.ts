import type { ImageReference, Placed, Segment } from '../dockerfile/index.js';
import type { ImageInfo } from '../images/index.js';
import type { Memo } from '../text/memo.js';
import type { Expanded, Scope } from './scope.js';
import type { State } from './state.js';

/** What a stage is built on. */
export type Base =
  | { readonly kind: 'stage'; readonly stage: Stage }
  | { readonly kind: 'scratch' }
  /** `text` has variables replaced by their defaults; `certainty` says how sure that is. */
  | {
      readonly kind: 'image';
      readonly text: string;
      readonly reference: ImageReference;
      readonly certainty: Expanded['certainty'];
    };

export interface Stage {
  readonly index: number;
  /** Lower case, as BuildKit keeps it. */
  readonly name: string | undefined;
  readonly from: Placed;
  /** Without the FROM. */
  readonly instructions: readonly Placed[];
  /** The FROM and the instructions. */
  readonly whole: readonly Placed[];
  readonly base: Base;
  /** What is known of the image it finally rests on, through the stages in between. */
  readonly image: ImageInfo;
  readonly entry: State;
  readonly exit: State;
  /** The last stage: what `docker build` makes without --target. */
  readonly isFinal: boolean;
  /** Its layers are part of the final image: the final stage and the stages it is FROM. */
  readonly inFinalImage: boolean;
  /** The final stage needs it: by FROM, COPY --from or RUN --mount=from. */
  readonly isUsed: boolean;
  /** Some later stage is FROM this one. */
  readonly isBase: boolean;
  readonly content: StageContent;
  /** What was found out about it and the stages that it is FROM, in this version of the file. */
  readonly kept: Memo;
}

/**
 * Everything about a stage that follows from its own text and from what it is built on, wherever it is. The same
 * object from one version of a file to the next, as long as none of that changes.
 */
export interface StageContent {
  /** What was found out about it alone; see `FileFacts.perStage`. */
  readonly kept: Memo;
  /** The FROM, then the instructions. */
  readonly parts: readonly Segment[];
  /** Lower case, as BuildKit keeps it. */
  readonly name: string | undefined;
  /** The state before each of `parts`; for the FROM the one after it. */
  readonly states: readonly State[];
  readonly exit: State;
  readonly image: ImageInfo;
  readonly base: ContentBase;
  /** What FROM names, with variables replaced, in lower case. */
  readonly from: string;
  /** What COPY --from and RUN --mount=from name. */
  readonly references: readonly string[];
  readonly surroundings: Surroundings;
}

/** What is before the first FROM, as StageContent. */
export type PreambleContent = Pick<StageContent, 'parts' | 'kept'>;

export type ContentBase = StageContent | Exclude<Base, { readonly kind: 'stage' }>;

/** What instructions above the stage decide about it, beside its parent. */
export interface Surroundings {
  readonly globals: State;
  readonly platform: Scope;
  readonly shell: State['shell'] | undefined;
}
