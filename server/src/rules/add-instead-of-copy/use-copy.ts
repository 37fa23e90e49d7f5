import { archiveKind, type ContextSnapshot, contextEntry } from '../../context/index.js';
import type { Instruction, Placed } from '../../dockerfile/index.js';
import { baseName, likeCased, looksLikeArchive, type Source, transferOf } from '../../facts/files/transfer.js';
import type { FileFacts } from '../../facts/index.js';
import type { Report } from '../rule.js';

/** Whether COPY does the same: for certain, probably, or not. */
type Verdict = 'safe' | 'review' | 'keep';

/** Of an ADD, or of the ADD that an ONBUILD triggers; undefined for one that copies nothing. */
export function verdictOn(facts: FileFacts, placed: Placed, add: Instruction): Verdict | undefined {
  const transfer = transferOf(add, facts.stateBefore(placed).scope);
  if (!transfer) return undefined;
  if (add.flags.some(flag => SPECIAL.has(flag.name))) return 'keep';
  const context = add === placed.instruction ? facts.context : undefined;
  const verdicts = transfer.sources.map(source => verdict(source, context));
  if (verdicts.includes('keep')) return 'keep';
  return verdicts.includes('review') || looksUnpacked(facts, placed, transfer.path) ? 'review' : 'safe';
}

export function useCopy({ keywordSpan, rawKeyword }: Instruction, verdict: Verdict): Report {
  const text = likeCased(rawKeyword, 'COPY');
  return {
    span: keywordSpan,
    message: 'Use COPY: nothing here needs to be unpacked or downloaded.',
    fixes:
      verdict === 'keep'
        ? []
        : [
            {
              title: `Change ${rawKeyword} to ${text}`,
              safety: verdict,
              edits: [{ span: keywordSpan, text }],
              effect: { renames: { ADD: 'COPY' } },
            },
          ],
  };
}

/** `mistral-base-archive`, `rootfs`, `app_tarball`: most likely tar files without an ending. */
const ARCHIVE_WITHOUT_ENDING =
  /^[^.]*(?:archive|tarball|bundle|rootfs|snapshot|backup|(?:^|[-_])(?:tar|tgz|layer|image))(?![a-z])[^.]*$/i;

/** Flags that only ADD has. */
const SPECIAL = new Set(['checksum', 'keep-git-dir', 'unpack']);

/** Whether a later RUN looks for several files where the source comes to lie: it may be an archive without an ending. */
const looksUnpacked = (facts: FileFacts, placed: Placed, path: string): boolean =>
  path.length > 1 &&
  (facts.stageOf(placed)?.instructions ?? []).some(
    ({ index, instruction }) =>
      index > placed.index &&
      instruction.keyword === 'RUN' &&
      instruction.text.includes(`${path.replace(/\/+$/, '')}/*`),
  );

function verdict({ text, certainty, kind, glob }: Source, context: ContextSnapshot | undefined): Verdict {
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
