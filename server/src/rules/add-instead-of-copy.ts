import { archiveKind, type ContextSnapshot, contextEntry } from '../context/index.js';
import type { Instruction, Placed } from '../dockerfile/index.js';
import {
  baseName,
  isHadolintArchive,
  likeCased,
  looksLikeArchive,
  type Source,
  transferOf,
  unquoted,
} from '../facts/files/transfer.js';
import type { FileFacts } from '../facts/index.js';
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
  check({ facts, reading, report }) {
    for (const placed of facts.instructions) {
      // hadolint does not look into ONBUILD.
      const instruction =
        reading === 'hadolint' ? placed.instruction : (placed.instruction.trigger ?? placed.instruction);
      if (instruction.keyword !== 'ADD') continue;
      const special = instruction.flags.some(flag => SPECIAL.has(flag.name));
      if (reading === 'hadolint' ? !isPlainForHadolint(instruction) : special) continue;
      const transfer = transferOf(instruction, facts.stateBefore(placed).scope);
      if (!transfer) continue;
      const context = instruction === placed.instruction ? facts.context : undefined;
      const verdicts = transfer.sources.map(source => verdict(source, context));
      const isSure = !verdicts.includes('review') && !looksUnpacked(facts, placed, transfer.path);
      if (reading !== 'hadolint' && verdicts.includes('keep')) continue;
      const text = likeCased(instruction.rawKeyword, 'COPY');
      report(placed, {
        span: instruction.keywordSpan,
        message: 'Use COPY: nothing here needs to be unpacked or downloaded.',
        fixes:
          special || verdicts.includes('keep')
            ? []
            : [
                {
                  title: `Change ${instruction.rawKeyword} to ${text}`,
                  safety: isSure ? 'safe' : 'review',
                  edits: [{ span: instruction.keywordSpan, text }],
                  effect: { renames: { ADD: 'COPY' } },
                },
              ],
      });
    }
  },
});

/** `mistral-base-archive`, `rootfs`, `app_tarball`: most likely tar files without an ending. */
const ARCHIVE_WITHOUT_ENDING =
  /^[^.]*(?:archive|tarball|bundle|rootfs|snapshot|backup|(?:^|[-_])(?:tar|tgz|layer|image))(?![a-z])[^.]*$/i;

/** Flags that only ADD has. */
const SPECIAL = new Set(['checksum', 'keep-git-dir', 'unpack']);

function isPlainForHadolint({ words }: Instruction): boolean {
  const sources = words.slice(0, -1).map(word => unquoted(word.text));
  return sources.some(source => !isHadolintArchive(source) && !/^https?:\/\//.test(source));
}

/** Whether a later RUN looks for several files where the source comes to lie: it may be an archive without an ending. */
const looksUnpacked = (facts: FileFacts, placed: Placed, path: string): boolean =>
  path.length > 1 &&
  (facts.stageOf(placed)?.instructions ?? []).some(
    ({ index, instruction }) =>
      index > placed.index &&
      instruction.keyword === 'RUN' &&
      instruction.text.includes(`${path.replace(/\/+$/, '')}/*`),
  );

/** Whether COPY does the same with a source: for certain, probably, or not. */
function verdict(
  { text, certainty, kind, glob }: Source,
  context: ContextSnapshot | undefined,
): 'safe' | 'review' | 'keep' {
  if (kind === 'heredoc') return 'safe';
  if (kind !== 'local' || certainty === 'unknown' || looksLikeArchive(text)) return 'keep';
  if (glob) {
    // What `*` matches may be an archive; `*.conf` says what it is.
    const ending = /\.[A-Za-z0-9]+$/.exec(text)?.[0];
    return ending === undefined || looksLikeArchive(`x${ending}`) ? 'keep' : 'review';
  }
  const entry = context && contextEntry(context, text);
  // ADD looks at what is in the file, not at its name.
  if (entry?.head && archiveKind(text, entry.head) !== 'plain') return 'keep';
  // Docker unpacks an archive whatever its name is, and nobody can look into this one.
  if (!entry && ARCHIVE_WITHOUT_ENDING.test(baseName(text))) return 'keep';
  return certainty === 'default' ? 'review' : 'safe';
}
