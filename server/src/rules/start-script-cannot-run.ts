import { type ContextEntry, contextPath } from '../context/index.js';
import type { Placed } from '../dockerfile/index.js';
import { plainCommand } from '../edits/to-exec-form.js';
import { absolutePath, baseName, transferOf } from '../facts/files/transfer.js';
import type { FileFacts, Stage } from '../facts/index.js';
import { mayBeBrought } from '../facts/programs/brought.js';
import { launchOf, programFile, readStart } from '../start/index.js';
import { keepingWith } from '../text/keeping.js';
import type { Span } from '../text/span.js';
import { defineRule, type Report } from './rule.js';

/** They start what follows, and need it to be a program. */
const INIT = /^(?:tini|dumb-init|catatonit)$/;
/** What takes the carriage returns out of scripts. */
const CONVERTS = /dos2unix|fromdos|\\r|\\x0d|\\015/i;

export default defineRule({
  id: 'start-script-cannot-run',
  codes: [],
  summary: 'CMD or ENTRYPOINT starts a script that the container cannot run.',
  rationale:
    'The kernel runs a script by its first line, which has to be `#!` and the path of a program that the image has. With Windows line endings that path ends with an invisible character, so that it is “not found”; without the line there is an “exec format error”. A script that a heredoc writes is not executable unless COPY says so.',
  category: 'correctness',
  severity: 'error',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'FROM alpine:3.22\nCOPY start.sh /start.sh\nENTRYPOINT [«"/start.sh"»]\n',
        files: { 'start.sh': '#!/bin/bash\nexec app\n' },
        why: 'Alpine has no bash.',
      },
      {
        code: 'FROM debian:13\nCOPY start.sh /\nENTRYPOINT [«"/start.sh"»]\n',
        files: { 'start.sh': '#!/bin/sh\r\nexec app\r\n' },
        why: 'Windows line endings.',
      },
      {
        code: 'FROM debian:13\nCOPY start.sh /\nENTRYPOINT [«"/start.sh"»]\n',
        fixed: 'FROM debian:13\nCOPY start.sh /\nENTRYPOINT ["sh", "/start.sh"]\n',
        files: { 'start.sh': 'exec app\n' },
        why: 'The script has no `#!` line.',
      },
      {
        code: 'FROM debian:13\nCOPY <<EOF /start.sh\n#!/bin/sh\nexec app\nEOF\nCMD [«"/start.sh"»]\n',
        fixed: 'FROM debian:13\nCOPY --chmod=755 <<EOF /start.sh\n#!/bin/sh\nexec app\nEOF\nCMD ["/start.sh"]\n',
        why: 'A heredoc makes a file that is not executable.',
      },
    ],
    good: [
      {
        code: 'FROM debian:13\nCOPY start.sh /\nENTRYPOINT ["/start.sh"]\n',
        files: { 'start.sh': '#!/bin/bash\nexec app\n' },
        why: 'Debian has bash.',
      },
      {
        code: 'FROM alpine:3.22\nRUN apk add --no-cache bash\nCOPY start.sh /\nENTRYPOINT ["/start.sh"]\n',
        files: { 'start.sh': '#!/usr/bin/env bash\nexec app\n' },
        why: 'It is installed.',
      },
      {
        code: 'FROM debian:13\nCOPY start.sh /\nRUN sed -i \'s/\\r$//\' /start.sh\nENTRYPOINT ["/start.sh"]\n',
        files: { 'start.sh': '#!/bin/sh\r\nexec app\r\n' },
        why: 'The line endings are changed.',
      },
      {
        code: 'FROM debian:13\nCOPY start.sh /\nCMD /start.sh\n',
        files: { 'start.sh': 'exec app\n' },
        why: 'A shell that finds no `#!` line reads the script itself.',
      },
    ],
  },
  reading: 'own',
  file: { keywords: ['CMD', 'ENTRYPOINT'] },
  check({ facts, report }) {
    const told = new Set<Placed>();
    for (const stage of facts.stages) {
      // What a stage that is built on starts counts in the stages that are built on it.
      if (stage.isBase || stage.image.family === 'windows') continue;
      const started = programOf(facts, stage);
      if (!started || told.has(started.placed)) continue;
      const found = judge(facts, stage, started);
      if (!found) continue;
      told.add(started.placed);
      report(started.placed, { span: started.span, ...found });
    }
  },
});

interface Started {
  readonly placed: Placed;
  /** As the instruction writes it, without quotes. */
  readonly path: string;
  readonly span: Span;
  /** No shell is in between, which would help itself. */
  readonly isExec: boolean;
}

/** The program that the start of a container names first, after those that only start others. */
function programOf(facts: FileFacts, stage: Stage): Started | undefined {
  const { entrypoint, command } = launchOf(facts, stage);
  for (const placed of [entrypoint, command]) {
    if (!placed) continue;
    const { json } = placed.instruction;
    if (!json) {
      const name = plainCommand(placed.instruction, facts.at(placed).script)?.name;
      return name && { placed, path: name.value, span: name.span, isExec: false };
    }
    const word = json.find(({ text }, index) => !INIT.test(baseName(text)) && (index === 0 || !text.startsWith('-')));
    if (word) return { placed, path: word.text, span: word.span, isExec: true };
  }
  return undefined;
}

type Verdict = Omit<Report, 'span'>;

function judge(facts: FileFacts, stage: Stage, started: Started): Verdict | undefined {
  const script = startedFromWindows(facts, stage);
  if (script !== undefined)
    return {
      message: `${baseName(script)} has Windows line endings (CRLF), so that its first line names no program. Save it with LF.`,
    };
  if (!started.path.includes('/')) return undefined;
  const file = programFile(facts, stage, started.path, stage.exit.workdir);
  if (file?.text === undefined) return undefined;
  const notExecutable = writtenPlain(facts, stage, absolutePath(started.path, stage.exit.workdir));
  if (notExecutable) return notExecutable;
  const interpreter = /^#!\s*(\S+)(?:\s+(?:-S\s+)?(\S+))?/.exec(file.text);
  if (!interpreter) return started.isExec ? withoutFirstLine(started, stage) : undefined;
  const [, path = '', argument = ''] = interpreter;
  const name = baseName(path) === 'env' ? argument : baseName(path);
  if (name === '' || !stage.image.isKnown || !stage.image.lacksCommand(name) || mayBeBrought(facts, stage, name))
    return undefined;
  return {
    message: `The first line of ${baseName(file.name)} asks for ${name}, which this image does not have, so the container does not start. Install it, or change that line.`,
  };
}

/** The scripts of a build context with Windows line endings: most have none. */
const fromWindows = keepingWith(
  (entries: readonly ContextEntry[]): ReadonlySet<string> =>
    new Set(entries.flatMap(({ path, text }) => (text !== undefined && /^#!.*\r\n/.test(text) ? [path] : []))),
);

/** A script of the build context that the start leads to; what a heredoc holds is not one. */
function startedFromWindows(facts: FileFacts, stage: Stage): string | undefined {
  const scripts = facts.context && fromWindows(facts.context.entries);
  if (!scripts || scripts.size === 0) return undefined;
  if (facts.lineage(stage).some(({ instruction }) => CONVERTS.test(instruction.text))) return undefined;
  return readStart(facts, stage).read.find(name => scripts.has(contextPath(name)));
}

function withoutFirstLine({ path, span }: Started, { image }: Stage): Verdict {
  return {
    message: `${baseName(path)} has no “#!” line, so nothing can run it (“exec format error”). Begin it with #!/bin/sh, or start it with sh.`,
    fixes:
      image.shell === 'none' || image.shell === 'unknown'
        ? []
        : [
            {
              title: 'Start it with sh',
              // Where the file is one's own, a first line in it is better.
              safety: 'manual',
              edits: [{ span: { start: span.start, end: span.start }, text: '"sh", ' }],
              effect: { arguments: true },
            },
          ],
  };
}

/** A file that a heredoc of COPY writes, which nothing makes executable. */
function writtenPlain(facts: FileFacts, stage: Stage, path: string): Verdict | undefined {
  const lineage = facts.lineage(stage);
  for (const placed of lineage.toReversed()) {
    const { instruction } = placed;
    if (instruction.keyword === 'RUN' && /chmod|install\b/.test(instruction.text)) return undefined;
    if (instruction.keyword !== 'COPY' && instruction.keyword !== 'ADD') continue;
    const { scope, workdir } = facts.stateBefore(placed);
    const transfer = transferOf(instruction, scope);
    if (!transfer || absolutePath(transfer.path, workdir) !== path) continue;
    if (instruction.heredocs.length === 0 || instruction.flag('chmod')) return undefined;
    const at = instruction.keywordSpan.end;
    return {
      message:
        'The file that the heredoc writes is not executable, so the container does not start. Add `--chmod=755` to the COPY.',
      fixes: [
        {
          title: 'Add --chmod=755',
          safety: 'safe',
          edits: [{ at: placed, span: { start: at, end: at }, text: ' --chmod=755' }],
          effect: { flags: true },
        },
      ],
    };
  }
  return undefined;
}
