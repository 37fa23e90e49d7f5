import type { Word } from '../dockerfile/index.js';
import { hasPlainPorts, portsOf } from '../facts/ports.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'invalid-port',
  codes: ['DL3011', 'DS-0008'],
  summary: '`EXPOSE` has an argument that is not a port.',
  rationale: 'Ports go from 0 to 65535, and the protocols are tcp, udp and sctp. The build stops at anything else.',
  category: 'correctness',
  severity: 'error',
  since: '0.1.0',
  examples: {
    bad: [
      { code: 'FROM alpine:3.22\nEXPOSE 80 «80000»\n' },
      { code: 'FROM alpine:3.22\nEXPOSE «8000-70000/udp»\n' },
      { code: 'FROM alpine:3.22\nARG P=99999\nEXPOSE «$P»\n', why: 'The default of an ARG.' },
      { code: 'FROM alpine:3.22\nEXPOSE «80,» 443\n', fixed: 'FROM alpine:3.22\nEXPOSE 80 443\n' },
      { code: 'FROM alpine:3.22\nEXPOSE «http» «9000-8000»\n' },
      { code: 'FROM alpine:3.22\nEXPOSE «80/http»\n', why: 'No protocol of the transport layer.' },
      { code: 'FROM alpine:3.22\nENV PORTS="80 443"\nEXPOSE «"$PORTS"»\n', why: 'In quotes the list is one word.' },
      { code: 'FROM alpine:3.22\nENV PORTS="80 99999"\nEXPOSE «$PORTS»\n', why: 'One port of the list.' },
    ],
    good: [
      { code: 'FROM alpine:3.22\nEXPOSE 80 443/tcp 53/UDP 9000-9010\n', why: 'All are ports.' },
      { code: 'FROM alpine:3.22\nEXPOSE $PORT\n', why: 'Not known.' },
      {
        code: 'ARG MORE="9000 9001/udp"\nFROM alpine:3.22\nENV PORTS="80 443/tcp"\nARG MORE\nEXPOSE $PORTS ${MORE:-81} ${OTHER:-82}/udp\n',
        why: 'The value of a variable outside quotes may be a list.',
      },
      { code: 'FROM alpine:3.22\nENV PORTS="80 443"\nONBUILD EXPOSE $PORTS\n', why: 'A list in a trigger.' },
      { code: 'FROM alpine:3.22\nEXPOSE 80/ +81 "" 082\n', why: 'Docker reads these as ports, or as nothing.' },
    ],
  },
  instruction: { keywords: ['EXPOSE'] },
  check({ instruction, facts, report }) {
    if (hasPlainPorts(instruction)) return;
    // What a comment after the ports says is trailing-comment’s.
    const note = instruction.words.find(word => word.text.startsWith('#'));
    let told: Word | undefined;
    for (const { word, text, ends, protocol } of portsOf(instruction, facts.scope)) {
      if (note && word.span.start >= note.span.start) break;
      if (word === told) continue;
      const isRefused = !isPortOrRange(ends) || (protocol !== undefined && !TRANSPORT.test(protocol));
      if (!isRefused) continue;
      told = word;
      if (ends.some(end => NUMBER.test(end) && Number(end) > 65535)) report({ span: word.span, message: RANGE });
      else if (isPortOrRange(ends)) {
        report({
          span: word.span,
          message: `EXPOSE accepts only tcp, udp and sctp, not “${protocol}”.`,
          codes: [],
        });
      } else {
        const number = /^(\d+)[,;]$/.exec(word.text)?.[1];
        report({
          span: word.span,
          message: `“${text}” is not a port number, so the build fails. Separate ports with spaces.`,
          codes: [],
          fixes:
            number === undefined || /^\$|["']/.test(instruction.text.slice(word.span.start, word.span.end))
              ? []
              : [
                  {
                    title: `Change to ${number}`,
                    safety: 'safe',
                    edits: [{ span: word.span, text: number }],
                    effect: { arguments: true },
                  },
                ],
        });
      }
    }
  },
});

/** A number, or two with the lower one first. */
function isPortOrRange(ends: readonly string[]): boolean {
  const [first = '', last = first] = ends;
  const fits = (end: string): boolean => NUMBER.test(end) && Number(end) <= 65535;
  return ends.length <= 2 && fits(first) && fits(last) && Number(first) <= Number(last);
}

/** Go reads a sign, too. */
const NUMBER = /^\+?\d+$/;
const TRANSPORT = /^(?:tcp|udp|sctp)$/i;
const RANGE = 'The port is out of range, so the build fails. Use a port from 0 to 65535.';
