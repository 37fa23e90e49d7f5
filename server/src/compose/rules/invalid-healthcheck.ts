import { fixOf, insertFirst, replaceScalar, replaceValue } from '../edits.js';
import { defineComposeRule } from '../rule.js';
import { ownServices } from '../services.js';
import { entryOf, itemsOf, valueAt } from '../value.js';

export default defineComposeRule({
  id: 'invalid-healthcheck',
  codes: [],
  summary: 'A health check is written in a way that cannot work.',
  rationale:
    'A list begins with CMD, which starts a program without a shell, or with CMD-SHELL, which gives one text to the shell; Compose refuses all else. In a list with CMD, `||` and `|` are arguments. Times need a unit.',
  category: 'correctness',
  practice: 'healthcheck',
  severity: 'error',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    healthcheck: {«test: ["curl", "-f", "http://localhost"]»}\n',
        fixed:
          'services:\n  web:\n    image: nginx:1.29\n    healthcheck: {test: [CMD, "curl", "-f", "http://localhost"]}\n',
      },
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    healthcheck:\n      «test: ["CMD", "curl", "-f", "http://localhost", "||", "exit", "1"]»\n',
        fixed:
          'services:\n  web:\n    image: nginx:1.29\n    healthcheck:\n      test: [CMD-SHELL, "curl -f http://localhost || exit 1"]\n',
      },
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    healthcheck:\n      test: "curl -f http://localhost"\n      «interval: 30»\n',
        fixed:
          'services:\n  web:\n    image: nginx:1.29\n    healthcheck:\n      test: "curl -f http://localhost"\n      interval: 30s\n',
      },
    ],
    good: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    healthcheck: {test: "curl -f http://localhost || exit 1"}\n',
        why: 'A text runs in a shell.',
      },
    ],
  },
  check({ project, report }) {
    for (const service of ownServices(project)) {
      const check = valueAt(service.body, 'healthcheck');
      const path = ['services', service.name, 'healthcheck'];
      const test = entryOf(check, 'test');
      const [first, ...rest] = itemsOf(test?.value);
      if (test && first?.kind === 'scalar' && first.isKnown) {
        const words = [first, ...rest].filter(item => item.kind === 'scalar');
        const shell = words
          .slice(1)
          .map(({ raw }) => raw)
          .join(' ');
        const testPath = [...path, 'test'];
        if (!/^(?:CMD|CMD-SHELL|NONE)$/.test(first.text))
          report(test, {
            message: 'Compose refuses this list. Begin it with `CMD`, `CMD-SHELL` or `NONE`.',
            fixes: () => [fixOf('Add CMD', 'review', insertFirst(project, test.value, 'CMD', testPath))],
          });
        else if (first.text === 'CMD' && words.slice(1).some(({ text }) => /^(?:\|\|?|&&|;|>|>>)$/.test(text)))
          report(test, {
            message:
              'Without a shell, operators such as `||` are arguments of the program. Use `CMD-SHELL` and a single string.',
            fixes: () => [
              fixOf('Use CMD-SHELL', 'review', replaceValue(project, test.value, ['CMD-SHELL', shell], testPath)),
            ],
          });
        else if (first.text === 'CMD-SHELL' && words.length > 2)
          report(test, {
            message: '`CMD-SHELL` takes a single string. What follows it is not part of the command.',
            severity: 'warning',
            fixes: () => [
              fixOf('Join the words', 'review', replaceValue(project, test.value, ['CMD-SHELL', shell], testPath)),
            ],
          });
      }
      for (const key of ['interval', 'timeout', 'start_period', 'start_interval']) {
        const entry = entryOf(check, key);
        const value = entry?.value;
        if (!entry || value?.kind !== 'scalar' || !value.isKnown || !/^\d+$/.test(value.text) || value.text === '0')
          continue;
        report(entry, {
          message: `\`${key}\` needs a unit. Write \`${value.text}s\` for seconds.`,
          fixes: () => [
            fixOf(
              `Change to ${value.text}s`,
              'review',
              replaceScalar(project, value, `${value.text}s`, [...path, key]),
            ),
          ],
        });
      }
    }
  },
});
