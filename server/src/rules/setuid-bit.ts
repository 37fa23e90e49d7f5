import { isTakenBack, modesIn } from '../facts/files/modes.js';
import { defineRule } from './rule.js';

/** Octal with the setuid bit, or a symbolic mode that sets it for the owner. A setgid folder only hands its group on. */
function setsUser(mode: string): boolean {
  if (/^[0-7]{4,5}$/.test(mode)) return (Number(mode.at(-4)) & 4) === 4;
  return mode.split(',').some(part => /^(?:[goa]*[ua][ugoa]*)?[+=][rwxX]*s/.test(part) && !/^[go]+[+=]/.test(part));
}

export default defineRule({
  id: 'setuid-bit',
  codes: [],
  summary: 'A program has the setuid bit set.',
  rationale:
    'A program with that bit runs as its owner, mostly root, whoever starts it: a bug in it gives every process of the container root. Do what needs root before USER, give the program a capability instead (`setcap cap_net_raw+ep`), and take the bit from programs that nobody needs (`find / -xdev -perm /6000 -type f -exec chmod a-s {} +`).',
  category: 'security',
  practice: 'permissions',
  severity: 'warning',
  minor: true,
  since: '0.1.0',
  examples: {
    bad: [
      { code: 'FROM debian:12\nRUN chmod «u+s» /usr/bin/tool\n' },
      { code: 'FROM debian:12\nRUN chmod «4755» /usr/bin/tool\n' },
      { code: 'FROM debian:12\nCOPY --chmod=«4755» tool /usr/bin/\nRUN install -o root -m «4755» b /usr/bin/b\n' },
    ],
    good: [
      {
        code: 'FROM debian:12\nRUN find / -xdev -perm /6000 -type f -exec chmod a-s {} +\n',
        why: 'The bit is taken away.',
      },
      {
        code: 'FROM debian:12\nRUN chmod g+s /srv/shared && chmod 0755 /run.sh\n',
        why: 'A folder hands its group on.',
      },
    ],
  },
  instruction: { keywords: ['RUN', 'COPY', 'ADD'], words: ['chmod', 'install', 'mkdir'] },
  check({ instruction, facts, onbuild, report }) {
    if (!onbuild && !facts.stage.inFinalImage) return;
    for (const mode of modesIn(instruction, facts)) {
      // On a folder, which mkdir makes, the bit says nothing.
      if (!setsUser(mode.text) || mode.command?.base === 'mkdir' || isTakenBack(mode, facts.commands)) continue;
      report({
        span: mode.span,
        message:
          'With the setuid bit, this program runs as its owner no matter who starts it. Use a capability, or do the work before USER.',
      });
    }
  },
});
