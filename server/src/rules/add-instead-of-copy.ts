import { useCopy, verdictOn } from './add-instead-of-copy/use-copy.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'add-instead-of-copy',
  codes: ['DL3020', 'DS-0005', 'CKV_DOCKER_4'],
  summary: '`ADD` is used where `COPY` does the same.',
  rationale:
    '`ADD` unpacks archives, downloads URLs and clones repositories, depending on what its source turns out to be. `COPY` only copies, so a reader knows what happens. Keep `ADD` for archives and downloads.',
  category: 'maintainability',
  practice: 'copy-not-add',
  severity: 'info',
  since: '0.1.0',
  links: ['https://docs.docker.com/build/building/best-practices/#add-or-copy'],
  examples: {
    bad: [
      { code: 'FROM alpine:3.22\n«ADD» app.py /srv/\n', fixed: 'FROM alpine:3.22\nCOPY app.py /srv/\n' },
      { code: 'FROM alpine:3.22\nadd . /srv\n'.replace('add', '«add»'), fixed: 'FROM alpine:3.22\ncopy . /srv\n' },
      {
        code: 'FROM alpine:3.22\n«ADD» --chown=1000:1000 \\\n    # sources\n    src package.json \\\n    /srv/\n',
        fixed: 'FROM alpine:3.22\nCOPY --chown=1000:1000 \\\n    # sources\n    src package.json \\\n    /srv/\n',
        why: 'Flags and comments stay.',
      },
      {
        code: 'FROM alpine:3.22\nONBUILD «ADD» ["a b", "/c"]\n',
        fixed: 'FROM alpine:3.22\nONBUILD COPY ["a b", "/c"]\n',
      },
      {
        code: 'FROM alpine:3.22\nARG SRC=conf\n«ADD» $SRC/app.ini /etc/\n',
        fixed: 'FROM alpine:3.22\nARG SRC=conf\nCOPY $SRC/app.ini /etc/\n',
      },
      {
        code: 'FROM alpine:3.22\n«ADD» plugins.zip /srv/\n',
        fixed: 'FROM alpine:3.22\nCOPY plugins.zip /srv/\n',
        why: 'A zip file is never unpacked.',
      },
    ],
    good: [
      { code: 'FROM alpine:3.22\nADD rootfs.tar.zst /\n', why: 'ADD unpacks it.' },
      { code: 'FROM alpine:3.22\nADD https://example.com/key.asc /etc/\n', why: 'COPY cannot download.' },
      { code: 'FROM alpine:3.22\nADD git@github.com:example/app.git#v1 /src\n', why: 'COPY cannot clone.' },
      {
        code: 'FROM alpine:3.22\nARG SRC=https://example.com/a.tgz\nADD $SRC /opt/\n',
        why: 'The variable holds a URL.',
      },
      { code: 'FROM alpine:3.22\nADD $SRC /opt/\n', why: 'The source is not known.' },
      { code: 'FROM alpine:3.22\nADD app.py data.tar.gz /srv/\n', why: 'One of the sources is an archive.' },
      {
        code: 'FROM scratch\nADD rootfs /\n',
        why: 'The file is compressed, whatever its name.',
        files: { rootfs: 'BZh91AY&SY' },
      },
      {
        code: 'FROM alpine:3.22\nADD app-archive /srv/app\nADD build/base_tarball /\n',
        why: 'An archive is unpacked whatever its name is, and these are called one.',
      },
      { code: 'FROM alpine:3.22\nADD data/* /srv/\n', why: 'Some of the files may be archives.' },
    ],
  },
  stage: { keywords: ['ADD'] },
  check({ facts, report }) {
    for (const placed of facts.instructions) {
      const instruction = placed.instruction.trigger ?? placed.instruction;
      const verdict = instruction.keyword === 'ADD' ? verdictOn(facts, placed, instruction) : undefined;
      if (verdict && verdict !== 'keep') report(placed, useCopy(instruction, verdict));
    }
  },
});
