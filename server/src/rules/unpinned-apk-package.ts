import { packageActions } from '../facts/packages/in-run.js';
import { hadolintCommands, hadolintOperands, hasWord } from '../hadolint/commands.js';
import { certainPackages, unpinnedReport } from './packages/pins.js';
import { defineRule } from './rule.js';

const VERBS = ['add'];
const VALUE_FLAGS = ['t', 'virtual', 'X', 'repository'];

/** A constraint, a file, a conflict (`!pyc`), or a virtual package (`.build-deps`). */
const isPinned = (name: string): boolean => hasConstraint(name) || /^[!.]/.test(name);
const hasConstraint = (name: string): boolean => /[=~<>]/.test(name) || name.endsWith('.apk');

export default defineRule({
  id: 'unpinned-apk-package',
  codes: ['DL3018'],
  summary: '`apk add` takes whatever version of a package the repository has that day.',
  rationale:
    'The same line installs something else each time it is built, so a build that worked may break or change behaviour. Exact pins have a price: mirrors drop old versions, and the build then fails until the pin is raised. A pinned base image with a lock file is the usual alternative.',
  category: 'reproducibility',
  practice: 'precise-versions',
  severity: 'info',
  profile: 'strict',
  since: '0.1.0',
  examples: {
    bad: [{ code: 'FROM alpine:3.22\nRUN apk add --no-cache «curl» git~2.49\n' }],
    good: [
      {
        code: 'FROM alpine:3.22\nRUN apk add --no-cache --virtual .deps -X https://example.org/edge gcc=14.2.0-r6\n',
        why: 'Names of virtual packages and repositories are no packages.',
      },
      { code: 'FROM alpine:3.22\nRUN apk add --no-cache !pyc ./glibc.apk\n', why: 'A conflict, and a file.' },
    ],
  },
  on: ['RUN'],
  mentions: ['apk'],
  check({ facts, reading, report }) {
    const operands =
      reading === 'hadolint'
        ? hadolintCommands(facts, 'apk')
            .filter(command => hasWord(command, ...VERBS))
            .map(command => hadolintOperands(command, { verbs: VERBS, valueFlags: VALUE_FLAGS }))
        : packageActions(facts, 'install')
            .filter(action => action.manager === 'apk' && VERBS.includes(action.verb.value))
            .map(certainPackages);
    for (const words of operands) {
      const found = unpinnedReport(
        words.filter(word => !(reading === 'hadolint' ? hasConstraint(word.value) : isPinned(word.value))),
        'name=version or name~1.2',
      );
      if (found) report(found);
    }
  },
});
