import { DNF_ASSUMES_YES, mayBeConfigured } from '../facts/packages/configured.js';
import { answersItself, type PackageAction, packageActions } from '../facts/packages/in-run.js';
import { runsOf } from '../facts/runs.js';
import { hadolintCommands, hadolintHasFlag, wordAt } from '../hadolint/commands.js';
import type { ShellWord } from '../shell/index.js';
import { addYes, rpmSaysYes } from './packages/assume-yes.js';
import { defineRule } from './rule.js';

/** hadolint's reading covers these; others ask just the same. */
const KNOWN = ['install', 'groupinstall', 'localinstall'];
const MANAGERS = ['dnf', 'microdnf', 'tdnf'];

/** Verbs with a verb of their own: `dnf module enable nodejs:22` asks as well. */
const OUTER = /^(?:group|groups|module|copr|swap)$/;
const INNER = /^(?:install|enable|disable|reset|remove|upgrade|update|switch-to)$/;

/** The last word of what to do, for a command that asks before it does it. */
function question({ kind, verb, packages }: PackageAction): ShellWord | undefined {
  if (kind === 'install' || kind === 'upgrade' || kind === 'remove' || verb.value === 'swap') return verb;
  const [inner] = packages;
  return OUTER.test(verb.value) && inner && INNER.test(inner.value) ? inner : undefined;
}

export default defineRule({
  id: 'dnf-install-without-yes',
  codes: ['DL3038'],
  summary: '`dnf install` without `-y` stops to ask a question nobody can answer.',
  rationale:
    'A build has no terminal, so the question is read from an empty input and the command gives up. Whether it asks depends on what else it has to install, so the build may work today and fail tomorrow.',
  category: 'correctness',
  severity: 'warning',
  since: '0.1.0',
  examples: {
    bad: [
      {
        code: 'FROM fedora:42\nRUN «dnf install» httpd && dnf clean all\n',
        fixed: 'FROM fedora:42\nRUN dnf install -y httpd && dnf clean all\n',
      },
      {
        code: 'FROM rockylinux:9\nRUN «dnf module enable» nodejs:22 && dnf install -y nodejs\n',
        fixed: 'FROM rockylinux:9\nRUN dnf module enable -y nodejs:22 && dnf install -y nodejs\n',
        why: 'Enabling a module asks too.',
      },
    ],
    good: [
      {
        code: 'FROM fedora:42\nRUN dnf -y install httpd && dnf clean all\n',
        why: 'The flag may stand before the verb.',
      },
      {
        code: 'FROM registry.access.redhat.com/ubi9/ubi-minimal:9.4\nRUN microdnf install tar && microdnf clean all\n',
        why: 'microdnf does not ask.',
      },
      {
        code: 'FROM fedora:42\nRUN echo assumeyes=True >> /etc/dnf/dnf.conf && dnf install httpd && dnf clean all\n',
        why: 'It is configured.',
      },
    ],
  },
  mentions: ['dnf', 'microdnf', 'tdnf'],
  scope: 'stage',
  checkFile({ facts, reading, report }) {
    for (const run of runsOf(facts)) {
      if (reading === 'hadolint') {
        for (const command of hadolintCommands(run.facts, 'dnf', 'microdnf')) {
          const verb = wordAt(command, ...KNOWN);
          if (verb && !hadolintHasFlag(command, 'y', 'assumeyes')) report(run.placed, addYes(command, verb));
        }
        continue;
      }
      for (const action of packageActions(run.facts)) {
        const { command, verb, manager } = action;
        const last = question(action);
        if (!last || !MANAGERS.includes(manager) || rpmSaysYes(command)) continue;
        const known = manager !== 'tdnf' && KNOWN.includes(verb.value);
        if (manager === 'microdnf' || answersItself(action) || mayBeConfigured(facts, run, DNF_ASSUMES_YES)) continue;
        report(run.placed, { ...addYes(command, last), ...(known ? {} : { codes: [] }) });
      }
    }
  },
});
