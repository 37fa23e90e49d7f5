import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { type Layout, layoutOf, layoutOutput } from '../engine-room/buildkit.js';
import type { EngineRoom } from '../engine-room/room.js';
import { need } from '../lib/execute.js';
import { engineOf } from './docker.js';
import type { Engine } from './engine.js';
import { DOWNSTREAM_BASE } from './samples.js';

/** The engines of the room, as the samples need them. */
export function engineOfRoom(room: EngineRoom): Engine {
  const layouts = mkdtempSync(join(tmpdir(), 'dockwright-layouts-'));
  let onbuild: Layout | undefined;
  return engineOf({
    name: `${room.buildkit.name} and ${room.docker.name}`,
    realBases: false,
    command: 'docker',
    options: room.docker.client,
    // There is no other network: a container that serves shares this machine's.
    publish: () => ['--network', 'host'],
    probe: '/bin/busybox',
    build: async (context, dockerfile, tag) => {
      const images = [...(await room.bases.namedIn(readFileSync(dockerfile, 'utf8'))), ...(onbuild ? [onbuild] : [])];
      const request = { context, filename: relative(context, dockerfile), images };
      if (tag !== DOWNSTREAM_BASE) return room.buildImage(request, tag);
      // BuildKit keeps no images by name: this one is to be built on.
      const folder = mkdtempSync(join(layouts, 'layout-'));
      const built = await room.buildImage({ ...request, outputs: [layoutOutput(folder)] }, tag);
      if (built.code === 0) onbuild = layoutOf(DOWNSTREAM_BASE, folder);
      return built;
    },
    close: async () => {
      await room.close();
      await need('rm', ['-rf', layouts]);
    },
  });
}
