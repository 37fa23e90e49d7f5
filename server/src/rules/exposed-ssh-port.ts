import { removeParagraph } from '../edits/placing.js';
import { remove } from '../edits/words.js';
import type { FileFacts, Stage } from '../facts/index.js';
import { packageActions } from '../facts/packages/in-run.js';
import { portsOf } from '../facts/ports.js';
import { rootBase } from '../facts/root-base.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'exposed-ssh-port',
  codes: ['DS-0004', 'CKV_DOCKER_1'],
  summary: 'The image exposes the SSH port.',
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
      {
        code: 'FROM alpine:3.22\nWORKDIR /app/gogs\nCOPY gogs .\nEXPOSE 22 3000\nENTRYPOINT ["./start.sh"]\n',
        why: 'A service for Git.',
      },
      {
        code: 'FROM alpine:3.22\nRUN apk add --no-cache openssh\nEXPOSE 22\nCMD ["/usr/sbin/sshd", "-D"]\n',
        why: 'SSH is what the image is for.',
      },
      {
        code: 'FROM alpine:3.22\nRUN apk add --no-cache openssh\nEXPOSE 22\nENTRYPOINT ["/start.sh"]\n',
        why: 'It has nothing else to offer.',
      },
    ],
  },
  stage: { keywords: ['EXPOSE'] },
  check({ facts, report }) {
    for (const placed of facts.all('EXPOSE')) {
      const { instruction } = placed;
      if (!MAY_NAME_IT.test(instruction.text) || !facts.roleOf(placed).inFinalImage) continue;
      for (const { word, ends, protocol } of portsOf(instruction, facts.stateBefore(placed).scope)) {
        if (!covers(ends, 22) || (protocol ?? 'tcp').toLowerCase() !== 'tcp') continue;
        if (servesSsh(facts, facts.stageOf(placed))) break;
        const only = instruction.words.length === 1;
        const edit = only ? removeParagraph(facts, placed) : remove(instruction, word);
        report(placed, {
          span: word.span,
          message: 'An SSH server in a container is one more service to patch. Use `docker exec` instead.',
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

/** Services that speak SSH: those for Git, for transferring files, or SSH itself. */
const SERVICE =
  /(?:^|[^a-z])(?:gitea|forgejo|gogs|gitlab|gitolite|gitblit|gerrit|soft-serve|sftp|proftpd|sshd?|dropbear)(?![a-z])/i;

/** Whether the image is there for such a service: it is built on one, starts one, or its instructions speak of one for Git. */
function servesSsh(facts: FileFacts, stage: Stage | undefined): boolean {
  if (!stage) return false;
  const base = rootBase(stage);
  if (base?.kind === 'image' && SERVICE.test(base.reference.path)) return true;
  if (isForSsh(facts, stage)) return true;
  return facts.lineage(stage).some(({ instruction: { keyword, text } }) => {
    if (keyword === 'CMD' || keyword === 'ENTRYPOINT') return SERVICE.test(text);
    return keyword !== 'EXPOSE' && GIT_SERVICE.test(text);
  });
}

/** Whether the image installs a server for SSH and exposes nothing else. */
function isForSsh(facts: FileFacts, stage: Stage): boolean {
  const lineage = facts.lineage(stage);
  const exposed = lineage.flatMap(({ instruction }) => (instruction.keyword === 'EXPOSE' ? instruction.words : []));
  return (
    exposed.length === 1 &&
    lineage.some(placed =>
      packageActions(facts.at(placed), 'install').some(({ packages }) =>
        packages.some(({ value }) => /^(?:openssh|openssh-server|dropbear)(?:[=~<>]|$)/.test(value)),
      ),
    )
  );
}

const GIT_SERVICE = /(?:^|[^a-z])(?:gitea|forgejo|gogs|gitlab[-_]shell|gitolite|gitblit|gerrit|soft-serve)(?![a-z])/i;
