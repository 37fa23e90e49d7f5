import type { Placed } from '../../dockerfile/index.js';
import { type FileFacts, packageActionsOf, type Stage } from '../../facts/index.js';
import { packageActions } from '../../facts/packages/in-run.js';
import { runsOf } from '../../facts/runs.js';
import { installation, installWithout, nameWhatIsNeeded } from '../../rules/apt-get-install-recommends/complaint.js';
import { shellFixes } from '../../rules/pipe-without-pipefail/shell-fix.js';
import { replacesSh } from '../../rules/sh-replaced/complaint.js';
import { addNoLogInit } from '../../rules/useradd-without-no-log-init/complaint.js';
import { usesBoth } from '../../rules/wget-and-curl/complaint.js';
import { addProgress } from '../../rules/wget-progress/complaint.js';
import { hadolintCommands, hadolintHasFlag, hasWord, wordAt } from '../commands.js';
import { longId, wgetIsQuiet } from '../packages.js';
import { hadolintScript } from '../script.js';
import type { HadolintCheck } from './check.js';

const USELESS = ['free', 'kill', 'mount', 'ps', 'service', 'shutdown', 'ssh', 'top', 'vim'];

export const DL3001: HadolintCheck = {
  instruction: { keywords: ['RUN'] },
  check({ facts, report }) {
    const [command] = hadolintCommands(facts, ...USELESS);
    if (command)
      report({ span: command.span, message: `${command.base} makes no sense while an image is built: remove it.` });
  },
};

export const DL3003: HadolintCheck = {
  file: {},
  check({ facts, report }) {
    for (const placed of facts.all('RUN')) {
      const [cd] = hadolintCommands(facts.at(placed), 'cd');
      if (cd) report(placed, { span: cd.span, message: 'Use WORKDIR to change the folder.' });
    }
  },
};

export const DL3015: HadolintCheck = {
  file: {},
  check({ facts, report }) {
    for (const run of runsOf(facts)) {
      for (const command of hadolintCommands(run.facts, 'apt-get')) {
        const verb = wordAt(command, 'install');
        if (!verb || hadolintHasFlag(command, 'no-install-recommends')) continue;
        if (hasWord(command, 'APT::Install-Recommends=false')) continue;
        const action = packageActionsOf(command);
        const installs = packageActions(run.facts, 'install');
        const fix = action && installWithout(facts, run, installation(action, installs));
        report(run.placed, nameWhatIsNeeded(command, verb, fix));
      }
    }
  },
};

export const DL3046: HadolintCheck = {
  instruction: { keywords: ['RUN'] },
  check({ facts, report }) {
    for (const command of hadolintCommands(facts, 'useradd')) {
      const id = longId(command);
      if (id && !hadolintHasFlag(command, 'l', 'no-log-init')) report(addNoLogInit(command, id));
    }
  },
};

export const DL3047: HadolintCheck = {
  instruction: { keywords: ['RUN'] },
  check({ facts, report }) {
    for (const command of hadolintCommands(facts, 'wget'))
      if (command.name && !wgetIsQuiet(command)) report(addProgress(command, command.name, facts));
  },
};

export const DL4006: HadolintCheck = {
  file: {},
  check({ facts, report }) {
    const fixesFor = shellFixes(facts);
    for (const run of runsOf(facts)) {
      const { placed, onbuild } = run;
      if (onbuild || !hadolintScript(run.facts).hasPipe || setsPipefail(facts, placed)) continue;
      report(placed, {
        span: placed.instruction.argumentsSpan,
        message: 'Set pipefail before this pipe, so that a failure on its left side counts.',
        fixes: fixesFor(run),
      });
    }
  },
};

/** hadolint asks what the last SHELL since the last FROM says, not what a stage inherits. */
function setsPipefail(facts: FileFacts, placed: Placed): boolean {
  const own = facts.stageOf(placed)?.instructions ?? facts.preamble;
  const shell = own.findLast(({ index, instruction: { keyword } }) => keyword === 'SHELL' && index < placed.index);
  const words = (shell?.instruction.json ?? []).flatMap(({ text }) => text.split(/[\s;]+/));
  const [name = ''] = words[0] === 'exec' ? words.slice(1) : words;
  return (
    /^(?:\S*\/)?(?:ba|z|a)sh$/.test(name) &&
    words.some(word => /^-(?!-).*o|^--o$/.test(word)) &&
    words.some(word => /^["']?pipefail["']?$/.test(word))
  );
}

/** At every RUN from which on a stage, or what comes before the first FROM, has used both. */
export const DL4001: HadolintCheck = {
  file: {},
  check({ facts, report }) {
    const used = new Map<Stage | undefined, { readonly run: Set<string>; readonly trigger: Set<string> }>();
    for (const { placed, facts: own, stage, onbuild } of runsOf(facts)) {
      const ofStage = used.get(stage) ?? { run: new Set(), trigger: new Set() };
      used.set(stage, ofStage);
      const names = onbuild ? ofStage.trigger : ofStage.run;
      const commands = hadolintCommands(own, 'wget', 'curl');
      for (const { base } of commands) names.add(base);
      const found = commands.length > 0 && names.size > 1 ? usesBoth(commands, names) : undefined;
      if (found) report(placed, found);
    }
  },
};

export const DL4005: HadolintCheck = {
  instruction: { keywords: ['RUN'] },
  check({ instruction, facts, report }) {
    for (const command of hadolintCommands(facts, 'ln'))
      if (hasWord(command, '/bin/sh')) report(replacesSh(command, instruction, facts));
  },
};
