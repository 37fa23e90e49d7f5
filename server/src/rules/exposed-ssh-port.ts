import type { Stage } from '../facts/index.js';
import { defineRule } from './rule.js';
import { rootBase } from './support/base.js';
import { remove } from './support/edits.js';
import { removeParagraph } from './support/placing.js';
import { portsOf } from './support/ports.js';

export default defineRule({
  id: 'exposed-ssh-port',
  codes: ['DS-0004', 'CKV_DOCKER_1'],
  summary: 'The image exposes the port of SSH.',
  rationale:
    'A server for remote log-ins in a container is one more process to keep patched and one more way in. `docker exec` and `kubectl exec` open a shell without one.',
  category: 'security',
  practice: 'one-process',
  severity: 'info',
  since: '0.1.0',
  examples: {
    bad: [
      { code: 'FROM alpine:3.22\nEXPOSE 80 «22»\n', fixed: 'FROM alpine:3.22\nEXPOSE 80\n' },
      {
        code: 'FROM alpine:3.22\nRUN make\n\nEXPOSE «22»\n\nCMD ["a"]\n',
        fixed: 'FROM alpine:3.22\nRUN make\n\nCMD ["a"]\n',
      },
      { code: 'FROM alpine:3.22\nEXPOSE «22/tcp»\nCMD ["a"]\n', fixed: 'FROM alpine:3.22\nCMD ["a"]\n' },
    ],
    good: [
      { code: 'FROM alpine:3.22\nEXPOSE 2222 8022\n', why: 'Other ports.' },
      { code: 'FROM alpine:3.22\nEXPOSE 22/udp\n', why: 'SSH uses TCP.' },
      { code: 'FROM gitea/gitea:1.24\nEXPOSE 22 3000\n', why: 'Git over SSH is what it serves.' },
    ],
  },
  on: ['EXPOSE'],
  scope: 'stage',
  checkFile({ facts, report }) {
    for (const placed of facts.all('EXPOSE')) {
      const { instruction } = placed;
      if (!MAY_NAME_IT.test(instruction.text) || !facts.roleOf(placed).inFinalImage) continue;
      for (const { word, ends, protocol } of portsOf(instruction, facts.stateBefore(placed).scope)) {
        if (!covers(ends, 22) || (protocol ?? 'tcp').toLowerCase() !== 'tcp') continue;
        if (servesSsh(facts.stageOf(placed))) break;
        const only = instruction.words.length === 1;
        const edit = only ? removeParagraph(facts, placed) : remove(instruction, word);
        report(placed, {
          span: word.span,
          message: 'Leave SSH out of the image and use docker exec instead.',
          fixes: edit
            ? [
                {
                  title: 'Remove the port',
                  safety: 'manual',
                  edits: [edit],
                  effect: only ? { removes: ['EXPOSE'] } : { arguments: true },
                },
              ]
            : [],
        });
      }
    }
  },
});

/** The number, a range, or what is another text once variables are replaced and quotes are off. */
const MAY_NAME_IT = /22|[-$"'\\`]/;

function covers(ends: readonly string[], port: number): boolean {
  const first = ends[0] ?? '';
  const last = ends[1] ?? first;
  return /^\d+$/.test(first) && /^\d+$/.test(last) && Number(first) <= port && port <= Number(last);
}

/** An image whose service speaks SSH, such as one for Git or for transferring files. */
function servesSsh(stage: Stage | undefined): boolean {
  const base = rootBase(stage);
  return (
    base?.kind === 'image' && /(?:gitea|forgejo|gogs|gitlab|gerrit|sftp|sshd?)(?:[-/]|$)/.test(base.reference.path)
  );
}
