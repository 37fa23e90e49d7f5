import type { Placed } from '../dockerfile/index.js';
import { type Frontend, frontendOf } from '../facts/frontend.js';
import type { FileFacts } from '../facts/index.js';
import type { Span } from '../text/span.js';
import { defineRule, type RuleFix } from './rule.js';
import { FEATURES, type Feature } from './syntax-version-too-old/features.js';

export default defineRule({
  id: 'syntax-version-too-old',
  codes: [],
  summary: 'The version in `# syntax=` does not support what the file uses.',
  rationale:
    'With `# syntax=docker/dockerfile:1.2` the builder reads the file with that version, however new it is itself, and stops at a flag or a form that came later. `docker/dockerfile:1` is the newest version 1 and stays compatible.',
  category: 'correctness',
  severity: 'error',
  since: '0.2.0',
  links: ['https://docs.docker.com/build/buildkit/frontend/'],
  examples: {
    bad: [
      {
        code: '# syntax=docker/dockerfile:1.2\nFROM alpine:3.22\nCOPY «--link» app /app\n',
        fixed: '# syntax=docker/dockerfile:1\nFROM alpine:3.22\nCOPY --link app /app\n',
      },
      {
        code: '# syntax=docker/dockerfile:1.3\nFROM alpine:3.22\nRUN «<<EOF»\necho hello\nEOF\n',
        fixed: '# syntax=docker/dockerfile:1\nFROM alpine:3.22\nRUN <<EOF\necho hello\nEOF\n',
      },
      {
        code: '# syntax=docker.io/docker/dockerfile:1.7\nFROM alpine:3.22\nCOPY «--parents» src/a src/b /app/\n',
        fixed: '# syntax=docker.io/docker/dockerfile:1\nFROM alpine:3.22\nCOPY --parents src/a src/b /app/\n',
        why: 'Only the labs variant of 1.7 has it.',
      },
      {
        code: '# syntax=docker/dockerfile:1.6\nFROM alpine:3.22\nARG TAG=v1.2\nENV VERSION=«${TAG#v}»\n',
        fixed: '# syntax=docker/dockerfile:1\nFROM alpine:3.22\nARG TAG=v1.2\nENV VERSION=${TAG#v}\n',
      },
    ],
    good: [
      { code: '# syntax=docker/dockerfile:1.4\nFROM alpine:3.22\nCOPY --link app /app\n', why: '1.4 brought it.' },
      { code: '# syntax=docker/dockerfile:1\nFROM alpine:3.22\nCOPY --parents a/b /app/\n', why: 'The newest.' },
      {
        code: '# syntax=docker/dockerfile:1.7-labs\nFROM alpine:3.22\nCOPY --parents a/b /app/\n',
        why: 'It was tried out there.',
      },
      { code: 'FROM alpine:3.22\nCOPY --parents a/b /app/\n', why: 'Nobody knows how new the builder is.' },
    ],
  },
  file: {},
  check({ facts, reading, report }) {
    const frontend = reading === 'own' ? frontendOf(facts.dockerfile) : undefined;
    if (!frontend) return;
    for (const feature of FEATURES.filter(one => !hasFeature(frontend, one))) {
      const use = firstUse(facts, feature);
      if (!use) continue;
      const since = `1.${feature.since}`;
      report(use.placed, {
        span: use.span,
        message: `Version ${versionOf(frontend)} does not support ${feature.name} (new in ${since}), so the build fails. Use docker/dockerfile:1.`,
        fixes: [raise(frontend, use.placed)],
      });
    }
  },
});

const versionOf = ({ minor, isLabs }: Frontend): string => `1.${minor}${isLabs ? '-labs' : ''}`;

const hasFeature = ({ minor, isLabs }: Frontend, { since, labs }: Feature): boolean =>
  minor >= since || (isLabs && labs !== undefined && minor >= labs);

/** One place is enough: there is one line to change. */
function firstUse(facts: FileFacts, feature: Feature): { placed: Placed; span: Span } | undefined {
  for (const placed of facts.instructions) {
    const { instruction } = placed;
    const span = feature.usedIn(instruction);
    if (span) return { placed, span };
  }
  return undefined;
}

function raise({ text, span }: Frontend, { start }: Placed): RuleFix {
  const newest = text.replace(/(?:-upstream)?:.*$/, ':1');
  return {
    title: `Change “# syntax=” to ${newest}`,
    // A digest is there so that nothing changes by itself.
    safety: text.includes('@') ? 'manual' : 'review',
    edits: [{ span: { start: span.start - start, end: span.end - start }, text: newest }],
    effect: { layout: true },
  };
}
