import type { Report } from '../e2e/lib/report.js';
import { missingForEngines } from '../engine-room/missing.js';
import { openRoom } from '../engine-room/room.js';
import { APPS } from './apps/index.js';
import { type Checked, checkApp } from './check.js';

export interface AppOptions {
  readonly report: Report;
  readonly log: (line: string) => void;
  /** Only those whose name contains this. */
  readonly only?: string;
}

/** Builds and starts every application before and after Harden, or lists them as skipped where nothing can. */
export async function runApps({ report, log, only = '' }: AppOptions): Promise<readonly Checked[]> {
  const apps = APPS.filter(({ name }) => name.includes(only));
  const missing = await missingForEngines();
  if (missing !== undefined) {
    for (const { name } of apps) report.leaveOut(nameOf(name), missing);
    return [];
  }
  const room = await openRoom(log);
  const found = new Map<string, Checked>();
  const waiting = [...apps];
  const work = async (): Promise<void> => {
    for (let app = waiting.shift(); app; app = waiting.shift()) {
      const now = app;
      await report.run(nameOf(now.name), async () => {
        found.set(now.name, await checkApp(now, room));
      });
    }
  };
  // While one waits for a container the other builds.
  try {
    await Promise.all([work(), work()]);
  } finally {
    await room.close();
  }
  return apps.flatMap(({ name }) => found.get(name) ?? []);
}

const nameOf = (name: string): string => `hardened application ${name}`;
