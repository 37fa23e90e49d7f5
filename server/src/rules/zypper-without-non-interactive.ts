import { addNonInteractive, reportsQuestions } from './packages/without-yes.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'zypper-without-non-interactive',
  codes: ['DL3034'],
  summary: '`zypper` without `--non-interactive` waits for a confirmation that a build cannot give.',
  rationale:
    'A build has no terminal, so the question is read from an empty input and the command gives up. Whether it asks depends on what else it has to install, so the build may work today and fail tomorrow.',
  category: 'correctness',
  severity: 'warning',
  since: '0.1.0',
  examples: {
    bad: [
      {
        code: 'FROM opensuse/leap:15.6\nRUN «zypper install» httpd && zypper clean\n',
        fixed: 'FROM opensuse/leap:15.6\nRUN zypper --non-interactive install httpd && zypper clean\n',
      },
      {
        code: 'FROM opensuse/leap:15.6\nRUN «zypper up» && zypper clean\n',
        fixed: 'FROM opensuse/leap:15.6\nRUN zypper --non-interactive up && zypper clean\n',
      },
    ],
    good: [
      { code: 'FROM opensuse/leap:15.6\nRUN zypper -n install httpd && zypper clean\n', why: 'The short flag.' },
      {
        code: 'FROM opensuse/leap:15.6\nRUN zypper install -y httpd && zypper clean\n',
        why: 'The flag of the verb does as well.',
      },
    ],
  },
  ...reportsQuestions({
    managers: ['zypper'],
    known: ({ verb }) => /^(?:install|in|remove|rm|source-install|si|patch)$/.test(verb.value),
    complaint: addNonInteractive,
  }),
});
