import { type Instruction, KEYWORDS } from '../dockerfile/index.js';
import type { Span } from '../text/span.js';
import { defineRule, type Report } from './rule.js';

export default defineRule({
  id: 'empty-continuation-line',
  codes: ['NoEmptyContinuation'],
  summary: 'A blank line stands in the middle of a continued instruction.',
  rationale:
    'Docker skips the blank line and goes on with the same instruction, with a warning that this will become an error. A reader takes the blank line for the end of the instruction.',
  category: 'correctness',
  practice: 'clarity',
  severity: 'warning',
  since: '0.1.0',
  first: true,
  examples: {
    bad: [
      {
        code: 'FROM alpine:3.22\nRUN make \\\n«\n»    && make install\n',
        fixed: 'FROM alpine:3.22\nRUN make \\\n    && make install\n',
      },
      {
        code: 'FROM alpine:3.22\nCOPY a \\\n«  \n\n»  # comment\n  /b\n',
        fixed: 'FROM alpine:3.22\nCOPY a \\\n  # comment\n  /b\n',
      },
      {
        code: 'FROM alpine:3.22\nRUN make \\\n«\n»COPY a /b\n',
        fixed: 'FROM alpine:3.22\nRUN make\n\nCOPY a /b\n',
        why: 'The next instruction has become part of this one.',
      },
    ],
    good: [
      { code: 'FROM alpine:3.22\nRUN make \\\n    # a comment\n    && make install\n', why: 'Comment lines are fine.' },
      { code: 'FROM alpine:3.22\nCOPY <<EOF /a\na\n\nb\nEOF\n', why: 'Lines of a heredoc are contents.' },
    ],
  },
  on: KEYWORDS,
  signs: ['blank line'],
  onbuild: false,
  check({ instruction, report }) {
    const { emptyLines } = instruction;
    const [first] = emptyLines;
    if (!first) return;
    // One finding an instruction, as BuildKit counts; it covers the first run of blank lines.
    let { end } = first;
    for (const line of emptyLines) if (line.start === end) end = line.end;
    const span = { start: first.start, end };
    const swallowed = swallowedBy(instruction, span);
    if (swallowed) {
      report({ span, ...swallowed });
      return;
    }
    report({
      span,
      message:
        emptyLines.length === 1
          ? 'Remove the blank line: the instruction goes on behind it.'
          : 'Remove the blank lines: the instruction goes on behind them.',
      fixes: [
        {
          title: emptyLines.length === 1 ? 'Remove the blank line' : 'Remove the blank lines',
          safety: 'safe',
          edits: emptyLines.map(span => ({ span, text: '' })),
        },
      ],
    });
  },
});

const INSTRUCTION = new RegExp(`^(${KEYWORDS.join('|')})[ \\t]+\\S`);

/** A continuation character that was left at the end takes the next instruction for arguments of this one. */
function swallowedBy({ text, escape, keyword }: Instruction, blank: Span): Omit<Report, 'span'> | undefined {
  const next = INSTRUCTION.exec(text.slice(blank.end))?.[1];
  const left = /[ \t]*(\S)[ \t]*(?=\r?\n$)/.exec(text.slice(0, blank.start));
  if (!next || left?.[1] !== escape) return undefined;
  return {
    severity: 'error',
    message: `Remove the ${escape} above this blank line: it makes ${next} a part of ${keyword}.`,
    fixes: [
      {
        title: `Remove the ${escape}, so that ${next} is an instruction`,
        safety: 'manual',
        effect: { inserts: [next], commands: true, arguments: true, values: true, flags: true },
        edits: [{ span: { start: left.index, end: left.index + left[0].length }, text: '' }],
      },
    ],
  };
}
