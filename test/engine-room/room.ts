import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { need, type Outcome } from '../lib/execute.js';
import { type Bases, openBases } from './bases.js';
import { type BuildKit, type BuildRequest, startBuildKit } from './buildkit.js';
import { type DockerDaemon, startDocker } from './docker-daemon.js';

/** A BuildKit that builds and a Docker Engine that runs what was built; both are this test's own. */
export interface EngineRoom {
  readonly buildkit: BuildKit;
  readonly docker: DockerDaemon;
  readonly bases: Bases;
  /** Builds, and gives the image to the Docker Engine under this tag. */
  readonly buildImage: (request: BuildRequest, tag: string) => Promise<Outcome>;
  readonly close: () => Promise<void>;
}

/** Starts both. They keep nothing: images that tests build on are in the cache, as folders. */
export async function openRoom(log: (line: string) => void): Promise<EngineRoom> {
  // A short path: the name of a socket has at most 107 characters.
  const root = mkdtempSync(join(tmpdir(), 'engines-'));
  // Also when the test is interrupted.
  process.on('exit', () => removeRoot(root));
  const stops: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const stop of stops.reverse()) await stop();
    removeRoot(root);
  };
  try {
    const buildkit = await startBuildKit(root);
    stops.push(buildkit.stop);
    const docker = await startDocker(root);
    stops.push(docker.stop);
    return {
      buildkit,
      docker,
      bases: openBases(buildkit, log),
      close,
      buildImage: async (request, tag) => {
        const file = join(mkdtempSync(join(root, 'image-')), 'image.tar');
        const output = `type=docker,compression=uncompressed,name=${tag},dest=${file}`;
        const built = await buildkit.build({ ...request, outputs: [...(request.outputs ?? []), output] });
        if (built.code === 0) await need('docker', [...docker.client, 'load', '-q', '-i', file]);
        rmSync(file, { force: true });
        return built;
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Removes the folder; what an engine has left mounted would keep it. */
function removeRoot(root: string): void {
  const mounted = readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .map(line => line.split(' ')[1] ?? '')
    .filter(path => path.startsWith(`${root}/`));
  for (const path of mounted.reverse()) spawnSync('umount', ['-l', path]);
  rmSync(root, { recursive: true, force: true });
}
