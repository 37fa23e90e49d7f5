import type { Placed } from '../dockerfile/index.js';
import { insert } from '../edits/words.js';
import { workdirAt } from '../facts/files/image-workdir.js';
import { isKnownFolder } from '../facts/files/known-folders.js';
import { absolutePath, baseName, transferOf } from '../facts/files/transfer.js';
import type { FileFacts, Stage } from '../facts/index.js';
import type { ShellCommand } from '../shell/index.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'unreadable-download',
  codes: [],
  summary: 'Only root can read a file that `ADD` downloads, but the image runs as a different user.',
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
      {
        code: 'FROM alpine:3.22\nADD «https://example.com/a.json» /opt/data/a.json\nUSER 1000\n',
        fixed: 'FROM alpine:3.22\nADD --chmod=755 https://example.com/a.json /opt/data/a.json\nUSER 1000\n',
        why: 'The folder is made by ADD and gets the same mode, with which others have to be able to enter it.',
      },
      {
        code: 'FROM alpine:3.22\nADD «https://example.com/agent.jar» /srv/agent.jar\nRUN mkdir -p /data && chown 1000:1000 /data\nUSER 1000\n',
        fixed:
          'FROM alpine:3.22\nADD --chmod=644 https://example.com/agent.jar /srv/agent.jar\nRUN mkdir -p /data && chown 1000:1000 /data\nUSER 1000\n',
        why: 'Another folder changes its owner.',
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
        code: 'FROM alpine:3.22\nADD https://example.com/a /srv/x/a\nRUN chown -R 1000 /srv\nUSER 1000\n',
        why: 'Changed later, with the folder around it.',
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
  reading: 'own',
  file: { keywords: ['ADD'] },
  check({ facts, report }) {
    const { final } = facts;
    if (!final) return;
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
      const path = pathOf(source.text, transfer.path, workdirAt(facts, placed));
      if (isTouched(facts, final, placed, path)) continue;
      const mode = modeFor(facts, final, placed, source.text, path);
      report(placed, {
        span: source.word.span,
        message: 'A downloaded file has mode 0600, so this image’s user cannot read it. Set `--chmod`.',
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

/** Where the file is put; relative to `/` where the WORKDIR is not known. */
function pathOf(url: string, target: string, workdir: string | undefined): string {
  const path = absolutePath(target, workdir);
  return /\/$/.test(target) ? `${path}/${baseName(url.replace(/[?#].*$/, ''))}` : path;
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/';

/**
 * BuildKit gives the mode to the folders that it makes for the file as well, and one that nobody may enter (644) hides the
 * file. So that mode is only for a folder that is there before.
 */
function modeFor(facts: FileFacts, stage: Stage, placed: Placed, url: string, path: string): '644' | '755' {
  if (isProgram(url, path)) return '755';
  return isKnownFolder(facts, stage, placed, folderOf(path)) ? '644' : '755';
}

/** A file in a directory of programs, or a script: it has to be run, not only read. */
const isProgram = (url: string, path: string): boolean =>
  /\/s?bin\//.test(path) || /\.sh$/.test(url.replace(/[?#].*$/, '')) || /\.sh$/.test(path);

const CHANGES = /^(?:chmod|chown|chgrp|install|mv|cp|rsync|setfacl|find)$/;

/** Whether a later RUN names the file, or changes what is in a folder around it. */
function isTouched(facts: FileFacts, stage: Stage, placed: Placed, path: string): boolean {
  const name = baseName(path);
  return facts.lineage(stage).some(later => {
    const { instruction } = later;
    if (later.index < placed.index || instruction.keyword !== 'RUN') return false;
    if (name !== '' && instruction.text.includes(name)) return true;
    const { script } = facts.at(later);
    if (!script || script.errors.length > 0) return /\b(?:chmod|chown|install|mv)\b/.test(instruction.text);
    const workdir = workdirAt(facts, later);
    const moves = script.commands.some(({ base }) => base === 'cd' || base === 'pushd');
    return script.commands.some(
      command => CHANGES.test(command.base) && changesWhatIsAround(command, path, moves ? undefined : workdir),
    );
  });
}

function changesWhatIsAround({ base, args }: ShellCommand, path: string, workdir: string | undefined): boolean {
  const recursive = args.some(({ value }) => /^-[a-zA-Z]*[rR]|^--recursive$/.test(value));
  if (/^ch/.test(base) && !recursive && args.every(({ literal }) => literal)) return false;
  return args.some(({ value, literal }) => {
    if (value.startsWith('-')) return false;
    // What a variable or a pattern names may be the file, and so may be anything below a folder that is not known.
    if (!literal || (workdir === undefined && !value.startsWith('/'))) return true;
    const around = absolutePath(value, workdir);
    return around === path || around === '/' || path.startsWith(`${around}/`);
  });
}
