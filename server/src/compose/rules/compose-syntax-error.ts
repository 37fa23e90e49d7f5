import type { Span } from '../../text/span.js';
import { fixOf } from '../edits.js';
import { strayDollars } from '../interpolate.js';
import { defineComposeRule } from '../rule.js';
import { scalarsIn } from '../value.js';

/** A problem that is told by one place is about the word there; at the end of a file there is nothing to be underlined. */
function widened(text: string, at: number): Span {
  const start = Math.max(0, Math.min(at, text.length - 1));
  return { start, end: start + Math.max(1, /^[\w.-]*/.exec(text.slice(start))?.[0].length ?? 1) };
}

export default defineComposeRule({
  id: 'compose-syntax-error',
  codes: ['invalid-yaml'],
  summary: 'A part of the file is not valid YAML.',
  rationale: 'Compose refuses the whole file. What can be read is checked all the same.',
  category: 'correctness',
  severity: 'error',
  since: '0.2.0',
  examples: {
    bad: [
      { code: 'services:\n  web:\n    image: nginx:1.29\n    «image»: httpd:2.4\n' },
      { code: 'services:\n  web:\n«	»image: nginx:1.29\n', why: 'A tab.' },
    ],
    good: [
      { code: 'services:\n  web:\n    image: nginx:1.29\n', why: 'It can be read.' },
      { code: 'services:\n  {{ name }}:\n    image: nginx:1.29\n', why: 'A template, which becomes a Compose file.' },
    ],
  },
  check({ project, report }) {
    const { source, root, problems } = project.own;
    if (/\{\{|\{%/.test(source.text)) return;
    for (const scalar of root ? scalarsIn(root) : []) {
      if (scalar.isAlias || !scalar.raw.includes('$') || strayDollars(scalar.raw).length === 0) continue;
      const written = source.text.slice(scalar.span.start, scalar.span.end);
      for (const at of strayDollars(written)) {
        const start = scalar.span.start + at;
        const isBraced = written[at + 1] === '{';
        report(
          { source, span: { start, end: start + (isBraced ? 2 : 1) } },
          {
            message: isBraced
              ? 'Compose cannot read this variable. Write a default as `${NAME:-value}`.'
              : 'Compose reads this as a variable and refuses the file. Write `$$` for a dollar sign.',
            fixes: () => [
              isBraced
                ? undefined
                : fixOf('Write $$', 'review', {
                    edits: [{ span: { start, end: start }, text: '$' }],
                    effect: { paths: [[]] },
                  }),
            ],
          },
        );
      }
    }
    for (const { code, message, span } of problems) {
      const isTab = code === 'TAB_AS_INDENT' || /^\t/.test(source.text.slice(span.start));
      report(
        { source, span: span.end > span.start + 1 ? span : widened(source.text, span.start) },
        {
          message: isTab
            ? 'YAML does not allow tabs for indentation. Use spaces.'
            : code === 'DUPLICATE_KEY'
              ? 'This key is a duplicate. Remove one of the two.'
              : `${message.replace(/\.$/, '')}. Compose refuses the file.`,
        },
      );
      // The others mostly follow from the first.
      if (code !== 'DUPLICATE_KEY') return;
    }
  },
});
