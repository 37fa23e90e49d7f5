import { isLocalName } from '../images/index.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'image-without-digest',
  codes: [],
  summary: 'An image is named by a tag only, and tags can move.',
  rationale:
    'A digest names exactly one image, so the build uses what was reviewed even when the tag is pushed again. Keep the tag in front of it (`name:tag@sha256:…`) for people and update bots to read; `docker buildx imagetools inspect name:tag` prints the digest.',
  category: 'reproducibility',
  practice: 'pinned-images',
  severity: 'info',
  profile: 'strict',
  since: '0.1.0',
  examples: {
    bad: [{ code: 'FROM «debian:13»\n' }, { code: 'ARG V=13\nFROM «debian:$V» AS base\n' }],
    good: [
      {
        code: 'FROM debian:13@sha256:f1dbca0f5dbc9f1dbca0f5dbc9f1dbca0f5dbc9f1dbca0f5dbc9f1dbca0f5dbc\n',
        why: 'Pinned.',
      },
      {
        code: 'FROM debian:13@sha256:f1dbca0f5dbc9f1dbca0f5dbc9f1dbca0f5dbc9f1dbca0f5dbc9f1dbca0f5dbc AS a\nFROM a\nFROM scratch\n',
        why: 'Stages and scratch have no digest.',
      },
      { code: 'ARG BASE\nFROM $BASE\n', why: 'The image is not known.' },
      { code: 'FROM debian\n', why: 'A missing tag comes first.' },
      { code: 'FROM php-base:1\n', why: 'An image built here gets another digest with each build.' },
    ],
  },
  stage: {},
  check({ facts, report }) {
    for (const stage of facts.stages) {
      const { base } = stage;
      const image = stage.from.instruction.from?.image;
      if (!image || base.kind !== 'image' || base.certainty === 'unknown') continue;
      const { registry, path, tag, digest } = base.reference;
      if (digest !== undefined || tag === undefined || tag === 'latest' || isLocalName(registry, path)) continue;
      report(stage.from, {
        span: image.span,
        message: `The tag of ${base.text} can be moved to a different image. Add its digest (name:tag@sha256:…).`,
      });
    }
  },
});
