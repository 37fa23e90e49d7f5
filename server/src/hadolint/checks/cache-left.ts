import { type FileFacts, packageActionsOf, type Scope } from '../../facts/index.js';
import { type RunPlace, runsOf } from '../../facts/runs.js';
import { appendCleanUp, reportLeftBehind } from '../../rules/packages/cache-left.js';
import { APT_LISTS, DNF_CACHE, type PackageCache, YUM_CACHE, ZYPPER_CACHE } from '../../rules/packages/caches.js';
import { addNoCache } from '../../rules/packages/no-cache.js';
import { addNoCacheDir } from '../../rules/pip-cache-left/complaint.js';
import type { Report } from '../../rules/rule.js';
import { cleanYarnCache } from '../../rules/yarn-cache-left/complaint.js';
import type { ShellCommand } from '../../shell/index.js';
import {
  hadolintCommands,
  hadolintHasFlag,
  hasWord,
  isKeptStage,
  isPipInstall,
  keepsOut,
  wordAt,
} from '../commands.js';
import { hadolintScript } from '../script.js';
import type { HadolintCheck } from './check.js';

interface Leaving {
  readonly cache: PackageCache;
  readonly programs: readonly string[];
  readonly installs: readonly string[];
  readonly cleans: (command: ShellCommand, program: string) => boolean;
  readonly clean: string;
  /** Mounts with one of these in their target keep it out of the layer. */
  readonly mounts: readonly string[];
}

/** The first installation that nothing after it cleans up; with the fix that our own rule has for the RUN. */
const leaving = ({ cache, programs, installs, cleans, clean, mounts }: Leaving): HadolintCheck => ({
  file: {},
  check({ facts, report }) {
    for (const run of runsOf(facts)) {
      if (keepsOut(run.facts, ...mounts)) continue;
      const own = reportLeftBehind(facts, run, cache);
      // What removes a cache may be another program than the one that fills it.
      const commands = hadolintScript(run.facts).commands;
      for (const program of programs) {
        const index = commands.findIndex(command => command.base === program && hasWord(command, ...installs));
        const install = commands[index];
        if (!install || commands.slice(index + 1).some(command => cleans(command, program))) continue;
        report(run.placed, {
          span: install.span,
          message: `The package cache stays in the image. Append \`${program} ${clean}\` to this RUN.`,
          fixes: own?.fixes ?? [],
        });
      }
    }
  },
});

/** hadolint compares words, wherever they are: `rm -rf /tmp/x` cleans as well. */
const cleansRpm =
  (folder: string): Leaving['cleans'] =>
  (command, program) =>
    (command.base === program && hasWord(command, 'clean', 'all')) ||
    (command.base === 'rm' && hasWord(command, '-rf', folder));

export const DL3032 = leaving({
  cache: YUM_CACHE,
  programs: ['yum'],
  installs: ['install'],
  cleans: cleansRpm('/var/cache/yum/*'),
  clean: 'clean all',
  mounts: [],
});

export const DL3040 = leaving({
  cache: DNF_CACHE,
  programs: ['dnf', 'microdnf'],
  installs: ['install', 'in', 'upgrade', 'up', 'upgrade-minimal', 'up-min', 'reinstall', 'rei'],
  cleans: cleansRpm('/var/cache/libdnf5*'),
  clean: 'clean all',
  mounts: ['/var/cache/libdnf5', '.cache/libdnf5'],
});

export const DL3036 = leaving({
  cache: ZYPPER_CACHE,
  programs: ['zypper'],
  installs: ['install', 'in'],
  cleans: (command, program) => command.base === program && hasWord(command, 'clean', 'cc'),
  clean: 'clean --all',
  mounts: ['/var/cache/zypp'],
});

export const DL3019: HadolintCheck = {
  instruction: { keywords: ['RUN'] },
  check({ instruction, facts, report }) {
    if (keepsOut(facts, '/var/cache/apk')) return;
    const adds = hadolintCommands(facts, 'apk').filter(
      command => hasWord(command, 'add') && !hadolintHasFlag(command, 'no-cache'),
    );
    const [first] = adds;
    if (!first) return;
    const actions = adds.flatMap(command => (command.editable ? (packageActionsOf(command) ?? []) : []));
    report({
      span: { start: first.span.start, end: wordAt(first, 'add')?.span.end ?? first.span.end },
      message: 'The package index stays in the image. Add `--no-cache`.',
      fixes: actions.length === adds.length ? [addNoCache(instruction, facts, actions)] : [],
      severity: 'info',
    });
  },
};

const APT = ['apt-get', 'apt', 'aptitude'];

/** hadolint compares the words of commands, wherever they are, and the stages by their FROM. */
export const DL3009: HadolintCheck = {
  file: {},
  check({ facts, report }) {
    for (const run of runsOf(facts)) {
      const { commands } = hadolintScript(run.facts);
      const update = commands.find(command => APT.includes(command.base) && hasWord(command, 'update'));
      if (!update) continue;
      const isCleaned = commands.some(
        command => command.base === 'rm' && hasWord(command, '-rf', '/var/lib/apt/lists/*'),
      );
      const isMounted =
        keepsOut(run.facts, '/var/lib/apt/lists') ||
        (keepsOut(run.facts, '/var/lib/apt') && keepsOut(run.facts, '/var/cache/apt'));
      if (isCleaned || isMounted || (!run.onbuild && !isKeptStage(facts, run.stage))) continue;
      const verb = packageActionsOf(update)?.verb ?? update;
      report(run.placed, {
        span: { start: update.span.start, end: verb.span.end },
        message: 'The package lists stay in the image. Append `rm -rf /var/lib/apt/lists/*` to this RUN.',
        fixes: [appendCleanUp(facts, run, APT_LISTS)].flatMap(fix => fix ?? []),
      });
    }
  },
};

export const DL3060: HadolintCheck = {
  file: {},
  check({ facts, report }) {
    for (const run of runsOf(facts)) {
      const found = yarnReport(facts, run);
      if (found) report(run.placed, found);
    }
  },
};

function yarnReport(file: FileFacts, run: RunPlace): Report | undefined {
  const commands = hadolintCommands(run.facts, 'yarn');
  const index = commands.findIndex(command => hasWord(command, 'install'));
  const install = commands[index];
  if (!install || (!run.onbuild && !isKeptStage(file, run.stage))) return undefined;
  const clean = commands.findIndex(command => hasWord(command, 'cache', 'clean'));
  // A mount counts only where nothing cleans.
  if (clean < 0 ? keepsOut(run.facts, '.cache/yarn') : clean >= index) return undefined;
  return cleanYarnCache(run, install);
}

export const DL3042: HadolintCheck = {
  file: {},
  check({ facts, report }) {
    for (const run of runsOf(facts)) {
      if (keepsOut(run.facts, '.cache/pip') || hasNoPipCache(run)) continue;
      for (const command of hadolintScript(run.facts).commands) {
        const verb = wordAt(command, 'install');
        if (!verb || !isPipInstall(command) || command.base.startsWith('pipx')) continue;
        if (!hasWord(command, '--no-cache-dir')) report(run.placed, addNoCacheDir(command, verb));
      }
    }
  },
};

const NAME = 'PIP_NO_CACHE_DIR';
const TRUE = /^(?:1|true|True|TRUE|on|On|ON|yes|Yes|YES)/;

/** The first text of that kind counts, wherever it is; an ENV does not in a trigger. */
function hasNoPipCache({ instruction, facts, onbuild }: RunPlace): boolean {
  const text = [instruction.arguments.text, ...instruction.heredocs.map(({ content }) => content)].join('\n');
  const at = text.indexOf(`${NAME}=`);
  if (at >= 0 && TRUE.test(text.slice(at + NAME.length + 1))) return true;
  return !onbuild && [...envValues(facts.scope)].some(value => new RegExp(`${TRUE.source}$`).test(value));
}

/** Values of an ENV, the newest first; hadolint does not let a later one take back an earlier one. */
function* envValues(scope: Scope): Generator<string> {
  for (let at: Scope | undefined = scope; at; at = at.parent) {
    const variable = at.own.get(NAME);
    if (variable?.kind === 'env') yield variable.value ?? '';
  }
}
