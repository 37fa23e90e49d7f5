import { defineRule } from './rule.js';
import { countFlag, hasFlag } from './support/commands.js';
import { insertAfter } from './support/edits.js';
import { packageActions } from './support/packages.js';

export default defineRule({
  id: 'apt-get-install-without-yes',
  codes: ['DL3014', 'DS-0021'],
  summary: '`apt-get install` without `-y` stops to ask a question nobody can answer.',
  rationale:
    'A build has no terminal, so apt-get reads end-of-file at its prompt and aborts. Whether it asks depends on what else it has to install, so the build may work today and fail tomorrow.',
  category: 'correctness',
  severity: 'warning',
  since: '0.1.0',
  examples: {
    bad: [
      {
        code: 'FROM debian:12\nRUN apt-get update && «apt-get install» curl\n',
        fixed: 'FROM debian:12\nRUN apt-get update && apt-get install -y curl\n',
      },
      {
        code: 'FROM debian:12\nRUN «apt-get --no-install-recommends install» \\\n    curl\n',
        fixed: 'FROM debian:12\nRUN apt-get --no-install-recommends install -y \\\n    curl\n',
      },
    ],
    good: [
      { code: 'FROM debian:12\nRUN apt-get install -qy curl\n', why: 'Short flags may be bundled.' },
      { code: 'FROM debian:12\nRUN echo "apt-get install curl"\n', why: 'A string is not a command.' },
    ],
  },
  on: ['RUN'],
  check({ facts, report }) {
    for (const { command, verb, manager } of packageActions(facts, 'install')) {
      if (manager !== 'apt-get' || hasFlag(command, 'y', '--yes', '--assume-yes', '-q=2')) continue;
      // Quiet level 2 implies -y (apt-get(8)).
      if (countFlag(command, 'q', '--quiet') >= 2) continue;
      report({
        span: { start: command.span.start, end: verb.span.end },
        message: 'Add -y: apt-get cannot ask for confirmation during a build.',
        fixes: command.editable ? [{ title: 'Add -y', safety: 'safe', edits: [insertAfter(verb, '-y')] }] : [],
      });
    }
  },
});
