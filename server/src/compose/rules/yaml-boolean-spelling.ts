import { fixOf, replaceValue } from '../edits.js';
import { defineComposeRule } from '../rule.js';
import { ownServices } from '../services.js';
import { itemsOf, scalarAt, truth, valueAt } from '../value.js';

const BOOLEANS = ['init', 'privileged', 'read_only', 'tty', 'stdin_open', 'attach', 'oom_kill_disable'];

export default defineComposeRule({
  id: 'yaml-boolean-spelling',
  codes: ['require-quotes-in-ports'],
  summary: 'A boolean uses a spelling from old YAML.',
  rationale:
    'Compose takes `yes` and `on` for true and warns of it; other programs that read the file see a text. Ports without quotes were numbers to the base of 60 in YAML 1.1.',
  category: 'style',
  severity: 'hint',
  profile: 'strict',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    init: «yes»\n',
        fixed: 'services:\n  web:\n    image: nginx:1.29\n    init: true\n',
      },
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    ports:\n      - «22:22»\n',
        fixed: 'services:\n  web:\n    image: nginx:1.29\n    ports:\n      - "22:22"\n',
      },
    ],
    good: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    environment: {DEBUG: "yes"}\n',
        why: 'A text for the program.',
      },
    ],
  },
  check({ project, report }) {
    for (const service of ownServices(project)) {
      for (const key of BOOLEANS) {
        const value = scalarAt(service.body, key);
        if (value?.quote !== 'plain' || !/^(?:yes|no|on|off|y|n)$/i.test(value.raw)) continue;
        const text = truth(value) === true ? 'true' : 'false';
        report(value, {
          message: `YAML readers disagree about \`${value.raw}\`. Write \`${text}\`.`,
          fixes: () => [
            fixOf(
              `Write ${text}`,
              'safe',
              replaceValue(project, value, truth(value) === true, ['services', service.name, key]),
            ),
          ],
        });
      }
      for (const item of itemsOf(valueAt(service.body, 'ports')))
        if (item.kind === 'scalar' && item.quote === 'plain' && /^\d{1,2}:\d{1,2}$/.test(item.raw))
          report(item, {
            message: 'Old YAML readers take this for a number in base 60. Add quotes.',
            fixes: () => [
              item.source === project.own.source && !item.isAlias
                ? fixOf('Add quotes', 'safe', {
                    edits: [{ span: item.span, text: `"${item.raw}"` }],
                    effect: { paths: [['services', service.name, 'ports']] },
                  })
                : undefined,
            ],
          });
    }
  },
});
