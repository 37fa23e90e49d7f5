import { insertAfter } from '../edits/words.js';
import { DNF_WITHOUT_DOCS, DNF_WITHOUT_WEAK, mayBeConfigured } from '../facts/packages/configured.js';
import { isOptionVariable, packageActions } from '../facts/packages/in-run.js';
import { runsOf } from '../facts/runs.js';
import { hasFlag } from '../shell/options.js';
import { defineRule } from './rule.js';

/** What is missing from a `dnf install`, and how each program spells “no”. */
const OFF: Readonly<Record<string, string>> = { dnf: 'False', microdnf: '0' };

export default defineRule({
  id: 'dnf-installs-extras',
  codes: [],
  summary: '`dnf install` also installs documentation and weak dependencies.',
  rationale:
    'Weak dependencies (Recommends) are meant for machines that people log in to, and nobody reads manual pages in a container. Leaving both out often halves an installation.',
  category: 'size',
  practice: 'no-recommends',
  severity: 'info',
  minor: true,
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
        code: 'FROM fedora:42\nRUN dnf install -y --setopt=install_weak_deps=False git\n',
        why: 'The image is configured without documentation.',
      },
      {
        code: 'FROM fedora:42\nCOPY dnf.conf /etc/dnf/\nRUN dnf install -y git\n',
        why: 'What is copied there may configure it.',
      },
      {
        code: 'FROM fedora:42 AS build\nRUN dnf install -y gcc\nFROM scratch\nCOPY --from=build /a /a\n',
        why: 'Layers of a builder are thrown away.',
      },
    ],
  },
  stage: { words: ['dnf', 'microdnf'] },
  check({ facts, report }) {
    for (const run of runsOf(facts)) {
      const installs = packageActions(run.facts, 'install').filter(
        ({ manager, verb }) => OFF[manager] !== undefined && /^(?:install|in)$/.test(verb.value),
      );
      if (installs.length === 0 || !run.facts.stage.inFinalImage) continue;
      if (mayBeConfigured(facts, run, DNF_WITHOUT_WEAK)) continue;
      const hasDocsOff = mayBeConfigured(facts, run, DNF_WITHOUT_DOCS);
      for (const { command, verb, manager, packages } of installs) {
        const said = command.args.map(word => word.value).join(' ');
        // Fedora and Red Hat images are configured without documentation; only weak dependencies are worth a finding.
        if (command.args.some(isOptionVariable) || /install_weak_deps/.test(said) || packages.length === 0) continue;
        const missing = [
          ...(hasDocsOff || /nodocs/.test(said) ? [] : ['--nodocs']),
          `--setopt=install_weak_deps=${OFF[manager]}`,
        ];
        const next = command.args[command.args.indexOf(verb) + 1];
        const hasYes = hasFlag(command, 'y', '--assumeyes');
        const after = next && /^(?:-[yq]+|--assumeyes)$/.test(next.value) ? next : verb;
        const text = [...(hasYes || manager === 'dnf' ? [] : ['-y']), ...missing].join(' ');
        report(run.placed, {
          span: { start: command.span.start, end: verb.span.end },
          message: `Add ${missing.join(' ')}: weak dependencies${missing.length > 1 ? ' and documentation' : ''} make the image larger.`,
          fixes: command.editable
            ? [{ title: `Add ${text}`, safety: 'review', edits: [insertAfter(after, text)] }]
            : [],
        });
      }
    }
  },
});
