import type { InstructionFacts } from '../facts/index.js';
import type { Span } from '../text/span.js';
import { defineRule, type Report } from './rule.js';

/** The home of the user in force, where it is known. */
const homeOf = ({ user }: InstructionFacts): string | undefined => (user.isRoot === true ? '/root' : undefined);

function complaint(what: string, span: Span, facts: InstructionFacts): Report {
  const home = homeOf(facts);
  return {
    span,
    message: `Docker does not replace ~ in ${what}, so this is a folder named “~”. Write ${home ? `${home}` : 'the home directory'} in full.`,
    fixes: home
      ? [
          {
            title: `Change ~ to ${home}`,
            safety: 'review',
            edits: [{ span, text: home }],
            effect: { arguments: true, flags: true, values: true },
          },
        ]
      : [],
  };
}

export default defineRule({
  id: 'tilde-not-expanded',
  codes: [],
  summary: '`~` is used where Docker takes it literally.',
  rationale:
    'Only a shell replaces `~` by the home directory. In COPY, ADD, VOLUME, the target of a mount and the value of an ENV it stays a folder named “~”: a cache mounted on `~/.cache/pip` is empty each time, while pip fills /root/.cache/pip, and a program does not find what is on `PATH=~/.local/bin`.',
  category: 'correctness',
  practice: 'clarity',
  severity: 'warning',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'FROM python:3.13\nRUN --mount=type=cache,target=«~»/.cache/pip pip install flask==3.1.0\n',
        fixed: 'FROM python:3.13\nRUN --mount=type=cache,target=/root/.cache/pip pip install flask==3.1.0\n',
      },
      {
        code: 'FROM debian:13\nCOPY .bashrc «~»/.bashrc\n',
        fixed: 'FROM debian:13\nCOPY .bashrc /root/.bashrc\n',
      },
      {
        code: 'FROM python:3.13\nENV PATH=«~»/.local/bin:$PATH\n',
        fixed: 'FROM python:3.13\nENV PATH=/root/.local/bin:$PATH\n',
      },
      { code: 'FROM debian:13\nUSER app\nCOPY . «~»/\n', why: 'The home of this user is not known.' },
    ],
    good: [
      { code: 'FROM debian:13\nRUN cp /etc/profile ~/.profile\n', why: 'A shell replaces it.' },
      { code: 'FROM debian:13\nCOPY notes~ /srv/\n', why: 'Part of a name.' },
      { code: 'FROM debian:13\nENV EXPRESSION=~foo\n', why: 'No path.' },
    ],
  },
  reading: 'own',
  instruction: { keywords: ['ADD', 'COPY', 'ENV', 'RUN', 'VOLUME'] },
  check({ instruction, facts, report }) {
    if (!instruction.text.includes('~')) return;
    const first = (start: number): Span => ({ start, end: start + 1 });
    switch (instruction.keyword) {
      case 'ADD':
      case 'COPY': {
        const target = instruction.words.at(-1);
        const quote = instruction.json ? 1 : 0;
        if (target && instruction.words.length > 1 && /^~(?:\/|$)/.test(target.text))
          report(complaint(instruction.keyword, first(target.span.start + quote), facts));
        return;
      }
      case 'VOLUME':
        for (const { text, span } of instruction.words)
          if (/^~(?:\/|$)/.test(text))
            report(complaint('VOLUME', first(span.start + (instruction.json ? 1 : 0)), facts));
        return;
      case 'ENV':
        for (const { key, valueSpan } of instruction.pairs) {
          if (!/(?:^|_)PATH$|_HOME$|_DIR$/.test(key)) continue;
          const written = instruction.text.slice(valueSpan.start, valueSpan.end);
          const at = /(?:^["']?|:)(?=~\/)/.exec(written);
          if (at) report(complaint('ENV', first(valueSpan.start + at.index + at[0].length), facts));
        }
        return;
      default:
        for (const flag of instruction.flags) {
          if (flag.name !== 'mount') continue;
          const written = instruction.text.slice(flag.valueSpan.start, flag.valueSpan.end);
          const at = /(?:^|,)(?:target|dst|destination)=(?=~(?:\/|,|$))/i.exec(written);
          if (at)
            report(complaint('the target of a mount', first(flag.valueSpan.start + at.index + at[0].length), facts));
        }
    }
  },
});
