import type { Word } from '../dockerfile/index.js';
import { hasPlainPorts, portsOf } from '../facts/ports.js';
import { hostProblem } from './exposed-host-port/host-address.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'exposed-host-port',
  codes: ['ExposeInvalidFormat'],
  summary: '`EXPOSE` names a host address or a host port.',
  rationale:
    'An image cannot say where on the host its ports appear; only `docker run --publish` can. Docker ignores that part, so what is here promises something that does not happen.',
  category: 'correctness',
  practice: 'clarity',
  severity: 'warning',
  since: '0.1.0',
  examples: {
    bad: [
      { code: 'FROM alpine:3.22\nEXPOSE «8080:80» 443\n', fixed: 'FROM alpine:3.22\nEXPOSE 80 443\n' },
      {
        code: 'FROM alpine:3.22\nEXPOSE «127.0.0.1:80:80/udp» «[::1]:8080:8080»\n',
        fixed: 'FROM alpine:3.22\nEXPOSE 80/udp 8080\n',
      },
      {
        code: 'FROM alpine:3.22\nEXPOSE «300.1.1.1:80:80»\n',
        fixed: 'FROM alpine:3.22\nEXPOSE 80\n',
        why: 'Not an address, so the build stops.',
      },
    ],
    good: [{ code: 'FROM alpine:3.22\nEXPOSE 80 443/tcp\n', why: 'Ports of the container.' }],
  },
  instruction: { keywords: ['EXPOSE'] },
  check({ instruction, facts, onbuild, reading, report }) {
    if ((reading === 'buildkit' && onbuild) || hasPlainPorts(instruction)) return;
    let told: Word | undefined;
    for (const { word, host, ends } of portsOf(instruction, facts.scope)) {
      if (host === '' || word === told) continue;
      told = word;
      const literal =
        instruction.text.slice(word.span.start, word.span.end) === word.text && word.text.startsWith(host);
      const valid = ends.every(end => /^\d+$/.test(end));
      const refused = hostProblem(host, ends);
      report({
        span: word.span,
        ...(refused ? { severity: 'error' as const } : {}),
        message: refused
          ? `${refused} The build fails. Name only the container port.`
          : 'EXPOSE cannot set the host port. Name only the container port.',
        fixes:
          literal && valid
            ? [
                {
                  title: `Change to ${word.text.slice(host.length)}`,
                  safety: 'safe',
                  edits: [{ span: { start: word.span.start, end: word.span.start + host.length }, text: '' }],
                  effect: { arguments: true },
                },
              ]
            : [],
      });
    }
  },
});
