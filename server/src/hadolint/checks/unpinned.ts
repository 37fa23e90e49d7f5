import type { Pair, Placed } from '../../dockerfile/index.js';
import type { FileFacts, Stage } from '../../facts/index.js';
import { type RunPlace, runsOf } from '../../facts/runs.js';
import { giveVersion, sayVersion } from '../../rules/packages/unpinned.js';
import { nameGoVersion } from '../../rules/unpinned-go-package/complaint.js';
import type { ShellCommand, ShellWord } from '../../shell/index.js';
import { hadolintCommands, hadolintHasFlag, hadolintOperands, hasWord, isPipInstall } from '../commands.js';
import { goUnpinned, npmUnpinned, pipUnpinned } from '../packages.js';
import { hadolintScript } from '../script.js';
import type { HadolintCheck } from './check.js';

interface System {
  readonly program: string;
  readonly verbs: readonly string[];
  readonly valueFlags?: readonly string[];
  readonly versioned: RegExp;
  readonly how: string;
}

const ofSystem = ({ program, verbs, valueFlags = [], versioned, how }: System): HadolintCheck => ({
  instruction: { keywords: ['RUN'] },
  check({ facts, report }) {
    for (const command of hadolintCommands(facts, program)) {
      if (!hasWord(command, ...verbs)) continue;
      const words = hadolintOperands(command, { verbs, valueFlags }).filter(({ value }) => !versioned.test(value));
      giveVersion(words, how).forEach(report);
    }
  },
});

export const DL3008 = ofSystem({
  program: 'apt-get',
  verbs: ['install'],
  valueFlags: ['t', 'target-release'],
  versioned: /[=/]|\.deb$/,
  how: 'name=version',
});

export const DL3018 = ofSystem({
  program: 'apk',
  verbs: ['add'],
  valueFlags: ['t', 'virtual', 'X', 'repository'],
  versioned: /[=~<>]|\.apk$/,
  how: 'name=version or name~1.2',
});

export const DL3037 = ofSystem({
  program: 'zypper',
  verbs: ['install', 'in'],
  versioned: /[=<>]|\.rpm$/,
  how: 'name=version',
});

/** `name-1.2-3.el9`: a part after a dash begins with a digit, and all of them could be of a version. */
const RPM_VERSION = /^[^-]*(?:-[\w.~^:+]+)*-\d[\w.~^:+]*(?:-[\w.~^:+]+)*$|-.*\.rpm$/;
const isStream = ({ value }: ShellWord): boolean => value.includes(':');

const ofRpm = (isInstall: (command: ShellCommand) => boolean, ...programs: readonly string[]): HadolintCheck => ({
  file: {},
  check({ facts, report }) {
    for (const run of runsOf(facts)) {
      for (const command of hadolintCommands(run.facts, ...programs).filter(isInstall)) {
        const words = hadolintOperands(command, { verbs: ['install', 'module'] });
        const unpinned = hasWord(command, 'module')
          ? words.filter(word => !isStream(word))
          : words.filter(
              word =>
                !RPM_VERSION.test(word.value) && !(word.value.includes('-') && usesFileVariable(facts, run, word)),
            );
        for (const one of giveVersion(unpinned, 'name-version')) report(run.placed, one);
      }
    }
  },
});

export const DL3033 = ofRpm(command => hasWord(command, 'install'), 'yum');
export const DL3041 = ofRpm(command => hasWord(command, 'install') && !hasWord(command, 'group'), 'dnf', 'microdnf');

/**
 * Whether the text of a word has a variable that hadolint knows: of an ENV of its stage or of those that one is FROM (by
 * alias, with case), or the first name of any ARG before.
 */
function usesFileVariable(file: FileFacts, run: RunPlace, word: ShellWord): boolean {
  const text = word.value.replace(/\$(\w+)/g, '${$1}');
  if (run.onbuild || !text.includes('${')) return false;
  const isUsed = ({ key }: Pair): boolean => text.includes(`\${${key}}`);
  const before = (placed: Placed): boolean => placed.index < run.placed.index;
  return (
    file.all('ARG').some(placed => before(placed) && placed.instruction.pairs.slice(0, 1).some(isUsed)) ||
    aliasLineage(file, run.stage).some(
      placed => before(placed) && placed.instruction.keyword === 'ENV' && placed.instruction.pairs.some(isUsed),
    )
  );
}

/** Nobody writes stages that are FROM one another further than this. */
const MAX_LINEAGE = 100;

function aliasLineage(file: FileFacts, stage: Stage | undefined): readonly Placed[] {
  const found: (readonly Placed[])[] = [];
  for (let at = stage; at && found.length < MAX_LINEAGE; ) {
    const { index, from } = at;
    found.push(at.instructions);
    const image = from.instruction.from?.reference.path;
    at = file.stages.findLast(other => other.index < index && other.from.instruction.from?.name?.text === image);
  }
  return stage ? found.flat() : file.preamble;
}

export const DL3013: HadolintCheck = {
  instruction: { keywords: ['RUN'] },
  check({ facts, report }) {
    for (const command of hadolintScript(facts).commands)
      if (isPipInstall(command))
        sayVersion(pipUnpinned(command), 'name==version, or a requirements file with exact versions').forEach(report);
  },
};

export const DL3016: HadolintCheck = {
  instruction: { keywords: ['RUN'] },
  check({ facts, report }) {
    for (const command of hadolintCommands(facts, 'npm'))
      sayVersion(npmUnpinned(command), 'name@version').forEach(report);
  },
};

export const DL3028: HadolintCheck = {
  instruction: { keywords: ['RUN'] },
  check({ facts, report }) {
    for (const command of hadolintCommands(facts, 'gem'))
      sayVersion(gems(command), 'gem install name:version').forEach(report);
  },
};

/** hadolint takes the word after every option for the option's value. */
function gems(command: ShellCommand): readonly ShellWord[] {
  if (!hasWord(command, 'install', 'i') || hasWord(command, '-v') || hadolintHasFlag(command, 'version')) return [];
  const end = command.args.findIndex(word => word.value === '--');
  const words = command.args.slice(0, end < 0 ? undefined : end);
  let isValue = false;
  return words.filter(({ value }) => {
    const isOption = !isValue && value.startsWith('-');
    const counts = !isValue && !isOption && value !== 'install' && value !== 'i' && !value.includes(':');
    isValue = isOption;
    return counts;
  });
}

export const DL3062: HadolintCheck = {
  file: {},
  check({ facts, report }) {
    for (const run of runsOf(facts)) {
      const word = goUnpinned(hadolintCommands(run.facts, 'go'));
      if (word) report(run.placed, nameGoVersion(word));
    }
  },
};
