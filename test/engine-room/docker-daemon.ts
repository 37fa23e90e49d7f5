import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execute, need, type Outcome, start, tail } from '../lib/execute.js';

export interface DockerDaemon {
  readonly name: string;
  /** `docker` with these arguments, asked of this daemon. */
  readonly client: readonly string[];
  readonly stop: () => Promise<void>;
}

const LONG = 4 * 3600;

/** Starts a Docker Engine with all that it keeps below `root`; its containers have no network, or this machine's. */
export async function startDocker(root: string): Promise<DockerDaemon> {
  const address = `unix://${join(root, 'docker.sock')}`;
  const server = start(
    'dockerd',
    [
      ...['-H', address, '--data-root', join(root, 'docker'), '--exec-root', join(root, 'docker-run')],
      ...['--pidfile', join(root, 'docker.pid'), '--iptables=false', '--bridge=none'],
    ],
    LONG,
  );
  let ended: Outcome | undefined;
  void server.ended.then(outcome => {
    ended = outcome;
  });
  const client = ['-H', address];
  while ((await execute('docker', [...client, 'version'], 30)).code !== 0) {
    if (ended) throw new Error(`dockerd ended\n${tail(ended.log)}`);
    await sleep(300);
  }
  const version = (await need('docker', [...client, 'version', '--format', '{{.Server.Version}}'])).trim();
  return {
    name: `Docker Engine ${version}`,
    client,
    stop: async () => {
      const left = (await execute('docker', [...client, 'ps', '-aq'], 60)).stdout.split('\n').filter(id => id !== '');
      if (left.length > 0) await execute('docker', [...client, 'rm', '-f', ...left], 120);
      await server.stop();
    },
  };
}
