import { compileIgnore, contextPath, copyIgnored } from '../context/index.js';
import { transferOf } from '../facts/files/transfer.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'copy-ignored-file',
  codes: ['CopyIgnoredFile'],
  summary: '`COPY` or `ADD` names a file that `.dockerignore` keeps out of the build.',
  rationale:
    'What the ignore file excludes never reaches the builder, so the build stops with “not found” although the file is there.',
  category: 'correctness',
  practice: 'explicit-copy',
  severity: 'error',
  since: '0.1.0',
  links: ['https://docs.docker.com/build/concepts/context/#dockerignore-files'],
  examples: {
    bad: [
      {
        code: 'FROM scratch\nCOPY «secret.txt» /\n',
        files: { '.dockerignore': 'secret.txt\n!unrelated/\n', 'secret.txt': '' },
      },
      {
        code: 'FROM scratch\nCOPY «./dist/app.js» a.js /srv/\n',
        files: { '.dockerignore': '# built\n/dist\n', 'dist/app.js': '', 'a.js': '' },
      },
      { code: 'FROM scratch\nCOPY «.» /\n', files: { '.dockerignore': '*\n' } },
    ],
    good: [
      {
        code: 'FROM scratch\nCOPY . /\n',
        why: 'Some files are let in again.',
        files: { '.dockerignore': '*\n!go.*\n!Makefile\n' },
      },
      {
        code: 'FROM scratch\nCOPY . /\n',
        why: 'The folder itself is no hidden file.',
        files: { '.dockerignore': '.*\n' },
      },
      {
        code: 'FROM scratch\nCOPY subdir subdir\n',
        why: 'A file in it is let in again.',
        files: { '.dockerignore': '*\n!subdir/keep.txt\n', 'subdir/keep.txt': '' },
      },
      {
        code: 'FROM alpine:3.22 AS a\nFROM scratch\nCOPY --from=a /secret.txt /\n',
        why: 'Comes from a stage.',
        files: { '.dockerignore': 'secret.txt\n' },
      },
      {
        code: 'FROM scratch\nCOPY sub/a.txt /\n',
        why: 'Without ** only the top folder is meant.',
        files: { '.dockerignore': 'a.txt\n' },
      },
    ],
  },
  on: ['COPY', 'ADD'],
  scope: 'stage',
  checkFile({ facts, reading, report }) {
    if (!facts.context?.ignore || facts.context.isUnsure || reading === 'hadolint') return;
    const { path: file, text } = facts.context.ignore;
    const ignore = compileIgnore(text);
    for (const placed of [...facts.all('COPY'), ...facts.all('ADD')]) {
      const transfer = transferOf(placed.instruction, facts.stateBefore(placed).scope);
      if (!transfer || transfer.from) continue;
      for (const source of transfer.sources) {
        if (source.kind !== 'local' || source.certainty === 'unknown') continue;
        const verdict = copyIgnored(source.text, ignore, facts.context);
        const path = contextPath(source.text);
        // Of the whole folder nothing may be left because the rest is still to be written or built.
        if (!(reading === 'buildkit' || path === '' ? verdict.buildkit : verdict.nothingLeft)) continue;
        const plain =
          path !== '' &&
          !source.glob &&
          source.certainty === 'known' &&
          !/[\s\\]/.test(path) &&
          compileIgnore(`${text}\n!${path}`).verdict(path) === 'kept';
        report(placed, {
          span: source.word.span,
          message:
            path === ''
              ? `Let something in: ${file} keeps out every file.`
              : `Let “${path}” in: ${file} keeps it out of the build.`,
          ...(path === '' ? { severity: 'warning' as const } : {}),
          fixes: plain
            ? [
                {
                  title: `Add !${path} to ${file}`,
                  safety: 'review',
                  edits: [],
                  file: { path: file, append: `!${path}\n` },
                },
              ]
            : [],
        });
      }
    }
  },
});
