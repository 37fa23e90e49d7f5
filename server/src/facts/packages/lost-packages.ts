import { parseReference } from '../../dockerfile/index.js';
import { describeImage } from '../../images/index.js';
import type { Release } from '../../images/release.js';
import { type FileFacts, find, type Stage } from '../index.js';
import { perLineage } from '../per-lineage.js';
import { packageActions } from './in-run.js';

interface Removal {
  /** The names of its packages. */
  readonly names: RegExp;
  /**
   * The first release in which nothing of that name can be installed. Debian’s and Ubuntu’s were tried with apt and the
   * package lists of Debian 11 to 13 and Ubuntu 18.04 to 25.10 (2026-12-01); Alpine’s are still to be compared.
   */
  readonly since: Readonly<Partial<Record<Release['system'], number>>>;
  /** What to call it instead of the package’s name. */
  readonly as?: string;
}

const REMOVALS: readonly Removal[] = [
  { names: /^libssl1\.1$/, since: { debian: 12, ubuntu: 22.04, alpine: 3.19 } },
  { names: /^libssl1\.0\.0$/, since: { ubuntu: 20.04 } },
  { names: /^libssl1\.0\.2$/, since: { debian: 10 } },
  { names: /^python(?:-dev)?$/, since: { debian: 12, ubuntu: 22.04, alpine: 3.12 } },
  // Ubuntu 20.04 has no python-pip, and 22.04 has it again.
  { names: /^python-pip$/, since: { debian: 11, ubuntu: 24.04 } },
  { names: /^python-setuptools$/, since: { debian: 12, ubuntu: 24.04 } },
  { names: /^python2(?:-dev)?$/, since: { debian: 12, ubuntu: 24.04, alpine: 3.16 } },
  { names: /^netcat$/, since: { debian: 12, ubuntu: 24.04 } },
  { names: /^firefox$/, since: { ubuntu: 22.04 }, as: 'firefox outside a snap' },
  { names: /^chromium-browser$/, since: { ubuntu: 20.04 }, as: 'chromium-browser outside a snap' },
  { names: /^libicu63$/, since: { debian: 11 } },
  { names: /^libicu67$/, since: { debian: 12 } },
  { names: /^libicu72$/, since: { debian: 13 } },
  { names: /^libicu60$/, since: { ubuntu: 20.04 } },
  { names: /^libicu66$/, since: { ubuntu: 22.04 } },
  { names: /^libicu70$/, since: { ubuntu: 24.04 } },
  { names: /^php7(?:-|$)/, since: { alpine: 3.16 }, as: 'php7' },
  { names: /^php8(?:-|$)/, since: { alpine: 3.17 }, as: 'php8' },
  { names: /^php81(?:-|$)/, since: { alpine: 3.2 }, as: 'php81' },
];

/** apt 3.0 has no apt-key. Ubuntu 24.10, which came between, has ended. */
const APT_KEY: Removal = { names: /^apt-key$/, since: { debian: 13, ubuntu: 25.04 } };

/** PEP 668: pip refuses to install outside a virtual environment. */
const PIP: Removal = {
  names: /^(?:python3-pip|py3-pip)$/,
  since: { debian: 12, ubuntu: 23.04, alpine: 3.19 },
};

const MAY_USE_PIP = /break-system-packages|BREAK_SYSTEM_PACKAGES|EXTERNALLY-MANAGED|venv|virtualenv|pipx|conda/;

/** What the RUNs of a stage, or of those that are FROM it, install or call and a newer release of its distribution has no longer. */
export function lostPackages(facts: FileFacts, stage: Stage, image: string): readonly string[] {
  const old = stage.image.release;
  const next = describeImage(parseReference(image), { escape: facts.dockerfile.escape }).release;
  if (!old || !next || old.system !== next.system) return [];
  const isLost = ({ since }: Removal): boolean => {
    const first = since[old.system];
    return first !== undefined && old.version < first && next.version >= first;
  };
  const removals = REMOVALS.filter(isLost);
  if (removals.length === 0 && !isLost(APT_KEY) && !isLost(PIP)) return [];
  const { text, installed, callsAptKey } = installsOf(facts, stage);
  const lost = new Set<string>();
  if (callsAptKey && isLost(APT_KEY)) lost.add('apt-key');
  for (const name of installed)
    for (const removal of removals) if (removal.names.test(name)) lost.add(removal.as ?? name);
  const usesPip = [...installed].some(name => PIP.names.test(name)) && /\bpip3?(?:\.\d+)? install\b/.test(text);
  if (isLost(PIP) && usesPip && !MAY_USE_PIP.test(text) && !find(stage.exit.scope, 'PIP_BREAK_SYSTEM_PACKAGES'))
    lost.add('Python that pip may install into');
  return [...lost];
}

interface Installs {
  /** Of all instructions. */
  readonly text: string;
  readonly installed: ReadonlySet<string>;
  readonly callsAptKey: boolean;
}

/** What a stage and those that are FROM it install; it is asked for one image after the other. */
const installsOf = perLineage((facts: FileFacts, stage: Stage): Installs => {
  const runs = [stage, ...facts.descendants(stage)].flatMap(one => one.instructions);
  const text = runs.map(({ instruction }) => instruction.text).join('\n');
  const installed = new Set<string>();
  let callsAptKey = false;
  for (const placed of runs) {
    if (placed.instruction.keyword !== 'RUN') continue;
    for (const { manager, packages } of packageActions(facts.at(placed), 'install'))
      if (/^(?:apt|apt-get|aptitude|apk)$/.test(manager))
        for (const { value } of packages) installed.add(value.replace(/[=~<>].*$/s, ''));
    callsAptKey ||= facts.at(placed).commands.some(({ base }) => base === 'apt-key');
  }
  return { text, installed, callsAptKey };
});
