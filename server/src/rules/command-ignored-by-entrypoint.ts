import type { Placed } from '../dockerfile/index.js';
import { looseArray } from '../edits/exec-form.js';
import { plainCommand, toExecForm } from '../edits/to-exec-form.js';
import type { FileFacts, Stage } from '../facts/index.js';
import { trailingComment } from '../facts/trailing-comment.js';
import { launchOf, programFile } from '../start/index.js';
import { defineRule, type RuleFix } from './rule.js';

/** `/bin/sh -c 'app "$@"' --option`: the shell gives its text what Docker appends, from `$0` on. */
const READS_ARGUMENTS = /\$(?:[@*#\d]|\{[@*#\d])/;

export default defineRule({
  id: 'command-ignored-by-entrypoint',
  codes: [],
  summary: 'A `CMD` has no effect, because the `ENTRYPOINT` is in shell form.',
  rationale:
    'Docker starts a shell form as `/bin/sh -c "…"` and appends the words of CMD as arguments of the shell, not of the program, so the program never sees them. In exec form, `ENTRYPOINT ["app"]`, they are its arguments.',
  category: 'correctness',
  practice: 'clarity',
  severity: 'warning',
  since: '0.2.0',
  links: ['https://docs.docker.com/reference/dockerfile/#understand-how-cmd-and-entrypoint-interact'],
  examples: {
    bad: [
      {
        code: 'FROM python:3.13-slim\nENTRYPOINT python app.py\nCMD «["--port", "8080"]»\n',
        fixed: 'FROM python:3.13-slim\nENTRYPOINT ["python", "app.py"]\nCMD ["--port", "8080"]\n',
      },
      {
        code: 'FROM debian:13\nCOPY start.sh /\nENTRYPOINT /start.sh\nCMD «["server"]»\n',
        fixed: 'FROM debian:13\nCOPY start.sh /\nENTRYPOINT ["/start.sh"]\nCMD ["server"]\n',
        files: { 'start.sh': '#!/bin/sh\nexec "$@"\n' },
        why: 'The script runs what it is given.',
      },
      {
        code: 'FROM debian:13\nENTRYPOINT cd /app && ./server\nCMD «["-v"]»\n',
        why: 'A text that needs a shell can pass them on itself, with “$@”.',
      },
    ],
    good: [
      { code: 'FROM debian:13\nENTRYPOINT ["app"]\nCMD ["-v"]\n', why: 'Arguments of the entry point.' },
      { code: 'FROM debian:13\nENTRYPOINT exec app "$0" "$@"\nCMD ["-v"]\n', why: 'The text passes them on.' },
      {
        code: 'FROM debian:13 AS base\nCMD ["-v"]\nFROM base\nENTRYPOINT app\n',
        why: 'A new ENTRYPOINT has Docker forget the CMD of the base.',
      },
    ],
  },
  reading: 'own',
  file: { keywords: ['ENTRYPOINT'], signs: ['shell form'] },
  check({ facts, report }) {
    const told = new Set<Placed>();
    for (const stage of facts.stages) {
      const { entrypoint, unheard: command } = launchOf(facts, stage);
      if (!entrypoint || !command || told.has(command) || !ignoresArguments(facts, entrypoint)) continue;
      const { json, argumentsSpan } = command.instruction;
      if (json?.length === 0 || argumentsSpan.end === 0) continue;
      told.add(command);
      report(command, {
        span: argumentsSpan,
        message:
          'This CMD has no effect, because an ENTRYPOINT in shell form takes no arguments. Write the ENTRYPOINT in exec form.',
        fixes: execForm(facts, stage, entrypoint, command),
      });
    }
  },
});

function ignoresArguments(facts: FileFacts, placed: Placed): boolean {
  const { instruction } = placed;
  if (instruction.json || instruction.hasMixedJson || instruction.arguments.text === '') return false;
  // What was meant as an exec form has a rule of its own.
  if (looseArray(instruction) || trailingComment(instruction) || instruction.heredocs.length > 0) return false;
  const { shell } = facts.at(placed);
  return shell.kind === 'posix' && !READS_ARGUMENTS.test(instruction.arguments.text);
}

/** The ENTRYPOINT in exec form, which from then on gets what CMD says. */
function execForm(facts: FileFacts, stage: Stage, entrypoint: Placed, { instruction }: Placed): readonly RuleFix[] {
  const command = plainCommand(entrypoint.instruction, facts.at(entrypoint).script);
  if (!command) return [];
  const file = command.name && programFile(facts, stage, command.name.value, stage.exit.workdir);
  const script = file?.text;
  if (script?.startsWith('#!') === false) return [];
  const { title, edits, effect } = toExecForm(command);
  // Whether a program can do something with these words, only a script and options tell.
  const areArguments =
    script !== undefined ? READS_ARGUMENTS.test(script) : instruction.json?.[0]?.text.startsWith('-') === true;
  return [
    {
      title: title.replace('Change', 'Change the ENTRYPOINT'),
      safety: areArguments ? 'review' : 'manual',
      edits: edits.map(edit => ({ ...edit, at: entrypoint })),
      ...(effect ? { effect } : {}),
    },
  ];
}
