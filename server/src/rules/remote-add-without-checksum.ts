import { transferOf } from '../facts/files/transfer.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'remote-add-without-checksum',
  codes: [],
  summary: '`ADD` downloads a file without verifying it.',
  rationale:
    'Whoever controls the server, or the network on the way to it, decides what ends up in the image. With `--checksum=sha256:…` the build stops when the file is a different one, and the cache finds it without a download. Several files need one `ADD` each, as a checksum is for one file. Needs Dockerfile frontend 1.6 or newer.',
  category: 'security',
  practice: 'trusted-sources',
  severity: 'info',
  profile: 'strict',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/dockerfile/#add---checksum'],
  examples: {
    bad: [
      {
        code: 'FROM alpine:3.22\nADD «https://example.com/tool-1.2.tar.gz» /tmp/\n',
      },
      {
        code: 'FROM alpine:3.22\nARG V=1\nADD «https://example.com/t-$V.tgz» /tmp/\n',
      },
    ],
    good: [
      {
        code: 'FROM alpine:3.22\nADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://example.com/a /\n',
        why: 'Checked.',
      },
      { code: 'FROM alpine:3.22\nADD rootfs.tar.gz /\n', why: 'Comes from the build context.' },
      {
        code: 'FROM alpine:3.22\nADD https://github.com/example/app.git#v1 /src\n',
        why: 'A repository is pinned by its commit.',
      },
    ],
  },
  reading: 'own',
  instruction: { keywords: ['ADD'] },
  check({ instruction, facts, report }) {
    if (instruction.flag('checksum')) return;
    const transfer = transferOf(instruction, facts.scope);
    if (!transfer) return;
    for (const source of transfer.sources) {
      if (source.kind !== 'url') continue;
      report({
        span: source.word.span,
        message: `This download is not verified. Add --checksum=sha256: with the digest that “curl -fsSL ${source.word.text} | sha256sum” prints.`,
      });
    }
  },
});
