import { packageActionsOf } from '../facts/packages.js';
import { defineRule } from './rule.js';
import { hasFlag } from './support/commands.js';
import { insertAfter } from './support/edits.js';
import { isOptionVariable, packageActions } from './support/packages.js';
import { earlierRuns, runsOf } from './support/runs.js';

/** What is missing from a `dnf install`, and how each program spells “no”. */
const OFF: Readonly<Record<string, string>> = { dnf: 'False', microdnf: '0' };

export default defineRule({
  id: 'dnf-installs-extras',
  codes: [],
  summary: '`dnf install` brings documentation and weak dependencies along.',
  rationale:
    'Weak dependencies (Recommends) are meant for machines that people log in to, and nobody reads manual pages in a container. Leaving both out often halves an installation.',
  category: 'size',
  practice: 'no-recommends',
  severity: 'info',
  since: '0.1.0',
  examples: {
    bad: [
      {
        code: 'FROM registry.access.redhat.com/ubi9/ubi-minimal:9.4\nRUN «microdnf install» python3.11 && microdnf clean all\n',
        fixed:
          'FROM registry.access.redhat.com/ubi9/ubi-minimal:9.4\nRUN microdnf install -y --nodocs --setopt=install_weak_deps=0 python3.11 && microdnf clean all\n',
      },
      {
        code: 'FROM fedora:42\nRUN «dnf install» -y --nodocs git && dnf clean all\n',
        fixed: 'FROM fedora:42\nRUN dnf install -y --setopt=install_weak_deps=False --nodocs git && dnf clean all\n',
      },
    ],
    good: [
      {
        code: 'FROM fedora:42\nRUN dnf -y --setopt=install_weak_deps=0 --setopt=tsflags=nodocs install git\n',
        why: 'Both are off.',
      },
      {
        code: 'FROM fedora:42\nRUN echo install_weak_deps=False >> /etc/dnf/dnf.conf && echo tsflags=nodocs >> /etc/dnf/dnf.conf\nRUN dnf install -y git\n',
        why: 'It is configured.',
      },
      {
        code: 'FROM fedora:42 AS build\nRUN dnf install -y gcc\nFROM scratch\nCOPY --from=build /a /a\n',
        why: 'Layers of a builder are thrown away.',
      },
    ],
  },
  scope: 'stage',
  checkFile({ facts, report }) {
    for (const run of runsOf(facts)) {
      const installs = packageActions(run.facts, 'install').filter(
        ({ manager, verb }) => OFF[manager] !== undefined && /^(?:install|in)$/.test(verb.value),
      );
      if (installs.length === 0 || !run.facts.stage.inFinalImage) continue;
      const before = [...earlierRuns(facts, run), run].flatMap(one =>
        one.facts.commands
          .filter(command => !packageActionsOf(command))
          .flatMap(command => command.args.map(word => word.value)),
      );
      for (const { command, verb, manager } of installs) {
        if (command.args.some(isOptionVariable)) continue;
        const said = [...before, ...command.args.map(word => word.value)].join(' ');
        const missing: string[] = [];
        if (!/nodocs/.test(said)) missing.push('--nodocs');
        if (!/install_weak_deps/.test(said)) missing.push(`--setopt=install_weak_deps=${OFF[manager]}`);
        if (missing.length === 0) continue;
        const next = command.args[command.args.indexOf(verb) + 1];
        const hasYes = hasFlag(command, 'y', '--assumeyes');
        const after = next && /^(?:-[yq]+|--assumeyes)$/.test(next.value) ? next : verb;
        const text = [...(hasYes || manager === 'dnf' ? [] : ['-y']), ...missing].join(' ');
        report(run.placed, {
          span: { start: command.span.start, end: verb.span.end },
          message: `Add ${missing.join(' ')}: weak dependencies and documentation make the image larger.`,
          fixes: command.editable
            ? [{ title: `Add ${text}`, safety: 'review', edits: [insertAfter(after, text)] }]
            : [],
        });
      }
    }
  },
});
