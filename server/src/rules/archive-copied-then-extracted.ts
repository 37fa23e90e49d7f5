import type { Placed } from '../dockerfile/index.js';
import { baseName, cleanPath, isAbsolutePath, transferOf, unquoted } from '../facts/files/transfer.js';
import type { FileFacts } from '../facts/index.js';
import type { ShellWord } from '../shell/index.js';
import type { Span } from '../text/span.js';
import { staysInLayer, unpacks } from './archive-copied-then-extracted/complaint.js';
import { unpackedByAdd } from './archive-copied-then-extracted/unpacked-by-add.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'archive-copied-then-extracted',
  codes: ['DL3010'],
  summary: 'An archive is copied into the image and unpacked by a later `RUN`.',
  rationale:
    'The archive stays in its layer although it is no longer needed. `ADD` unpacks tar archives on the way in, and `RUN --mount=type=bind` lets a command read one that is never stored.',
  category: 'size',
  practice: 'small-images',
  severity: 'info',
  since: '0.1.0',
  examples: {
    bad: [
      {
        code: 'FROM alpine:3.22\nCOPY «app.tar.gz» /tmp/\nRUN tar -xzf /tmp/app.tar.gz -C /srv\n',
        fixed: 'FROM alpine:3.22\nADD app.tar.gz /srv/\n',
      },
      {
        code: 'FROM debian:13\nWORKDIR /opt\nCOPY dist/app.tgz «app.tgz»\n# Unpack it.\nRUN mkdir -p app && tar --extract --file app.tgz --directory=/opt/app \\\n    && rm app.tgz\nCMD ["/opt/app/run"]\n',
        fixed: 'FROM debian:13\nWORKDIR /opt\nADD dist/app.tgz /opt/app/\n# Unpack it.\nCMD ["/opt/app/run"]\n',
      },
      {
        code: 'FROM alpine:3.22\nCOPY --chown=app «app.tgz» /srv/\nRUN tar xf /srv/app.tgz -C /srv\n',
        why: 'Whose the files are is not the same with ADD.',
      },
      {
        code: 'FROM alpine:3.22\nCOPY dist/app.tar «/tmp/x.tar»\nWORKDIR /tmp\nRUN cd / && tar xf /tmp/x.tar\n',
        why: 'The command does more than to unpack, so it cannot go.',
      },
      {
        code: 'FROM alpine:3.22\nCOPY «app.tar.gz» /tmp/\nRUN tar -xzf /tmp/app.tar.gz -C /srv --strip-components=1\n',
        why: '`ADD` cannot leave out the first folder.',
      },
      {
        code: 'FROM alpine:3.22\nARG V=1\nCOPY «app-${V}.tar.zst» /tmp/\nRUN tar -C /opt --extract --file=/tmp/app-${V}.tar.zst\n',
        why: 'The name has a variable.',
      },
    ],
    good: [
      {
        code: 'FROM postgres:18\nCOPY dump.sql.gz /tmp/\nRUN gunzip /tmp/dump.sql.gz\n',
        why: 'ADD unpacks no single file.',
      },
      {
        code: 'FROM alpine:3.22\nCOPY a.tar.gz /dist/\nRUN wget -qP /tmp https://example.com/a.tar.gz && tar xf /tmp/a.tar.gz\n',
        why: 'Another archive of the same name.',
      },
      {
        code: 'FROM alpine:3.22 AS b\nFROM alpine:3.22\nCOPY --from=b /app.tar.gz /tmp/\nRUN tar xzf /tmp/app.tar.gz\n',
        why: 'ADD cannot read another stage.',
      },
      { code: 'FROM alpine:3.22\nCOPY app.tar.gz /tmp/\nRUN sha256sum /tmp/app.tar.gz\n', why: 'It is not unpacked.' },
      { code: 'FROM alpine:3.22\nCOPY app.zip /tmp/\nRUN unzip /tmp/app.zip\n', why: 'ADD does not unpack zip files.' },
      {
        code: 'FROM alpine:3.22 AS b\nCOPY app.tar.gz /tmp/\nRUN tar xzf /tmp/app.tar.gz\nFROM scratch\nCOPY --from=b /app /app\n',
        why: 'The builder is thrown away.',
      },
    ],
  },
  stage: {
    keywords: ['COPY'],
    words: ['tar', 'bsdtar', 'unzip', 'gunzip', 'bunzip2', 'unlzma', 'unxz', 'zgz', 'uncompress', 'zcat', 'gzcat'],
  },
  check({ facts, report }) {
    for (const { inFinalImage, instructions } of facts.stages) {
      if (!inFinalImage) continue;
      for (const placed of instructions) {
        if (placed.instruction.keyword !== 'COPY' || placed.instruction.flag('from')) continue;
        const archive = archiveOf(facts, placed);
        if (!archive) continue;
        const later = instructions.filter(other => other.index > placed.index && other.instruction.keyword === 'RUN');
        const means = meansIt(archive);
        if (!later.some(run => facts.at(run).commands.some(one => unpacks(one) && one.args.some(means)))) continue;
        const fix = unpackedByAdd(facts, placed);
        report(placed, staysInLayer(archive, fix ? [fix] : []));
      }
    }
  },
});

interface Archive {
  readonly name: string;
  /** As written, variables and all. */
  readonly written: string;
  readonly span: Span;
  /** Where it comes to lie: a file or the directory; undefined when not known or relative. */
  readonly target: string | undefined;
}

function archiveOf(facts: FileFacts, placed: Placed): Archive | undefined {
  const transfer = transferOf(placed.instruction, facts.stateBefore(placed).scope);
  if (!transfer) return undefined;
  const isArchive = ({ text }: { readonly text: string }): boolean => UNPACKED_BY_ADD.test(unquoted(text));
  const target = { word: transfer.target, text: transfer.path };
  const archive = isArchive(target) ? target : transfer.sources.find(isArchive);
  if (!archive) return undefined;
  const { word, text } = archive;
  const isPlace = transfer.pathCertainty !== 'unknown' && isAbsolutePath(transfer.path);
  return {
    name: baseName(unquoted(text)),
    written: baseName(unquoted(word.text)),
    span: word.span,
    target: isPlace ? cleanPath(transfer.path) : undefined,
  };
}

/** Tar archives, plain or in one of the compressions that BuildKit knows; a single compressed file stays compressed. */
const UNPACKED_BY_ADD = /\.(?:tar(?:\.(?:gz|bz2|xz|zst))?|tgz|taz|tbz2?|tb2|txz|tzst)$/;

/** Whether a word names the copied file: by name, and where both paths are known, in the same directory. */
const meansIt =
  ({ name, written, target }: Archive) =>
  ({ value }: ShellWord): boolean => {
    const path = value.replace(/^--[a-z-]+=/, '');
    const last = baseName(path);
    if (path.startsWith('-') || (last !== name && last !== written)) return false;
    if (target === undefined || !path.startsWith('/') || path.includes('$')) return true;
    const clean = cleanPath(path);
    return clean === target || clean.slice(0, clean.lastIndexOf('/') || 1) === target;
  };
