import { defineRule, type FixSafety } from './rule.js';
import { isHadolintArchive, likeCased, looksLikeArchive, type Source, transferOf, unquoted } from './support/transfer.js';

export default defineRule({
  id: 'add-instead-of-copy',
  codes: ['DL3020', 'DS-0005', 'CKV_DOCKER_4'],
  summary: '`ADD` is used where `COPY` does the same.',
  rationale:
    '`ADD` unpacks archives, downloads URLs and clones repositories, depending on what its source turns out to be. `COPY` only copies, so a reader knows what happens. Keep `ADD` for archives and downloads.',
  category: 'maintainability',
  practice: 'copy-not-add',
  severity: 'warning',
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
      { code: 'FROM alpine:3.22\nONBUILD «ADD» ["a b", "/c"]\n', fixed: 'FROM alpine:3.22\nONBUILD COPY ["a b", "/c"]\n' },
      { code: 'FROM alpine:3.22\nARG SRC=conf\n«ADD» $SRC/app.ini /etc/\n', fixed: 'FROM alpine:3.22\nARG SRC=conf\nCOPY $SRC/app.ini /etc/\n' },
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
      { code: 'FROM alpine:3.22\nARG SRC=https://example.com/a.tgz\nADD $SRC /opt/\n', why: 'The variable holds a URL.' },
      { code: 'FROM alpine:3.22\nADD $SRC /opt/\n', why: 'The source is not known.' },
      { code: 'FROM alpine:3.22\nADD app.py data.tar.gz /srv/\n', why: 'One of the sources is an archive.' },
    ],
  },
  on: ['ADD'],
  check({ instruction, facts, onbuild, reading, report }) {
    if (reading === 'hadolint') {
      if (onbuild) return;
      const sources = instruction.words.slice(0, -1).map(word => unquoted(word.text));
      if (!sources.some(source => !isHadolintArchive(source) && !/^https?:\/\//.test(source))) return;
    } else if (instruction.flags.some(flag => SPECIAL.has(flag.name))) return;
    const transfer = transferOf(instruction, facts.scope);
    if (!transfer) return;
    const verdicts = transfer.sources.map(verdict);
    if (reading !== 'hadolint' && verdicts.includes('keep')) return;
    const editable = !verdicts.includes('keep') && !instruction.flags.some(flag => SPECIAL.has(flag.name));
    const safety = verdicts.includes('manual') ? 'manual' : verdicts.includes('review') ? 'review' : 'safe';
    const text = likeCased(instruction.rawKeyword, 'COPY');
    report({
      span: instruction.keywordSpan,
      message: 'Use COPY: nothing here needs to be unpacked or downloaded.',
      fixes: editable
        ? [
            {
              title: `Change ${instruction.rawKeyword} to ${text}`,
              safety,
              edits: [{ span: instruction.keywordSpan, text }],
              effect: { renames: { ADD: 'COPY' } },
            },
          ]
        : [],
    });
  },
});

/** Flags that only ADD has. */
const SPECIAL = new Set(['checksum', 'keep-git-dir', 'unpack']);

function verdict({ text, certainty, kind, glob }: Source): FixSafety | 'keep' {
  if (kind === 'heredoc') return 'safe';
  if (kind !== 'local' || certainty === 'unknown' || looksLikeArchive(text)) return 'keep';
  if (!glob) return certainty === 'default' ? 'review' : 'safe';
  // What `*` matches may be an archive; `*.conf` says what it is.
  const ending = /\.[A-Za-z0-9]+$/.exec(text)?.[0];
  if (ending === undefined) return 'keep';
  return looksLikeArchive(`x${ending}`) ? 'keep' : 'review';
}
