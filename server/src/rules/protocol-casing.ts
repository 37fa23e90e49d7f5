import type { Word } from '../dockerfile/index.js';
import { hasPlainPorts, portsOf } from '../facts/ports.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'protocol-casing',
  codes: ['ExposeProtoCasing'],
  summary: 'The protocol of an `EXPOSE` has upper-case letters.',
  rationale: 'Docker writes protocols in lower case everywhere, so this is what people and scripts look for.',
  category: 'style',
  severity: 'hint',
  since: '0.1.0',
  examples: {
    bad: [
      {
        code: 'FROM alpine:3.22\nEXPOSE «53/UDP» 80/tcp «81/TcP»\n',
        fixed: 'FROM alpine:3.22\nEXPOSE 53/udp 80/tcp 81/tcp\n',
      },
    ],
    good: [{ code: 'FROM alpine:3.22\nEXPOSE 53/udp 80\n', why: 'Lower case.' }],
  },
  instruction: { keywords: ['EXPOSE'] },
  check({ instruction, facts, onbuild, reading, report }) {
    if ((reading === 'buildkit' && onbuild) || hasPlainPorts(instruction)) return;
    let told: Word | undefined;
    for (const { word, protocol } of portsOf(instruction, facts.scope)) {
      if (protocol === undefined || protocol === protocol.toLowerCase() || !/^(?:tcp|udp|sctp)$/i.test(protocol))
        continue;
      if (word === told) continue;
      told = word;
      const written = instruction.text.slice(word.span.start, word.span.end);
      const start = word.span.end - protocol.length;
      const literal = written.endsWith(`/${protocol}`);
      report({
        span: word.span,
        message: `The protocol has upper-case letters. Write \`${protocol.toLowerCase()}\`.`,
        fixes: literal
          ? [
              {
                title: `Change to ${protocol.toLowerCase()}`,
                safety: 'safe',
                edits: [{ span: { start, end: word.span.end }, text: protocol.toLowerCase() }],
                effect: { arguments: true },
              },
            ]
          : [],
      });
    }
  },
});
