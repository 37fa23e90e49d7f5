import { packageActions } from '../facts/packages/in-run.js';
import { defineRule } from './rule.js';

const OTHER_RELEASE = new Set(['dist-upgrade', 'full-upgrade']);

export default defineRule({
  id: 'package-upgrade',
  codes: ['DS-0024'],
  summary: 'All packages of the base image are upgraded during the build.',
  rationale:
    'What comes out depends on the day of the build, and the upgraded files are stored a second time. A newer base image brings the same fixes. Others advise the reverse (CIS Docker Benchmark 4.4: apply security patches), so this is off unless asked for.',
  category: 'reproducibility',
  practice: 'precise-versions',
  severity: 'info',
  profile: 'all',
  since: '0.1.0',
  examples: {
    bad: [
      { code: 'FROM debian:12\nRUN apt-get update && «apt-get dist-upgrade» -y\n' },
      { code: 'FROM alpine:3.22\nRUN «apk upgrade» --no-cache\n' },
      { code: 'FROM rockylinux:9\nRUN «yum update» -y\n' },
    ],
    good: [
      { code: 'FROM debian:12\nRUN apt-get update\n', why: 'That only fetches the lists.' },
      { code: 'FROM rockylinux:9\nRUN yum update -y openssl\n', why: 'One package, by name.' },
    ],
  },
  instruction: { keywords: ['RUN'] },
  check({ facts, report }) {
    for (const { command, verb, manager, info, packages } of packageActions(facts, 'upgrade')) {
      if (!info.isSystem || packages.length > 0) continue;
      if (manager === 'zypper' && /^(?:dup|dist-upgrade)$/.test(verb.value)) continue;
      report({
        span: { start: command.span.start, end: verb.span.end },
        message: 'What an upgrade installs depends on the day of the build. Use a newer base image instead.',
        codes: OTHER_RELEASE.has(verb.value) ? ['DS-0024'] : [],
      });
    }
  },
});
