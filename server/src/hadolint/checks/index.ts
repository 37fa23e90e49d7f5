import { DL3009, DL3019, DL3032, DL3036, DL3040, DL3042, DL3060 } from './cache-left.js';
import type { HadolintCheck } from './check.js';
import { DL3001, DL3003, DL3015, DL3046, DL3047, DL4001, DL4005, DL4006 } from './commands.js';
import { DL3002, DL3006, DL3022, DL3049, DL3057, DL4003 } from './stages.js';
import { DL3010, DL3020 } from './transfers.js';
import { DL3008, DL3013, DL3016, DL3018, DL3028, DL3033, DL3037, DL3041, DL3062 } from './unpinned.js';
import { DL3014, DL3030, DL3034, DL3038 } from './without-yes.js';
import { DL3000, DL3011, DL3021, DL3025, DL3044, DL3045, DL3066 } from './words.js';

/** By the id of our rule, what hadolint does in its place. */
export const HADOLINT_CHECKS: Readonly<Record<string, HadolintCheck>> = {
  'add-instead-of-copy': DL3020,
  'apk-cache-left': DL3019,
  'apt-get-install-recommends': DL3015,
  'apt-get-install-without-yes': DL3014,
  'apt-lists-left': DL3009,
  'archive-copied-then-extracted': DL3010,
  'cd-instead-of-workdir': DL3003,
  'copy-target-without-slash': DL3021,
  'copy-to-relative-target': DL3045,
  'dnf-cache-left': DL3040,
  'dnf-install-without-yes': DL3038,
  'env-self-reference': DL3044,
  'final-stage-runs-as-root': DL3002,
  'invalid-port': DL3011,
  'missing-healthcheck': DL3057,
  'missing-label': DL3049,
  'non-numeric-user': DL3066,
  'overridden-instruction': DL4003,
  'pip-cache-left': DL3042,
  'pipe-without-pipefail': DL4006,
  'relative-workdir': DL3000,
  'sh-replaced': DL4005,
  'shell-form-command': DL3025,
  'unknown-copy-source': DL3022,
  'unpinned-apk-package': DL3018,
  'unpinned-apt-package': DL3008,
  'unpinned-dnf-package': DL3041,
  'unpinned-gem': DL3028,
  'unpinned-go-package': DL3062,
  'unpinned-npm-package': DL3016,
  'unpinned-pip-package': DL3013,
  'unpinned-yum-package': DL3033,
  'unpinned-zypper-package': DL3037,
  'untagged-image': DL3006,
  'useless-command': DL3001,
  'useradd-without-no-log-init': DL3046,
  'wget-and-curl': DL4001,
  'wget-progress': DL3047,
  'yarn-cache-left': DL3060,
  'yum-cache-left': DL3032,
  'yum-install-without-yes': DL3030,
  'zypper-cache-left': DL3036,
  'zypper-without-non-interactive': DL3034,
};

/** Our rules whose instructions hadolint does not look for in an ONBUILD. */
export const WITHOUT_TRIGGERS: ReadonlySet<string> = new Set([
  'empty-label',
  'invalid-label-key',
  'invalid-label-value',
  'unexpected-label',
]);
