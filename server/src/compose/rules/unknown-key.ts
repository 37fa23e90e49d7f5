import type { RuleFix } from '../../edits/fix.js';
import { closest } from '../../text/closest.js';
import { fixOf, removeItem, replaceValue } from '../edits.js';
import type { Project } from '../project.js';
import { defineComposeRule } from '../rule.js';
import { violationsOf } from '../schema/validate.js';
import type { Place, Value } from '../value.js';

const WORDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  null: 'empty',
};

function inWords(wanted: readonly string[]): string {
  const words = [...new Set(wanted.filter(one => one !== 'null').map(one => WORDS[one] ?? `“${one}”`))];
  return words.length > 1 ? `${words.slice(0, -1).join(', ')} or ${words.at(-1)}` : (words[0] ?? 'something else');
}

/** Where there is nothing, what is before it is shown. */
function at(value: Value): Place {
  const { source, span } = value;
  return span.end > span.start ? value : { source, span: { start: Math.max(0, span.start - 1), end: span.end } };
}

/** The same in the kind that is wanted: a number or a yes as a text, one text as a list of it. */
function asWanted(
  project: Project,
  value: Value,
  wanted: readonly string[],
  path: readonly string[],
): RuleFix | undefined {
  if (value.kind !== 'scalar' || value.raw === '' || value.quote === 'block') return undefined;
  if (wanted.includes('string') && value.type !== 'text') {
    const { span, source, isAlias } = value;
    if (source !== project.own.source || isAlias) return undefined;
    return fixOf('Add quotes', 'safe', {
      edits: [{ span, text: `"${value.raw}"` }],
      effect: { paths: [path] },
    });
  }
  return wanted.includes('array') && value.type === 'text'
    ? fixOf('Convert to a list', 'safe', replaceValue(project, value, [value.raw], path))
    : undefined;
}

export default defineComposeRule({
  id: 'unknown-key',
  codes: ['invalid-schema'],
  summary: 'A key is unknown, or its value has the wrong type.',
  rationale: 'Compose refuses the whole file. The schema is the one that Compose itself has.',
  category: 'correctness',
  severity: 'error',
  since: '0.2.0',
  examples: {
    bad: [
      { code: 'services:\n  web:\n    «imag»: nginx:1.29\n', fixed: 'services:\n  web:\n    image: nginx:1.29\n' },
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    cap_drop: «ALL»\n',
        fixed: 'services:\n  web:\n    image: nginx:1.29\n    cap_drop: [ALL]\n',
      },
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    user: «1000»\n',
        fixed: 'services:\n  web:\n    image: nginx:1.29\n    user: "1000"\n',
      },
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    cap_add: [CHOWN, «CHOWN»]\n',
        fixed: 'services:\n  web:\n    image: nginx:1.29\n    cap_add: [CHOWN]\n',
        why: 'The same item twice.',
      },
    ],
    good: [
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    x-owner: team\n',
        why: 'Extensions are allowed everywhere.',
      },
      {
        code: 'services:\n  web:\n    image: nginx:1.29\n    mem_limit: ${MEM}\n    init: yes\n',
        why: 'Nobody knows what a variable becomes.',
      },
    ],
  },
  check({ project, report }) {
    const { root, source } = project.own;
    // A list at the top, or a template, is not a Compose file.
    if (
      root?.kind !== 'mapping' ||
      !['services', 'include'].some(key => root.entries.has(key)) ||
      /\{\{|\{%/.test(source.text)
    )
      return;
    for (const violation of violationsOf(root)) {
      const { path } = violation;
      if (violation.kind === 'key') {
        const { entry, known } = violation;
        const meant = closest(entry.key, known);
        const { keySpan: span } = entry;
        report(
          { source: entry.source, span },
          {
            message: `Unknown key “${entry.key}”${meant ? `. Did you mean ${meant}?` : '. Compose refuses the file.'}`,
            fixes: () => [
              meant && !entry.isMerged
                ? fixOf(`Change to ${meant}`, 'review', {
                    edits: [{ span, text: meant }],
                    effect: { paths: [path, [...path.slice(0, -1), meant]] },
                  })
                : undefined,
            ],
          },
        );
      } else if (violation.kind === 'twice') {
        const { value } = violation;
        report(value, {
          message: `${value.text} is already in this list, so Compose refuses the file.`,
          fixes: () => [fixOf('Remove it', 'review', removeItem(project, value, ...path))],
        });
      } else {
        const { value, wanted } = violation;
        const key = path.findLast(one => !/^\d+$/.test(one)) ?? '';
        report(at(value), {
          message: `\`${key}\` must be ${inWords(wanted)}. Compose refuses the file.`,
          fixes: () => [asWanted(project, value, wanted, path)],
        });
      }
    }
  },
});
