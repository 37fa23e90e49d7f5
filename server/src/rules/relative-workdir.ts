import type { Placed } from '../dockerfile/index.js';
import { changePath } from '../edits/change-path.js';
import { startsAtRoot } from '../facts/files/image-workdir.js';
import { cleanPath, isAbsolutePath, unquoted } from '../facts/files/transfer.js';
import { hasAbove } from '../facts/has-above.js';
import { expand, type FileFacts } from '../facts/index.js';
import { defineRule, type RuleFix } from './rule.js';

export default defineRule({
  id: 'relative-workdir',
  codes: ['DL3000', 'WorkdirRelativePath', 'DS-0009', 'CKV_DOCKER_10'],
  summary: '`WORKDIR` has a relative path.',
  rationale:
    'It is relative to the `WORKDIR` before it, or to the directory of the base image, which nobody sees in this file and another version of the image may change.',
  category: 'correctness',
  practice: 'clarity',
  severity: 'warning',
  since: '0.1.0',
  examples: {
    bad: [
      { code: 'FROM alpine:3.22\nWORKDIR «app»\n', fixed: 'FROM alpine:3.22\nWORKDIR /app\n' },
      { code: 'FROM example/base:1\nWORKDIR «app/»\n', why: 'Only the base image knows where that is.' },
      {
        code: 'FROM example/base:1\nWORKDIR /srv\nWORKDIR «"app"»\n',
        fixed: 'FROM example/base:1\nWORKDIR /srv\nWORKDIR "/srv/app"\n',
        why: 'Relative to the WORKDIR above.',
      },
      { code: 'FROM alpine:3.22\nARG DIR=app\nWORKDIR «$DIR»\n', why: 'The variable holds a relative path.' },
      { code: 'FROM alpine:3.22\nWORKDIR «~/app»\n', why: 'Only a shell knows what ~ is.' },
      {
        code: 'FROM alpine:3.22\nARG VERSION\nWORKDIR «build/$VERSION»\n',
        why: 'It is relative whatever the variable holds.',
      },
    ],
    good: [
      { code: 'FROM alpine:3.22\nWORKDIR /app\n', why: 'Absolute.' },
      { code: 'FROM mcr.microsoft.com/dotnet/framework/sdk:4.8\nWORKDIR C:/app\n', why: 'Absolute on Windows.' },
      { code: 'FROM alpine:3.22\nWORKDIR $APP_HOME\n', why: 'The variable is not known.' },
      { code: 'FROM alpine:3.22\nENV APP=/app\nWORKDIR ${APP}/src\n', why: 'The variable holds an absolute path.' },
    ],
  },
  stage: { keywords: ['WORKDIR'] },
  check({ facts, reading, report }) {
    for (const placed of facts.all('WORKDIR')) {
      const { instruction } = placed;
      const written = instruction.arguments.text;
      if (written === '' || written.startsWith('/')) continue;
      const span = instruction.argumentsSpan;
      const state = facts.stateBefore(placed);
      const value = expand(written, state.scope, instruction.escape);
      if (isAbsolutePath(value.text) || (value.certainty === 'unknown' && !startsRelative(written))) continue;
      // BuildKit looks at the first WORKDIR of a stage only: later ones are relative to something written here.
      const first = !hasAbove(facts, placed, 'WORKDIR');
      if (reading === 'buildkit') {
        if (first) report(placed, { span, message: MESSAGE });
        continue;
      }
      const fix = absolute(facts, placed, first);
      report(placed, {
        span,
        message: /^~/.test(value.text) ? TILDE : MESSAGE,
        ...(first ? {} : { severity: 'hint' as const, codes: ['DL3000', 'DS-0009', 'CKV_DOCKER_10'] }),
        fixes: fix ? [fix] : [],
      });
    }
  },
});

/** `build/$NAME` is relative, whatever the name. A single letter could be a drive’s. */
const startsRelative = (written: string): boolean => /^["']?(?![a-zA-Z]\$)[\w.-][^$"'\\`]*\$/.test(written);

const MESSAGE = 'This WORKDIR is relative, so it depends on an earlier one. Use an absolute path.';

const TILDE = 'Write the home directory out: WORKDIR makes a folder that is called “~”.';

function absolute(facts: FileFacts, placed: Placed, first: boolean): RuleFix | undefined {
  const stage = facts.stageOf(placed);
  const { workdir } = facts.stateBefore(placed);
  const from = workdir ?? (first && stage && startsAtRoot(stage) ? '/' : undefined);
  const { instruction } = placed;
  const span = instruction.argumentsSpan;
  const written = instruction.text.slice(span.start, span.end);
  const path = unquoted(written);
  if (!from?.startsWith('/') || /^~|[$"'\\`\r\n]/.test(path + from) || (from.includes(' ') && !/^["']/.test(written)))
    return undefined;
  return changePath(instruction.text, span, cleanPath(`${from}/${path}`));
}
