import { find, type InstructionFacts } from '../facts/index.js';
import type { ShellCommand } from '../shell/index.js';
import { flagValue, hasFlag } from '../shell/options.js';
import { defineRule } from './rule.js';
import { addNoLogInit } from './useradd-without-no-log-init/complaint.js';

const joinedUid = ({ args }: ShellCommand): string | undefined =>
  args.map(({ value }) => /^-u(\d+)$/.exec(value)?.[1]).find(uid => uid !== undefined);

/** The default of an ARG counts: it is what the file says. */
function expandedUid(uid: string, { scope }: InstructionFacts): string {
  const name = /^\$(?:\{(\w+)\}|(\w+))$/.exec(uid);
  return name ? (find(scope, name[1] ?? name[2] ?? '')?.value ?? '') : uid;
}

export default defineRule({
  id: 'useradd-without-no-log-init',
  codes: ['DL3046'],
  summary: '`useradd` with a high user ID and without `--no-log-init` writes a huge file.',
  rationale:
    'useradd adds an entry to /var/log/faillog and /var/log/lastlog at a place that grows with the user id. Both are sparse on disk but not in an image layer, so a six-digit id can make the layer hundreds of megabytes large (https://github.com/golang/go/issues/13548).',
  category: 'size',
  practice: 'small-images',
  severity: 'warning',
  since: '0.1.0',
  examples: {
    bad: [
      {
        code: 'FROM debian:12\nRUN «useradd -u 123456» app\n',
        fixed: 'FROM debian:12\nRUN useradd --no-log-init -u 123456 app\n',
      },
      {
        code: 'FROM debian:12\nRUN groupadd app && «useradd -m --uid=1000001» -g app app\n',
        fixed: 'FROM debian:12\nRUN groupadd app && useradd --no-log-init -m --uid=1000001 -g app app\n',
      },
      {
        code: 'FROM debian:12\nARG ID=123456\nRUN «useradd -mu $ID» app\n',
        fixed: 'FROM debian:12\nARG ID=123456\nRUN useradd --no-log-init -mu $ID app\n',
        why: 'The default of the ARG.',
      },
    ],
    good: [
      { code: 'FROM debian:12\nRUN useradd -u 10001 app\n', why: 'The id is low enough.' },
      { code: 'FROM debian:12\nRUN useradd -l -u 123456 app\n', why: 'The log is left alone.' },
      { code: 'FROM debian:12\nARG ID=1000\nRUN useradd -u $ID app\n', why: 'The id is not known.' },
    ],
  },
  command: ['useradd'],
  check(command, { facts, report }) {
    if (!command.name || hasFlag(command, 'l', '--no-log-init')) return;
    const uid = flagValue(command, 'u', '--uid') ?? joinedUid(command);
    if (uid === undefined || !/^\d{6,}$/.test(expandedUid(uid, facts))) return;
    const word = command.args.find(({ value }) => value === uid || value.endsWith(`=${uid}`) || value === `-u${uid}`);
    report(addNoLogInit(command, word));
  },
});
