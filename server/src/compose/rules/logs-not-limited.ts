import { addToService, fixOf, together } from '../edits.js';
import type { Service } from '../project.js';
import { defineComposeRule } from '../rule.js';
import { canLack, imageOf, isJob } from '../service-facts.js';
import { ownServices } from '../services.js';
import { entryOf, knownText, valueAt } from '../value.js';

/** Programs that read the files of the driver json-file. */
const READS_FILES = /promtail|filebeat|alloy|vector|fluent/i;

export default defineComposeRule({
  id: 'logs-not-limited',
  codes: [],
  summary: 'Logs grow until the disk is full.',
  rationale:
    'Docker keeps what containers print in files without end, unless the daemon is set otherwise. The driver `local` keeps 100 MB of each container, compressed, and `docker logs` shows them as before. Programs that read Docker’s own files, such as Promtail, need `json-file` with `max-size`.',
  category: 'performance',
  severity: 'hint',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'services:\n  «web»:\n    image: nginx:1.29\n  app:\n    image: example/app:1\n',
        fixed:
          'services:\n  web:\n    image: nginx:1.29\n    logging:\n      driver: local\n  app:\n    image: example/app:1\n    logging:\n      driver: local\n',
      },
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    «logging: {driver: json-file}»\n',
        why: 'This driver never throws anything away by itself.',
      },
    ],
    good: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    logging: {driver: local}\n',
        why: 'It rotates by itself.',
      },
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    logging:\n      driver: json-file\n      options: {max-size: 10m, max-file: "3"}\n',
        why: 'It is limited.',
      },
    ],
  },
  check({ project, report }) {
    const lacking: Service[] = [];
    for (const service of ownServices(project)) {
      if (!canLack(service, project) || isJob(service, project)) continue;
      const logging = entryOf(service.body, 'logging');
      if (!logging) {
        lacking.push(service);
        continue;
      }
      const driver = knownText(valueAt(logging.value, 'driver'));
      const isUnlimited = driver === 'json-file' || (driver === undefined && !valueAt(logging.value, 'driver'));
      if (!isUnlimited || valueAt(logging.value, 'options', 'max-size')) continue;
      report(logging, {
        message: `The logs of “${service.name}” grow without limit. Set \`max-size\`, or use the \`local\` driver.`,
      });
    }
    // The daemon may be set to limit them all: it is said once.
    const [first] = lacking;
    if (!first || lacking.length < ownServices(project).length) return;
    const limit = READS_FILES.test(
      ownServices(project)
        .map(service => imageOf(service)?.text)
        .join(' '),
    )
      ? { driver: 'json-file', options: { 'max-size': '10m', 'max-file': '3' } }
      : { driver: 'local' };
    report(
      { source: first.entry.source, span: first.entry.keySpan },
      {
        message: 'The logs of these services grow without limit unless the daemon limits them. Set `logging`.',
        fixes: () => [
          fixOf(
            'Limit the logs',
            'review',
            together(...lacking.map(service => addToService(project, service, { logging: limit }))),
          ),
        ],
      },
    );
  },
});
