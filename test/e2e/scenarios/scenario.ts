import type { Editor } from '../lib/editor.js';

/** One story of a person in front of VS Code. */
export interface Scenario {
  readonly name: string;
  /** Below the project's root; the story works on a copy. */
  readonly folder: string;
  readonly file: string;
  readonly play: (editor: Editor) => Promise<void>;
}
