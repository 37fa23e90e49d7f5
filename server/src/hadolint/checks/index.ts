import { DL3009, DL3019, DL3032, DL3036, DL3040, DL3042, DL3060 } from './cache-left.js';
import type { HadolintCheck } from './check.js';
import { DL3008, DL3013, DL3016, DL3018, DL3028, DL3033, DL3037, DL3041, DL3062 } from './unpinned.js';
import { DL3014, DL3030, DL3034, DL3038 } from './without-yes.js';

/** By the id of our rule, what hadolint does in its place. */
export const HADOLINT_CHECKS: Readonly<Record<string, HadolintCheck>> = {
  'apk-cache-left': DL3019,
  'apt-get-install-without-yes': DL3014,
  'apt-lists-left': DL3009,
  'dnf-cache-left': DL3040,
  'dnf-install-without-yes': DL3038,
  'pip-cache-left': DL3042,
  'unpinned-apk-package': DL3018,
  'unpinned-apt-package': DL3008,
  'unpinned-dnf-package': DL3041,
  'unpinned-gem': DL3028,
  'unpinned-go-package': DL3062,
  'unpinned-npm-package': DL3016,
  'unpinned-pip-package': DL3013,
  'unpinned-yum-package': DL3033,
  'unpinned-zypper-package': DL3037,
  'yarn-cache-left': DL3060,
  'yum-cache-left': DL3032,
  'yum-install-without-yes': DL3030,
  'zypper-cache-left': DL3036,
  'zypper-without-non-interactive': DL3034,
};
