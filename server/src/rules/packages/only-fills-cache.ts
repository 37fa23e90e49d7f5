import type { InstructionFacts } from '../../facts/index.js';

/**
 * Whether a RUN works in a folder that is mounted for it: what it installs there is thrown away, so that the cache of the
 * package manager, which other RUNs are to find full, is all that it is for.
 */
export function onlyFillsCache({ mounts, commands, workdir }: InstructionFacts): boolean {
  const isWithin = (path: string | undefined, target: string): boolean =>
    path !== undefined && `${path}/`.startsWith(target.endsWith('/') ? target : `${target}/`);
  return mounts.some(({ type, target }) => {
    if ((type !== 'bind' && type !== 'tmpfs') || target === undefined) return false;
    return (
      isWithin(workdir, target) || commands.some(({ base, args }) => base === 'cd' && isWithin(args[0]?.value, target))
    );
  });
}
