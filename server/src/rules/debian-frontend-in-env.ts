import { defineRule, type RuleFix } from './rule.js';

export default defineRule({
  id: 'debian-frontend-in-env',
  codes: [],
  summary: 'DEBIAN_FRONTEND is set for the finished image.',
  rationale:
    'ENV holds at run time too, and in every image that builds on this one, so an apt-get typed in a container silently takes default answers. Set it for the build only: on the command (`DEBIAN_FRONTEND=noninteractive apt-get install …`) or with ARG.',
  category: 'maintainability',
  practice: 'clarity',
  severity: 'info',
  profile: 'all',
  since: '0.1.0',
  examples: {
    bad: [
      {
        code: 'FROM debian:12\nENV «DEBIAN_FRONTEND»=noninteractive\n',
        fixed: 'FROM debian:12\nARG DEBIAN_FRONTEND=noninteractive\n',
      },
      {
        code: 'FROM debian:12\nENV «DEBIAN_FRONTEND» noninteractive\n',
        fixed: 'FROM debian:12\nARG DEBIAN_FRONTEND=noninteractive\n',
      },
      { code: 'FROM debian:12\nENV LANG=C.UTF-8 «DEBIAN_FRONTEND»=noninteractive\n' },
    ],
    good: [
      { code: 'FROM debian:12\nARG DEBIAN_FRONTEND=noninteractive\n', why: 'ARG ends with the build.' },
      {
        code: 'FROM debian:12\nRUN DEBIAN_FRONTEND=noninteractive apt-get install -y tzdata\n',
        why: 'It holds for one command.',
      },
    ],
  },
  on: ['ENV'],
  check({ instruction, facts, onbuild, report }) {
    const pair = instruction.pairs.find(({ key }) => key === 'DEBIAN_FRONTEND');
    if (!pair || (!onbuild && !facts.stage.inFinalImage)) return;
    const plain =
      instruction.pairs.length === 1 && instruction.comments.length === 0 && /^["']?\w+["']?$/.test(pair.value ?? '');
    const fixes: RuleFix[] = plain
      ? [
          {
            title: 'Use ARG',
            safety: 'review',
            effect: { renames: { ENV: 'ARG' }, values: true },
            edits: [
              {
                span: { start: instruction.keywordSpan.start, end: instruction.argumentsSpan.end },
                text: `ARG ${pair.key}=${pair.value ?? ''}`,
              },
            ],
          },
        ]
      : [];
    report({
      span: pair.keySpan,
      message: 'Set DEBIAN_FRONTEND for the build only, with ARG or on the command that needs it.',
      fixes,
    });
  },
});
