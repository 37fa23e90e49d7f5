import { packageActionsOf, type Stage } from '../facts/index.js';
import { rootBase } from '../facts/root-base.js';
import { runsOf } from '../facts/runs.js';
import { commandsSeenBy } from '../hadolint/commands.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'zypper-dist-upgrade',
  codes: ['DL3035'],
  summary: '`zypper dist-upgrade` upgrades the base image to a different release.',
  rationale:
    'It replaces the distribution’s packages by whatever the repositories offer, changing vendors and removing packages on the way, so the image no longer is what its FROM line says. Take a newer base image instead, or `zypper update` for fixes within the release.',
  category: 'reproducibility',
  severity: 'warning',
  since: '0.1.0',
  examples: {
    bad: [
      { code: 'FROM opensuse/leap:15.6\nRUN zypper -n «dup»\n' },
      { code: 'FROM opensuse/leap:15.6\nRUN zypper --non-interactive «dist-upgrade»\n' },
    ],
    good: [
      { code: 'FROM opensuse/leap:15.6\nRUN zypper -n update\n', why: 'Fixes within the release.' },
      { code: 'FROM opensuse/tumbleweed:latest\nRUN zypper -n dup\n', why: 'A rolling release is upgraded that way.' },
    ],
  },
  stage: { words: ['zypper'] },
  check({ facts, reading, report }) {
    for (const run of runsOf(facts)) {
      if (reading !== 'hadolint' && isRolling(run.stage)) continue;
      for (const command of commandsSeenBy(reading, run.facts)) {
        const { base, args } = command;
        const verb =
          base === 'zypper' ? args.find(word => word.value === 'dist-upgrade' || word.value === 'dup') : undefined;
        // `zypper install dup` installs a package of that name.
        if (reading !== 'hadolint' && packageActionsOf(command)?.verb !== verb) continue;
        if (verb)
          report(run.placed, {
            span: verb.span,
            message: 'This upgrades the base image to a different release. Use a newer base image instead.',
          });
      }
    }
  },
});

function isRolling(stage: Stage | undefined): boolean {
  const base = rootBase(stage);
  return base?.kind === 'image' && base.text.includes('tumbleweed');
}
