import { insert } from '../edits/words.js';
import { isKnownFolder } from '../facts/files/known-folders.js';
import { transferOf } from '../facts/files/transfer.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'copy-target-without-slash',
  codes: ['DL3021', 'DS-0011'],
  summary: 'Several files are copied to a destination that does not end in `/`.',
  rationale:
    'With more than one source the destination has to be a directory, and only the slash at its end says so. Without it, BuildKit copies one file over the other to a file of that name, unless there is a directory already; other builders stop.',
  category: 'correctness',
  severity: 'warning',
  since: '0.1.0',
  examples: {
    bad: [
      { code: 'FROM alpine:3.22\nCOPY a.txt b.txt «/app»\n', fixed: 'FROM alpine:3.22\nCOPY a.txt b.txt /app/\n' },
      { code: 'FROM scratch\nCOPY ["a", "b", «"/srv"»]\n', fixed: 'FROM scratch\nCOPY ["a", "b", "/srv/"]\n' },
      {
        code: 'FROM alpine:3.22\nCOPY a b «/app»\nWORKDIR /app\n',
        fixed: 'FROM alpine:3.22\nCOPY a b /app/\nWORKDIR /app\n',
        why: 'The directory is made too late.',
      },
    ],
    good: [
      { code: 'FROM alpine:3.22\nCOPY a b /srv/\n', why: 'Ends in a slash.' },
      { code: 'FROM alpine:3.22\nWORKDIR /srv\nCOPY a b .\n', why: 'The current directory is a directory.' },
      { code: 'FROM alpine:3.22\nARG DIR=/srv/\nCOPY a b $DIR\n', why: 'The variable ends in a slash.' },
      { code: 'FROM alpine:3.22\nCOPY --link ./app /app\n', why: 'A flag is not a source.' },
      {
        code: 'FROM alpine:3.22\nCOPY --chown 1000:1000 files /base/files\n',
        why: 'An owner is not a source: the flag lacks its =.',
      },
      { code: 'FROM alpine:3.22\nWORKDIR /app/src\nCOPY a b /app\n', why: 'WORKDIR has made the directory.' },
      {
        code: 'FROM alpine:3.22\nRUN mkdir -p /data/in\nCOPY a b /data\nCOPY a b /data/in\n',
        why: 'A RUN has made them.',
      },
      {
        code: 'FROM alpine:3.22\nCOPY a /app/etc/\nCOPY b c /app/etc\nCOPY d e /srv\n',
        why: 'There is a directory of that name.',
      },
    ],
  },
  stage: { keywords: ['COPY', 'ADD'] },
  check({ facts, report }) {
    for (const placed of facts.instructions) {
      const instruction = placed.instruction.trigger ?? placed.instruction;
      // One source and the destination, as nearly always.
      if ((instruction.keyword !== 'COPY' && instruction.keyword !== 'ADD') || instruction.words.length < 3) continue;
      const transfer = transferOf(instruction, facts.stateBefore(placed).scope);
      // A source may match several files; one that names a file or directory alone cannot be told apart.
      if (!transfer || transfer.sources.length < 2 || transfer.pathCertainty === 'unknown') continue;
      if (/[/\\]$|^\.\.?$|[/\\]\.\.?$/.test(transfer.path) || transfer.path === '') continue;
      const stage = facts.stageOf(placed);
      if (stage && isKnownFolder(facts, stage, placed, transfer.path)) continue;
      const { span } = transfer.target;
      const text = instruction.text.slice(span.start, span.end);
      const end = /["']$/.test(text) ? span.end - 1 : span.end;
      const windows = /^[a-zA-Z]:\\/.test(transfer.path);
      report(placed, {
        span,
        message: `If “${transfer.path}” is not a directory yet, it becomes a file that contains only the last source. End the destination with \`/\`.`,
        ...(instruction.keyword === 'ADD' ? { codes: [] } : {}),
        // With a variable at the end the slash might come twice.
        fixes:
          text.includes('$') || windows
            ? []
            : [
                {
                  title: 'Add the slash',
                  safety: isNamedLikeFile(transfer.path) ? 'manual' : 'review',
                  edits: [insert(end, '/')],
                  effect: { arguments: true },
                },
              ],
      });
    }
  },
});

/** `/srv/app.js`, where a folder is hardly meant; `/etc/nginx/conf.d` is one. */
const isNamedLikeFile = (path: string): boolean => /\w\.(?!d$)[a-z]\w*$/i.test(path);
