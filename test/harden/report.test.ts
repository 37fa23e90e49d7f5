import { expect, test } from 'vitest';
import { describe as details, summary } from '../../client/src/commands/harden-report.js';
import type { HardenResult } from '../../shared/src/protocol.js';

type Plan = Omit<HardenResult, 'edit'>;

const plan = (part: Partial<Plan>): Plan => ({
  applied: [],
  left: [],
  scores: [],
  practices: 17,
  notes: [],
  kept: undefined,
  secondStage: undefined,
  refusal: undefined,
  ...part,
});

const APPLIED = [
  { rule: 'add-instead-of-copy', title: 'Change ADD to COPY' },
  { rule: 'add-instead-of-copy', title: 'Change ADD to COPY' },
  { rule: 'final-stage-runs-as-root', title: 'Switch to the user node' },
];
const BEFORE = plan({
  applied: APPLIED,
  scores: [
    { practice: 'Use COPY instead of ADD', before: 2, after: 0 },
    { practice: 'Run as a non-root user', before: 1, after: 0 },
    { practice: 'Pin base images', before: 1, after: 1 },
  ],
  notes: ['Try it.'],
});
const LEFT = { rule: 'untagged-image', message: 'Add a tag.', line: 1 };
const AFTER = plan({ left: [LEFT], scores: [{ practice: 'Pin base images', before: 1, after: 1 }] });

test('says what was done, what it is worth and what is left', () => {
  expect(summary([{ name: 'Dockerfile', plan: BEFORE, now: AFTER }])).toBe(
    'Hardened Dockerfile: 3 changes. It follows 15 of 17 practices, and one more once you have tried the new user; before, 14. Left for you: Add a tag. The details say what to look at before you ship it.',
  );
});

test('tells what was left out in the preview', () => {
  const now = plan({
    ...AFTER,
    applied: APPLIED.slice(2),
    scores: [...AFTER.scores, { practice: 'Run as a non-root user', before: 1, after: 0 }],
  });
  expect(summary([{ name: 'Dockerfile', plan: BEFORE, now }])).toBe(
    'Hardened Dockerfile: 2 changes, 1 left out. It follows 15 of 17 practices; before, 14. Left for you: Add a tag. The details say what to look at before you ship it.',
  );
});

test('tells apart what was done and what was left out', () => {
  const now = plan({
    applied: [APPLIED[1], { rule: 'final-stage-runs-as-root', title: 'Add a user' }].flatMap(one => one ?? []),
  });
  const sections = details({ name: 'Dockerfile', plan: BEFORE, now }).split('\n\n');
  const below = (heading: string): string | undefined => sections[sections.indexOf(heading) + 1];
  expect(below('## Done')).toBe('- Change ADD to COPY (add-instead-of-copy)');
  expect(below('## Left out')).toBe(
    '- Change ADD to COPY (add-instead-of-copy)\n- Switch to the user node (final-stage-runs-as-root)',
  );
  expect(sections[1]).toContain('1 change made.');
});

test('does not say that there was nothing to change when everything was left out', () => {
  expect(summary([{ name: 'Dockerfile', plan: BEFORE, now: { ...BEFORE } }])).toBe(
    'Nothing was changed in Dockerfile: 3 left out.',
  );
});

test('names the files when there are several', () => {
  const refused = plan({ refusal: 'It is a Windows image.' });
  const outcomes = [
    { name: 'a/Dockerfile', plan: BEFORE, now: AFTER },
    { name: 'b/Dockerfile', plan: refused, now: refused },
  ];
  expect(summary(outcomes)).toBe(
    'Hardened 2 Dockerfiles: 3 changes. b/Dockerfile: It is a Windows image. Left for you: a/Dockerfile: Add a tag. The details say what to look at before you ship it.',
  );
});

test('says why the user is left alone', () => {
  const now = plan({ ...AFTER, kept: 'It gives up root by itself.' });
  expect(summary([{ name: 'Dockerfile', plan: plan({}), now }])).toBe(
    'There was nothing to change in Dockerfile. It gives up root by itself. Left for you: Add a tag.',
  );
});

test('says when there is nothing to do', () => {
  const nothing = plan({});
  expect(summary([{ name: 'Dockerfile', plan: nothing, now: nothing }])).toBe(
    'There was nothing to change in Dockerfile.',
  );
});

test('shows the score of each practice in the details', () => {
  expect(details({ name: 'Dockerfile', plan: BEFORE, now: AFTER })).toBe(
    [
      '# Dockerfile',
      '',
      '3 changes made. It follows 15 of 17 practices, and one more once you have tried the new user; before, 14.',
      '',
      '## Done',
      '',
      '- Change ADD to COPY (add-instead-of-copy) (2 times)',
      '- Switch to the user node (final-stage-runs-as-root)',
      '',
      '## Left for you to decide',
      '',
      '- Line 1: Add a tag. (untagged-image)',
      '',
      '## Before you ship it',
      '',
      '- Try it.',
      '',
      '## Findings by practice',
      '',
      '| Practice                | before | now |',
      '| ----------------------- | -----: | --: |',
      '| Use COPY instead of ADD |      2 |   0 |',
      '| Run as a non-root user  |      1 |   0 |',
      '| Pin base images         |      1 |   1 |',
      '',
    ].join('\n'),
  );
});

test('says that a second stage can be had, or why there is none', () => {
  const offering = plan({ secondStage: { offer: 'Build in a stage of its own' } });
  expect(summary([{ name: 'Dockerfile', plan: offering, now: offering }])).toContain(
    'What is built could run in a stage of its own.',
  );
  const refused = plan({ secondStage: { why: 'no RUN builds a program' } });
  expect(details({ name: 'Dockerfile', plan: refused, now: refused })).toContain(
    '\n\nNo second stage was added: no RUN builds a program.\n',
  );
});
