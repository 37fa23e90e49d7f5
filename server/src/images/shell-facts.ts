import type { ImageInfo, ShellName } from './types.js';

export interface ShellFacts {
  /** Whether `set -o pipefail` works in `/bin/sh`; undefined when that is not known. */
  readonly pipefail: boolean | undefined;
  /** The shell for `SHELL [..., "-o", "pipefail", "-c"]`; undefined when none is certain to be there. */
  readonly pipefailShell: '/bin/bash' | '/bin/ash' | undefined;
}

/** dash has `pipefail` only since 0.5.13, which no Debian or Ubuntu release has as /bin/sh. */
const PIPEFAIL = {
  ash: true,
  bash: true,
  dash: false,
  none: undefined,
  cmd: undefined,
  powershell: undefined,
  unknown: undefined,
} as const satisfies Record<ShellName, boolean | undefined>;

export function shellFacts(info: ImageInfo): ShellFacts {
  const pipefailShell =
    info.hasCommand('bash') === true ? '/bin/bash' : info.hasCommand('ash') === true ? '/bin/ash' : undefined;
  return { pipefail: PIPEFAIL[info.shell], pipefailShell };
}
