import type { Bench } from './bench.js';
import type { ServerCommand } from './lsp-client.js';

export interface Contender {
  readonly name: 'Dockwright' | 'tally' | 'dockerfile-language-server';
  /** Undefined when it cannot be had here: the tables say "missing". */
  readonly server: ServerCommand | undefined;
}

/** The language servers that are compared. */
export const contendersOf = ({ cli, peers }: Bench): readonly Contender[] => [
  { name: 'Dockwright', server: { command: process.execPath, args: [cli, 'lsp', '--stdio'] } },
  { name: 'tally', server: peers.tally === undefined ? undefined : { command: peers.tally, args: ['lsp', '--stdio'] } },
  { name: 'dockerfile-language-server', server: peers.npmServer },
];
