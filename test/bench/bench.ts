import type { Peers } from './peers.js';

/** What every part of the bench is given. */
export interface Bench {
  readonly root: string;
  /** The command line as it is shipped; `lsp --stdio` is the language server. */
  readonly cli: string;
  readonly peers: Peers;
  /** Fewer repetitions, for a look in between; never for publishing. */
  readonly quick: boolean;
  /** The folder of Dockerfiles given with `--corpus`. */
  readonly corpus: string | undefined;
  readonly log: (line: string) => void;
}

/** One row of the README's table; a cell is undefined where the program has nothing to compare. */
export interface Headline {
  readonly what: string;
  readonly dockwright: string;
  readonly tally: string | undefined;
  readonly npmServer: string | undefined;
  readonly hadolint: string | undefined;
}

/** What a part of the bench has measured: Markdown for docs/performance.md, and what of it the README shows. */
export interface Section {
  readonly lines: readonly string[];
  readonly headlines: readonly Headline[];
}
