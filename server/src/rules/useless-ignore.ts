import { defineRule } from './rule.js';

// Found by the engine when all rules have run (ignore-comments/useless.ts): only then it is known what a comment silenced.
export default defineRule({
  id: 'useless-ignore',
  codes: [],
  summary: 'An ignore comment has no effect.',
  rationale:
    'A comment that names a rule which does not exist, or which no longer reports anything there, misleads readers, and will hide a real problem later. Comments for hadolint and BuildKit that silence something in those tools are left alone.',
  category: 'maintainability',
  severity: 'hint',
  since: '0.1.0',
  examples: {
    bad: [
      {
        code: 'FROM debian:12\n# dockwright ignore=«apt-get-install-without-yes»\nRUN apt-get update && apt-get install -y curl\n',
        fixed: 'FROM debian:12\nRUN apt-get update && apt-get install -y curl\n',
      },
      {
        code: 'FROM debian:12\n# dockwright ignore=«apt-get-install-without-yess» -- asked for by the installer\nRUN apt-get install curl\n',
        why: 'A slip in the name.',
        fixed:
          'FROM debian:12\n# dockwright ignore=apt-get-install-without-yes -- asked for by the installer\nRUN apt-get install curl\n',
      },
      {
        code: 'FROM debian:12\n«# dockwright disable DL3014»\nRUN apt-get install curl\n',
        why: 'It has to be written ignore=.',
      },
    ],
    good: [
      { code: 'FROM debian:12\n# hadolint ignore=DL3014\nRUN apt-get install curl\n', why: 'It silences a finding.' },
      { code: 'FROM debian:12\n# hadolint ignore=SC2086\nRUN echo $HOME\n', why: 'ShellCheck runs later, if at all.' },
    ],
  },
  engine: true,
});
