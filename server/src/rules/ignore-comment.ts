import { defineRule } from './rule.js';

export default defineRule({
  id: 'ignore-comment',
  codes: ['DL1001'],
  summary: 'A comment disables a rule.',
  rationale:
    'For teams that want every exception in the configuration, where it is reviewed, and none in the files. Off unless it is asked for.',
  category: 'maintainability',
  severity: 'info',
  profile: 'all',
  since: '0.1.0',
  examples: {
    bad: [{ code: '«# hadolint ignore=DL3006»\nFROM alpine\n' }],
    good: [
      { code: '# hadolint global ignore=DL3006\nFROM alpine\n', why: 'For the whole file.' },
      { code: 'FROM alpine:3.22\n# hadolint shell=bash\nRUN true\n', why: 'Turns nothing off.' },
    ],
  },
  stage: {},
  check({ facts, report }) {
    for (const placed of facts.instructions) {
      for (const { start, end, text } of placed.leading) {
        if (!/^hadolint[ \t]+ignore[ \t]*=[ \t]*[DLSC0-9]+(?:[ \t]*,[ \t]*[DLSC0-9]+)*[ \t]*(?:#.*)?$/.test(text))
          continue;
        report(placed, {
          span: { start, end },
          message: 'Ignore comments are not allowed here. Move this exception to the configuration.',
        });
      }
    }
  },
});
