import { tagChoices } from '../edits/image-tag.js';
import { startsNothing } from '../facts/programs/start-commands.js';
import { hasVersionTags } from '../images/current-tags.js';
import { isLocalName, isNamedByRelease } from '../images/index.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'latest-tag',
  codes: ['DL3007', 'DS-0001', 'CKV_DOCKER_7'],
  summary: 'An image is used with the tag `latest`.',
  rationale:
    '`latest` is another image every few weeks: the same file builds something else tomorrow, or does not build at all. A tag that names a version keeps updates a decision.',
  category: 'reproducibility',
  practice: 'pinned-images',
  severity: 'warning',
  since: '0.1.0',
  examples: {
    bad: [
      { code: 'FROM alpine:«latest»\n', fixed: 'FROM alpine:3.24\n' },
      {
        code: 'FROM --platform=$BUILDPLATFORM node:«latest» AS build\n',
        fixed: 'FROM --platform=$BUILDPLATFORM node:24-slim AS build\n',
      },
      { code: 'ARG TAG=latest\nFROM «example/app:$TAG»\n', why: 'The default of an ARG.' },
    ],
    good: [
      { code: 'FROM alpine:3.22\n', why: 'The tag names a version.' },
      {
        code: 'FROM alpine:latest@sha256:f1dbca0f5dbc9f1dbca0f5dbc9f1dbca0f5dbc9f1dbca0f5dbc9f1dbca0f5dbc\n',
        why: 'The digest decides.',
      },
      { code: 'ARG TAG\nFROM alpine:$TAG\n', why: 'The tag is not known.' },
      { code: 'FROM php-base:latest\n', why: 'No registry has it: it is an image built here.' },
    ],
  },
  stage: {},
  check({ facts, reading, report }) {
    for (const stage of facts.stages) {
      const parts = stage.from.instruction.from;
      if (!parts) continue;
      const literal = parts.reference.tag === 'latest' && parts.reference.digest === undefined;
      const { base } = stage;
      const resolved =
        base.kind === 'image' &&
        base.certainty !== 'unknown' &&
        base.reference.tag === 'latest' &&
        base.reference.digest === undefined &&
        !isLocalName(base.reference.registry, base.reference.path);
      if (reading === 'hadolint' ? !literal : !resolved) continue;
      const { reference } = parts;
      report(stage.from, {
        span: (literal ? parts.ranges.tag : undefined) ?? parts.image.span,
        message: hasVersionTags(reference)
          ? '`latest` points to a different image after every release. Use a version tag.'
          : `The tags of ${reference.path} move. Pin it by digest.`,
        ...(!literal ? { severity: 'info' as const } : hasVersionTags(reference) ? {} : { severity: 'hint' as const }),
        // A variable is for whoever builds to decide, and of what is not shipped the newest is often what is wanted.
        minor:
          parts.image.text.includes('$') ||
          !stage.inFinalImage ||
          isNamedByRelease(reference) ||
          startsNothing(facts, stage),
        fixes: tagChoices(facts, stage),
      });
    }
  },
});
