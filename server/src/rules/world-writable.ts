import { replace } from '../edits/words.js';
import { isTakenBack, type Mode, modesIn } from '../facts/files/modes.js';
import { defineRule, type RuleFix } from './rule.js';

/** A mode that lets everyone write: octal without the sticky bit, or symbolic. */
function letsEveryoneWrite(mode: string): boolean {
  if (/^[0-7]{3,5}$/.test(mode)) {
    const sticky = mode.length > 3 && (Number(mode.at(-4)) & 1) === 1;
    return !sticky && (Number(mode.at(-1)) & 2) === 2;
  }
  return mode.split(',').some(part => /^[ug]*[oa][ugoa]*[+=][rxXst]*w/.test(part)) && !/t/.test(mode);
}

const narrower = (mode: string): string | undefined =>
  /^[0-7]{3,5}$/.test(mode) ? mode.slice(0, -1) + (Number(mode.at(-1)) & 5) : undefined;

/** Devices, sockets and the streams of the process are no files of the image. */
const isDevice = ({ files }: Mode): boolean =>
  files.length > 0 && files.every(({ value }) => /^\/(?:dev|proc|sys)\//.test(value));

/** Folders that programs of any user write to: logs, sockets, caches, and Go's, as in the official image. */
const isShared = ({ value }: { readonly value: string }): boolean =>
  /^\/(?:var\/)?(?:run|tmp)\/|^\/var\/lock\b|\/logs?(?:\/|$)|cache|^"?\$\{?GOPATH\}?"?(?:\/|$)|^\/go(?:\/|$)/i.test(
    value,
  );

/** Folders that everyone shares, where the sticky bit keeps users from each other's files. */
const isForAll = ({ files }: Mode): boolean =>
  files.length > 0 && files.every(({ value }) => /^\/(?:var\/)?tmp\/?$|^\/dev\/shm\/?$/.test(value));

export default defineRule({
  id: 'world-writable',
  codes: [],
  summary: 'Files get permissions that let every user change them.',
  rationale:
    'With `chmod 777` any process in the container, under whatever user, can replace programs and configuration. Give the files to the user that has to write them (`COPY --chown`, `chown`), or to a group, and keep others out; a shared folder such as /tmp needs the sticky bit (1777).',
  category: 'security',
  practice: 'permissions',
  severity: 'warning',
  since: '0.1.0',
  examples: {
    bad: [
      {
        code: 'FROM debian:12\nRUN mkdir /data && chmod -R «777» /data\n',
        fixed: 'FROM debian:12\nRUN mkdir /data && chmod -R 775 /data\n',
      },
      { code: 'FROM debian:12\nRUN chmod «a+rwx» /data\n' },
      {
        code: 'FROM debian:12\nRUN find /data -type d -exec chmod «777» {} +\n',
        fixed: 'FROM debian:12\nRUN find /data -type d -exec chmod 775 {} +\n',
        why: 'Whoever runs chmod.',
      },
      {
        code: 'FROM debian:12\nRUN install -dm«0777» /cache\n',
        fixed: 'FROM debian:12\nRUN install -dm0775 /cache\n',
        why: 'Other commands set modes too.',
      },
      {
        code: 'FROM debian:12\nRUN chmod «777» /tmp\n',
        fixed: 'FROM debian:12\nRUN chmod 1777 /tmp\n',
        why: 'Everyone may write there, but not delete the files of others.',
      },
      { code: 'FROM debian:12\nCOPY --chmod=«0777» run.sh /\n', fixed: 'FROM debian:12\nCOPY --chmod=0775 run.sh /\n' },
    ],
    good: [
      {
        code: 'FROM debian:12\nRUN mkdir /w && chmod 777 /w && make -C /w && rm -rf /w && chmod 666 /dev/null\n',
        why: 'The folder is removed again, and a device is no file of the image.',
      },
      {
        code: 'FROM debian:12\nRUN chmod 755 /run.sh && chmod 1777 /tmp\n',
        why: 'Others may not write, or the sticky bit is set.',
      },
      {
        code: 'FROM debian:12\nRUN chmod -R o-w,g+w /data && chmod +x /run.sh\n',
        why: 'Others get no right to write.',
      },
    ],
  },
  on: ['RUN', 'COPY', 'ADD'],
  mentions: ['chmod', 'install', 'mkdir'],
  check({ instruction, facts, onbuild, report }) {
    if (!onbuild && !facts.stage.inFinalImage) return;
    for (const mode of modesIn(instruction, facts)) {
      if (!letsEveryoneWrite(mode.text) || isDevice(mode) || isTakenBack(mode, facts.commands)) continue;
      const shared = isForAll(mode);
      const to = shared ? '1777' : narrower(mode.text);
      const fixes: RuleFix[] =
        to !== undefined && mode.editable
          ? [
              {
                title: `Use ${to}`,
                safety: 'manual',
                effect: { commands: 'words', flags: true },
                edits: [replace(mode.span, to)],
              },
            ]
          : [];
      report({
        span: mode.span,
        message: shared
          ? `Mode ${mode.text} lets every user delete the files of others here. Use 1777, as is usual for this folder.`
          : `Mode ${mode.text} lets every user change these files: give them to the user that needs them instead.`,
        minor: mode.files.length > 0 && mode.files.every(isShared),
        fixes,
      });
    }
  },
});
