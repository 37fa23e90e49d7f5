import { KEYWORDS, swallowedIn } from '../dockerfile/index.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'swallowed-instruction',
  codes: [],
  summary: 'A line that ends with a backslash makes the next instruction part of this one.',
  rationale:
    'After a continuation character Docker reads on, over comments and blank lines, and takes the next instruction for arguments. The build may still succeed: with a program that gets strange arguments, a variable with a strange value, and without what the lost instruction was to do.',
  category: 'correctness',
  practice: 'clarity',
  severity: 'error',
  since: '0.1.0',
  first: true,
  examples: {
    bad: [
      {
        code: 'FROM alpine:3.22\nRUN make \\\n«COPY» a /b\n',
        fixed: 'FROM alpine:3.22\nRUN make\nCOPY a /b\n',
      },
      {
        code: 'FROM alpine:3.22\nRUN make \\\n\n«COPY» a /b\n',
        fixed: 'FROM alpine:3.22\nRUN make\n\nCOPY a /b\n',
        why: 'A blank line changes nothing.',
      },
      {
        code: 'FROM alpine:3.22\nRUN make && \\\n    make install \\\n\n# the tests need it\n«RUN» make test\nUSER 1000\n',
        fixed: 'FROM alpine:3.22\nRUN make && \\\n    make install\n\n# the tests need it\nRUN make test\nUSER 1000\n',
        why: 'Nor does a comment.',
      },
      {
        code: 'FROM alpine:3.22\nRUN make && \\\n«USER» app\n',
        fixed: 'FROM alpine:3.22\nRUN make\nUSER app\n',
        why: 'An operator that has nothing to join goes too.',
      },
      {
        code: 'FROM alpine:3.22\nENV A=1 \\\n    B=2 \\\n«CMD» ["app"]\n',
        fixed: 'FROM alpine:3.22\nENV A=1 \\\n    B=2\nCMD ["app"]\n',
      },
      {
        code: 'FROM alpine:3.22\nENV A b \\\n«RUN» make\n',
        fixed: 'FROM alpine:3.22\nENV A b\nRUN make\n',
        why: 'It would become a part of the value.',
      },
      {
        code: 'FROM alpine:3.22\nRUN make \\\n    «WORKDIR» /srv\n',
        fixed: 'FROM alpine:3.22\nRUN make\n    WORKDIR /srv\n',
      },
      {
        code: 'FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nCOPY a C:\\dir\\\n«RUN» dir\n',
        fixed: 'FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nCOPY a C:\\dir\nRUN dir\n',
        why: 'Without “# escape=`” a backslash at the end of a line is not a part of the path.',
      },
      {
        code: 'FROM alpine:3.22\nRUN --mount=type=cache,target=/c \\\n«RUN» make\n',
        why: 'What is left would be half a RUN.',
      },
      {
        code: 'FROM alpine:3.22\nRUN make \\\n«HEALTHCHECK» --interval=5m \\\n  CMD true\n',
        fixed: 'FROM alpine:3.22\nRUN make\nHEALTHCHECK --interval=5m \\\n  CMD true\n',
      },
      {
        code: 'from alpine:3.22\nrun apk add make \\\n\n«run» make\n',
        fixed: 'from alpine:3.22\nrun apk add make\n\nrun make\n',
      },
    ],
    good: [
      { code: 'FROM alpine:3.22\nHEALTHCHECK --interval=5m \\\n  CMD true\n', why: 'CMD belongs to HEALTHCHECK.' },
      { code: 'FROM alpine:3.22\nONBUILD \\\n  RUN make\n', why: 'The trigger of an ONBUILD.' },
      {
        code: 'FROM postgres:18\nRUN psql -c "SELECT a \\\nFROM b"\n',
        why: 'Within quotes it is text.',
      },
      { code: 'FROM alpine:3.22\nRUN echo \\\n    FROM here\n', why: 'A word that is printed.' },
      { code: 'FROM alpine:3.22\nARG A=1 \\\n    USER \\\n    UID\n', why: 'An argument may be called USER.' },
      { code: 'FROM alpine:3.22\nRUN A=1 \\\n    USER=app make\n', why: 'A variable.' },
      {
        code: 'FROM alpine:3.22\nRUN a \\\n  && env A=1 make \\\n  add b\n',
        why: 'In small letters many are commands.',
      },
      { code: 'FROM alpine:3.22\nRUN <<EOF\nmake \\\nCOPY a\nEOF\n', why: 'Lines of a heredoc are contents.' },
    ],
  },
  instruction: { keywords: KEYWORDS, signs: ['continuation'], triggers: false },
  check({ instruction, report }) {
    const { escape } = instruction;
    for (const { keyword, owner, span, removal, beginsLine } of swallowedIn(instruction)) {
      report({
        span,
        message: `The ${escape} above continues the ${owner}, so this ${keyword} becomes part of it. Remove the ${escape}.`,
        fixes: removal
          ? [
              {
                title: `Remove the ${escape}, so that ${keyword} is an instruction`,
                // An indented line may be meant to go on with something else.
                safety: beginsLine ? 'review' : 'manual',
                effect: { inserts: [keyword], commands: true, arguments: true, values: true, flags: true },
                edits: [{ span: removal, text: '' }],
              },
            ]
          : [],
      });
    }
  },
});
