import { KEYWORDS } from '../dockerfile/index.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'empty-continuation-line',
  codes: ['NoEmptyContinuation'],
  summary: 'An empty line is in the middle of a continued instruction.',
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
    ],
    good: [
      { code: 'FROM alpine:3.22\nRUN make \\\n    # a comment\n    && make install\n', why: 'Comment lines are fine.' },
      { code: 'FROM alpine:3.22\nCOPY <<EOF /a\na\n\nb\nEOF\n', why: 'Lines of a heredoc are contents.' },
    ],
  },
  instruction: { keywords: KEYWORDS, signs: ['blank line'], triggers: false },
  check({ instruction, report }) {
    const { emptyLines } = instruction;
    const [first] = emptyLines;
    if (!first) return;
    // One finding an instruction, as BuildKit counts; it covers the first run of blank lines.
    let { end } = first;
    for (const line of emptyLines) if (line.start === end) end = line.end;
    const span = { start: first.start, end };
    report({
      span,
      message:
        emptyLines.length === 1
          ? 'The instruction continues after this empty line. Remove it.'
          : 'The instruction continues after these empty lines. Remove them.',
      fixes: [
        {
          title: emptyLines.length === 1 ? 'Remove the empty line' : 'Remove the empty lines',
          safety: 'safe',
          edits: emptyLines.map(span => ({ span, text: '' })),
        },
      ],
    });
  },
});
