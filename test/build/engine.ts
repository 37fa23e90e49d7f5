import type { Outcome, Started } from '../lib/execute.js';

export interface Image {
  /** All layers, unpacked. */
  readonly bytes: number;
  readonly layers: number;
  /** As the image says it; empty for root. */
  readonly user: string;
  /** What a container runs: ENTRYPOINT and CMD. */
  readonly command: readonly string[];
  /** The command of HEALTHCHECK. */
  readonly health: readonly string[] | undefined;
}

/** A container that is being used. */
export interface Container {
  /** Runs a command as the image's user, in its folder and with its variables. */
  readonly run: (command: readonly string[]) => Promise<Outcome>;
  /** The uid of that user, also in an image without any tools. */
  readonly uid: () => Promise<number>;
  /** Starts what the image says; its ports are then on this machine. */
  readonly serve: (port: number) => Promise<Started>;
  /** A folder of this machine with the container's files in it. */
  readonly root: () => Promise<string>;
  readonly remove: () => Promise<void>;
}

/** What builds images and runs them. */
export interface Engine {
  readonly name: string;
  /** Whether bases are downloaded from their registry; otherwise they are made here, and some are stubs. */
  readonly realBases: boolean;
  readonly build: (context: string, dockerfile: string, tag: string) => Promise<Outcome>;
  readonly inspect: (tag: string) => Promise<Image>;
  readonly container: (tag: string) => Promise<Container>;
  readonly remove: (tag: string) => Promise<void>;
  /** Stops what was started for the test; nothing stays but bases. */
  readonly close: () => Promise<void>;
}
