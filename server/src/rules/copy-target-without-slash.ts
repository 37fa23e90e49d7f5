import { defineRule } from './rule.js';
import { insert } from './support/edits.js';
import { transferOf, unquoted } from './support/transfer.js';

export default defineRule({
  id: 'copy-target-without-slash',
  codes: ['DL3021', 'DS-0011'],
  summary: 'Several files are copied to a destination that does not end in `/`.',
  rationale:
    'With more than one source the destination has to be a directory, and Docker knows that only by the slash at its end: without it the build fails.',
  category: 'correctness',
  severity: 'error',
  since: '0.1.0',
  examples: {
    bad: [
      { code: 'FROM alpine:3.22\nCOPY a.txt b.txt «/srv»\n', fixed: 'FROM alpine:3.22\nCOPY a.txt b.txt /srv/\n' },
      { code: 'FROM alpine:3.22\nCOPY ["a", "b", «"/srv"»]\n', fixed: 'FROM alpine:3.22\nCOPY ["a", "b", "/srv/"]\n' },
    ],
    good: [
      { code: 'FROM alpine:3.22\nCOPY a b /srv/\n', why: 'Ends in a slash.' },
      { code: 'FROM alpine:3.22\nWORKDIR /srv\nCOPY a b .\n', why: 'The current directory is a directory.' },
      { code: 'FROM alpine:3.22\nARG DIR=/srv/\nCOPY a b $DIR\n', why: 'The variable ends in a slash.' },
      { code: 'FROM alpine:3.22\nCOPY --link ./app /app\n', why: 'A flag is no source.' },
    ],
  },
  on: ['COPY', 'ADD'],
  check({ instruction, facts, onbuild, reading, report }) {
    if (reading === 'hadolint') {
      if (onbuild) return;
      const target = instruction.words.at(-1);
      if (instruction.keyword !== 'COPY' || !target || instruction.words.length < 3) return;
      if (!unquoted(target.text).endsWith('/')) report({ span: target.span, message: MESSAGE });
      return;
    }
    // One source and the destination, as nearly always.
    if (instruction.words.length < 3) return;
    // `--from build` takes its value for a source; that is a syntax error of its own.
    if (instruction.flags.some(flag => flag.value === undefined && flag.name === 'from')) return;
    const transfer = transferOf(instruction, facts.scope);
    // A source may match several files; one that names a file or directory alone cannot be told apart.
    if (!transfer || transfer.sources.length < 2 || transfer.pathCertainty === 'unknown') return;
    if (/[/\\]$|^\.\.?$|[/\\]\.\.?$/.test(transfer.path) || transfer.path === '') return;
    const { span } = transfer.target;
    const text = instruction.text.slice(span.start, span.end);
    const end = /["']$/.test(text) ? span.end - 1 : span.end;
    const windows = /^[a-zA-Z]:\\/.test(transfer.path);
    report({
      span,
      message: MESSAGE,
      ...(instruction.keyword === 'ADD' ? { codes: [] } : {}),
      // With a variable at the end the slash might come twice.
      fixes:
        text.includes('$') || windows
          ? []
          : [
              {
                title: 'Add the slash',
                safety: isNamedLikeFile(transfer.path) ? 'manual' : 'safe',
                edits: [insert(end, '/')],
                effect: { arguments: true },
              },
            ],
    });
  },
});

/** `/srv/app.js`, where a folder is hardly meant; `/etc/nginx/conf.d` is one. */
const isNamedLikeFile = (path: string): boolean => /\w\.(?!d$)[a-z]\w*$/i.test(path);

const MESSAGE = 'End the destination with /: several sources can only be copied into a directory.';
