import type { Placed } from '../dockerfile/index.js';
import { insert } from '../edits/words.js';
import { baseName, transferOf } from '../facts/files/transfer.js';
import type { FileFacts, Stage } from '../facts/index.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'unreadable-download',
  codes: [],
  summary: 'A file that `ADD` downloads can only be read by root, but the image runs as another user.',
  rationale:
    'Files from a URL get the mode 0600 and belong to root, unlike those from the build context. `--chmod` sets another mode.',
  category: 'correctness',
  practice: 'permissions',
  severity: 'warning',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/dockerfile/#adding-files-from-a-url'],
  examples: {
    bad: [
      {
        code: 'FROM alpine:3.22\nADD «https://example.com/a.jar» /srv/a.jar\nUSER 1000\n',
        fixed: 'FROM alpine:3.22\nADD --chmod=644 https://example.com/a.jar /srv/a.jar\nUSER 1000\n',
      },
      {
        code: 'FROM alpine:3.22\nADD «https://example.com/tool» /usr/local/bin/\nUSER 1000\n',
        fixed: 'FROM alpine:3.22\nADD --chmod=755 https://example.com/tool /usr/local/bin/\nUSER 1000\n',
        why: 'A program has to be run, too.',
      },
    ],
    good: [
      { code: 'FROM alpine:3.22\nADD https://example.com/a.jar /srv/\n', why: 'Runs as root.' },
      { code: 'FROM alpine:3.22\nADD --chmod=755 https://example.com/a /bin/\nUSER 1000\n', why: 'The mode is set.' },
      {
        code: 'FROM alpine:3.22\nADD --chown=1000 https://example.com/a /srv/\nUSER 1000\n',
        why: 'It belongs to the user.',
      },
      {
        code: 'FROM alpine:3.22\nADD https://example.com/a /srv/a\nRUN chmod 644 /srv/a\nUSER 1000\n',
        why: 'Changed later.',
      },
      {
        code: 'FROM alpine:3.22\nADD https://example.com/a.tgz /tmp/\nRUN tar xf /tmp/a.tgz\nUSER 1000\n',
        why: 'Used while still root.',
      },
      {
        code: 'FROM alpine:3.22\nADD https://github.com/example/app.git /src\nUSER 1000\n',
        why: 'A repository keeps its modes.',
      },
      {
        code: 'FROM alpine:3.22\nADD --unpack=true https://example.com/a.tar.gz /d/\nADD --unpack https://example.com/b.tar.gz /d/\nUSER 1000\n',
        why: 'Unpacked files have the modes of the archive.',
      },
    ],
  },
  on: ['ADD'],
  checkFile({ facts, reading, report }) {
    const { final } = facts;
    if (reading !== 'own' || !final) return;
    const { user } = final.exit;
    if (!user.explicit || user.isRoot !== false) return;
    for (const placed of facts.lineage(final)) {
      const { instruction } = placed;
      if (instruction.keyword !== 'ADD' || instruction.flag('chmod') || instruction.flag('chown')) continue;
      // What is unpacked keeps the modes of the archive, and --chmod does not touch them.
      if (instruction.flags.some(({ name, value }) => name === 'unpack' && value !== 'false')) continue;
      const transfer = transferOf(instruction, facts.stateBefore(placed).scope);
      const [source] = transfer?.sources ?? [];
      if (!transfer || source?.kind !== 'url' || transfer.sources.length > 1) continue;
      if (isTouched(facts, final, placed, [baseName(source.text), baseName(transfer.path)])) continue;
      const mode = isProgram(source.text, transfer.path) ? '755' : '644';
      report(placed, {
        span: source.word.span,
        message: 'Set --chmod: a downloaded file has the mode 0600, and the user of this image cannot read it.',
        fixes: [
          {
            title: `Add --chmod=${mode}`,
            safety: 'review',
            edits: [insert(instruction.keywordSpan.end, ` --chmod=${mode}`)],
            effect: { flags: true },
          },
        ],
      });
    }
  },
});

/** A file in a directory of programs, or a script: it has to be run, not only read. */
const isProgram = (url: string, path: string): boolean =>
  /\/s?bin\//.test(path) || /\.sh$/.test(url.replace(/[?#].*$/, '')) || /\.sh$/.test(path);

/** Whether a later RUN names the file, or changes modes or owners of whatever else. */
function isTouched(facts: FileFacts, stage: Stage, placed: Placed, names: readonly string[]): boolean {
  return facts.lineage(stage).some(({ instruction, index }) => {
    if (index < placed.index || instruction.keyword !== 'RUN') return false;
    const { text } = instruction;
    return /\b(?:chmod|chown|install|mv)\b/.test(text) || names.some(name => name !== '' && text.includes(name));
  });
}
