import type { Placed } from '../dockerfile/index.js';
import { replace } from '../edits/words.js';
import { isTakenBack, type Mode, modesIn } from '../facts/files/modes.js';
import { InstructionFacts } from '../facts/index.js';
import { defineRule, type Report, type RuleFix } from './rule.js';

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
  summary: 'Files are writable by every user.',
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
      {
        code: 'FROM debian:12\n# For docker run --user with any id.\nRUN mkdir /home/app && chmod «777» /home/app\n',
        why: 'Nobody knows the user; only a hint.',
      },
      { code: 'FROM debian:12\nCOPY --chmod=«0777» run.sh /\n', fixed: 'FROM debian:12\nCOPY --chmod=0775 run.sh /\n' },
    ],
    good: [
      {
        code: 'FROM debian:12\nRUN mkdir /w && chmod 777 /w && make -C /w && rm -rf /w && chmod 666 /dev/null\n',
        why: 'The folder is removed again, and a device is not a file of the image.',
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
  stage: { keywords: ['RUN', 'COPY', 'ADD'], words: ['chmod', 'install', 'mkdir'] },
  check({ facts, report }) {
    for (const placed of facts.instructions) {
      const { instruction } = placed;
      const target = instruction.trigger ?? instruction;
      if (!KEYWORDS.includes(target.keyword)) continue;
      const isTrigger = target !== instruction;
      if (!isTrigger && !facts.roleOf(placed).inFinalImage) continue;
      const own = isTrigger
        ? new InstructionFacts(target, facts.stateBefore(placed), facts.roleOf(placed))
        : facts.at(placed);
      const modes = modesIn(target, own).filter(
        mode => letsEveryoneWrite(mode.text) && !isDevice(mode) && !isTakenBack(mode, own.commands),
      );
      for (const mode of modes) report(placed, complaint(mode, isForAnyUser(placed)));
    }
  },
});

const KEYWORDS = ['RUN', 'COPY', 'ADD'];

function complaint(mode: Mode, forAnyUser: boolean): Report {
  const { text, span, files, editable } = mode;
  const shared = isForAll(mode);
  const to = shared ? '1777' : narrower(text);
  const fixes: RuleFix[] =
    to !== undefined && editable
      ? [
          {
            title: `Use ${to}`,
            safety: 'manual',
            effect: { commands: 'words', flags: true },
            edits: [replace(span, to)],
          },
        ]
      : [];
  if (shared) {
    const message = `Mode ${text} lets every user delete files of others here. Use 1777, as is usual for this folder.`;
    return { span, message, fixes };
  }
  if (forAnyUser) {
    const message = `Mode ${text} lets every user change these files. Whatever its user id, a container is in group 0: chgrp -R 0 and chmod -R g=u are enough.`;
    return { span, message, minor: true, fixes: [] };
  }
  return {
    span,
    message: `Mode ${text} lets every user change these files. Give them to the user that needs them instead.`,
    minor: files.length > 0 && files.every(isShared),
    fixes,
  };
}

/** A comment about users that are not known when the image is built, as in OpenShift or with `docker run --user`. */
const ANY_USER =
  /\b(?:any|arbitrary|random|different|other|unknown|whatever|every|all|custom)\s+(?:\w+\s+)?(?:u?ids?|gids?|users?|user ?ids?)\b|openshift|--user\b|\brootless\b/i;

const isForAnyUser = ({ leading, instruction }: Placed): boolean =>
  [...leading, ...instruction.comments].some(({ text }) => ANY_USER.test(text));
