import { readdirSync, readFileSync } from 'node:fs';

/** Megabytes that the browsers' page processes started from here hold, workers included; 0 where /proc does not tell. */
export function renderersMemory(): number {
  let kilobytes = 0;
  for (const pid of descendants()) {
    const command = read(`/proc/${pid}/cmdline`);
    if (command.includes('--type=renderer'))
      kilobytes += Number(/VmRSS:\s+(\d+)/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0);
  }
  return Math.round(kilobytes / 1024);
}

/** All processes below this one. */
function descendants(): string[] {
  const children = new Map<string, string[]>();
  for (const pid of folders('/proc')) {
    const parent = /^PPid:\s+(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1];
    if (parent === undefined) continue;
    const list = children.get(parent);
    if (list) list.push(pid);
    else children.set(parent, [pid]);
  }
  const found: string[] = [];
  for (const queue = [String(process.pid)]; queue.length > 0; ) {
    const below = children.get(queue.pop() ?? '') ?? [];
    found.push(...below);
    queue.push(...below);
  }
  return found;
}

function folders(path: string): string[] {
  try {
    return readdirSync(path).filter(name => /^\d+$/.test(name));
  } catch {
    return [];
  }
}

// Processes end while they are looked at.
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
