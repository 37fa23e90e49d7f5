import type { Editor } from '../lib/editor.js';

/** One story of a person in front of VS Code. */
export interface Scenario {
  readonly name: string;
  /** Below the project's root; the story works on a copy. */
  readonly folder: string;
  readonly file: string;
  /** Where not both kinds of VS Code can play it. */
  readonly only?: 'desktop';
  /** Puts more into the copy, what would be too much to keep. */
  readonly prepare?: (folder: string) => void;
  readonly play: (editor: Editor) => Promise<void>;
}
