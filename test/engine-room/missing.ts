import { execute } from '../lib/execute.js';
import { hasGo } from '../lib/go-programs.js';

/** Debian packages that have to be here, with a program of each. */
const PROGRAMS = {
  'docker.io': ['dockerd', 'docker'],
  runc: ['runc'],
  debootstrap: ['debootstrap'],
  'busybox-static': ['busybox'],
};

/** Why no engine can be started here; undefined when one can. */
export async function missingForEngines(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'BuildKit and Docker Engine need root on Linux';
  if (!hasGo()) return 'there is no Go to build BuildKit with';
  const missing: string[] = [];
  for (const [name, programs] of Object.entries(PROGRAMS))
    for (const program of programs)
      if ((await execute('sh', ['-c', `command -v ${program}`], 10)).code !== 0) missing.push(`${program} (${name})`);
  return missing.length === 0 ? undefined : `these programs are missing: ${missing.join(', ')}`;
}
