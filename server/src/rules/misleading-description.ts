import type { Placed } from '../dockerfile/index.js';
import { isPragma } from '../edits/placing.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'misleading-description',
  codes: ['InvalidDefinitionDescription'],
  summary: 'The comment above an `ARG` or a named `FROM` does not start with its name.',
  rationale:
    '`docker build --call=outline` and `--call=targets` show that comment as the description of the argument or stage, but only when it begins with the name. An empty comment line (`#`) above the instruction says that the comment is about something else.',
  category: 'style',
  practice: 'metadata',
  severity: 'hint',
  profile: 'all',
  since: '0.1.0',
  heedsComments: true,
  examples: {
    bad: [
      { code: '«# The version.»\nARG VERSION=1\nFROM alpine:3.22\n' },
      { code: 'FROM alpine:3.22\nRUN make\n\n«# Runs it.»\nFROM scratch AS final\n' },
    ],
    good: [
      { code: '# VERSION of the base\nARG VERSION=3.22\nFROM alpine:$VERSION\n', why: 'It begins with the name.' },
      {
        code: '# Something else.\n#\nARG VERSION=3.22\nFROM alpine:$VERSION\n',
        why: 'An empty comment line cuts it off.',
      },
      { code: '# The base.\nFROM alpine:3.22\n', why: 'A stage without a name has no description.' },
      {
        code: '# syntax=docker/dockerfile:1\nARG VERSION=3.22\n# hadolint ignore=DL3006\nFROM alpine:$VERSION AS base\n# dockwright file-ignore=copy-whole-context\nARG TARGETARCH\n',
        why: 'Directives and what is written for linters describe nothing.',
      },
    ],
  },
  stage: {},
  check({ facts, reading, report }) {
    for (const placed of facts.instructions) {
      const names = namesOf(placed);
      const comment = placed.leading.at(-1);
      if (names.length === 0 || !comment || comment.text === '') continue;
      const [first = ''] = comment.text.split(' ');
      if (names.includes(first)) continue;
      if (
        reading === 'own' &&
        (isPragma(comment) || /^(?:syntax|escape|check|dockwright\s+file-ignore)\s*=/.test(comment.text))
      )
        continue;
      report(placed, {
        span: comment,
        message: `Begin the comment with “${names.length === 1 ? names[0] : 'the name of one of the arguments'}”, or put an empty comment line after it.`,
      });
    }
  },
});

function namesOf({ instruction }: Placed): readonly string[] {
  if (instruction.keyword === 'ARG') return instruction.pairs.map(pair => pair.key);
  const name = instruction.from?.name?.text.toLowerCase();
  return name === undefined ? [] : [name];
}
