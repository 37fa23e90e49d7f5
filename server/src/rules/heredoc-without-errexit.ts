import type { ShellScript } from '../shell/index.js';
import { setsErrexit } from '../shell/options.js';
import { defineRule } from './rule.js';

/** Commands that cannot fail in a way that matters, or that only set something up. */
const HARMLESS = /^(?:|echo|printf|true|:|set|export|cd|umask|unset|shopt)$/;

const ACCOUNTS = /^(?:useradd|groupadd|adduser|addgroup|usermod|groupmod)$/;

/** Whether a failure before the last command goes unnoticed and would matter. */
function losesFailure(script: ShellScript): boolean {
  const { list } = script;
  if (script.commands.some(setsErrexit)) return false;
  return list.items.slice(0, -1).some(({ nodes }, index) => {
    const next = list.items[index + 1]?.operator;
    const joined = next === '&&' || next === '||';
    return !joined && nodes.some(node => node.kind !== 'command' || !HARMLESS.test(node.command.base));
  });
}

export default defineRule({
  id: 'heredoc-without-errexit',
  codes: [],
  summary: 'A RUN heredoc continues after a failed command.',
  rationale:
    'The lines of a heredoc are a script, and a script has the exit status of its last command. Without `set -e`, an installation that fails in the middle is not noticed, and the build goes on with what is left.',
  category: 'correctness',
  practice: 'clarity',
  severity: 'hint',
  since: '0.2.0',
  // What is appended to a script depends on it.
  first: true,
  examples: {
    bad: [
      {
        code: 'FROM ubuntu:24.04\nRUN «<<EOF»\napt-get update\napt-get install -y --no-install-recommends curl\nrm -rf /var/lib/apt/lists/*\nEOF\n',
        fixed:
          'FROM ubuntu:24.04\nRUN <<EOF\nset -e\napt-get update\napt-get install -y --no-install-recommends curl\nrm -rf /var/lib/apt/lists/*\nEOF\n',
      },
    ],
    good: [
      { code: 'FROM ubuntu:24.04\nRUN <<EOF\nset -eux\nmake\nmake install\nEOF\n', why: 'A failure ends it.' },
      { code: 'FROM ubuntu:24.04\nRUN <<EOF\nmake &&\nmake install\nEOF\n', why: 'Each needs the one before.' },
      { code: 'FROM ubuntu:24.04\nRUN <<EOF\necho start\nmake\nEOF\n', why: 'Only the last one can fail.' },
      {
        code: 'FROM ubuntu:24.04\nSHELL ["/bin/bash", "-ec"]\nRUN <<EOF\nmake\nmake install\nEOF\n',
        why: 'The SHELL says it.',
      },
      { code: 'FROM python:3.13\nRUN <<EOF\n#!/usr/bin/env python3\nprint(1)\nprint(2)\nEOF\n', why: 'Not a shell.' },
    ],
  },
  reading: 'own',
  instruction: { keywords: ['RUN'] },
  check({ instruction, facts, report }) {
    const [heredoc, second] = instruction.heredocs;
    if (!heredoc || second || heredoc.content.startsWith('#!')) return;
    const opener = /^<<-?\s*["']?[\w.-]+["']?$/.exec(instruction.arguments.text);
    const { script, shell } = facts;
    if (!opener || !script || script.form !== 'heredoc' || script.errors.length > 0 || shell.errexit) return;
    if (!losesFailure(script)) return;
    // With set -e, what fails today without being noticed stops the build: that has to be seen to first.
    const mayStop = script.commands.some(({ base }) => facts.image.lacksCommand(base) || ACCOUNTS.test(base));
    const indent = /^[ \t]*/.exec(heredoc.content)?.[0] ?? '';
    report({
      span: instruction.argumentsSpan,
      message: 'Only the last command decides whether this RUN fails. Start the script with “set -e”.',
      fixes: mayStop
        ? []
        : [
            {
              title: 'Start with `set -e`',
              safety: 'review',
              edits: [{ span: { start: heredoc.span.start, end: heredoc.span.start }, text: `${indent}set -e\n` }],
              effect: { prepends: true, commands: true },
            },
          ],
    });
  },
});
