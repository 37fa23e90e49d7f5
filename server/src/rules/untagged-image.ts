import type { Placed } from '../dockerfile/index.js';
import { tagChoices } from '../edits/image-tag.js';
import type { FileFacts } from '../facts/index.js';
import { isLocalName, isNamedByRelease } from '../images/index.js';
import { defineRule } from './rule.js';
import { addVersionTag } from './untagged-image/complaint.js';

export default defineRule({
  id: 'untagged-image',
  codes: ['DL3006', 'DS-0001', 'CKV_DOCKER_7'],
  summary: 'An image is used without a tag.',
  rationale:
    'Without a tag Docker takes `latest`, which is another image every few weeks: the same file builds something else tomorrow, or does not build at all. A tag that names a version keeps updates a decision.',
  category: 'reproducibility',
  practice: 'pinned-images',
  severity: 'warning',
  since: '0.1.0',
  examples: {
    bad: [
      { code: 'FROM «debian»\n', fixed: 'FROM debian:trixie-slim\n' },
      {
        code: 'FROM --platform=$BUILDPLATFORM «golang» AS build\n',
        fixed: 'FROM --platform=$BUILDPLATFORM golang:1.27-alpine AS build\n',
        fix: 1,
      },
      {
        code: 'ARG BASE=ubuntu\nFROM «${BASE}»\n',
        fixed: 'ARG BASE=ubuntu:24.04\nFROM ${BASE}\n',
        why: 'The default of an ARG.',
      },
      { code: 'FROM «registry.example.com:5000/team/app»\n' },
      {
        code: 'FROM «golang»\nSHELL ["powershell", "-Command"]\nRUN go build\n',
        fixed: 'FROM golang:1.26\nSHELL ["powershell", "-Command"]\nRUN go build\n',
        fix: 1,
        why: 'On Windows there is no Alpine variant.',
      },
    ],
    good: [
      { code: 'FROM debian:13\n', why: 'Tagged.' },
      {
        code: 'FROM debian@sha256:f1dbca0f5dbc9f1dbca0f5dbc9f1dbca0f5dbc9f1dbca0f5dbc9f1dbca0f5dbc\n',
        why: 'A digest says more than a tag.',
      },
      { code: 'FROM golang:1.25 AS build\nFROM build\n', why: 'A stage has no tag.' },
      { code: 'FROM scratch\n', why: 'scratch has no tags.' },
      {
        code: 'ARG ROOT=not-built-yet\nFROM php-base AS common\nFROM localhost/team/base\nFROM $ROOT\n',
        why: 'No registry has these: they are images built here, or named build contexts.',
      },
      {
        code: '# Replaced by docker buildx build --build-context acme/server=…\nFROM acme/server AS server\n# Injected as a context by the bakefile\nFROM acme/tools\n',
        why: 'The comment says that a named build context takes its place.',
      },
      { code: 'ARG BASE\nFROM $BASE\n', why: 'The image is not known.' },
      { code: 'ARG I=1\nFROM alpine:3.22 AS img1\nFROM img${I}\n', why: 'It is the name of a stage.' },
      { code: 'FROM alpine:3.22 AS base-amd64\nFROM base-${TARGETARCH}\n', why: 'The platform chooses the stage.' },
    ],
  },
  stage: {},
  check({ facts, report }) {
    for (const stage of facts.stages) {
      const { from: placed, base } = stage;
      const image = placed.instruction.from?.image;
      if (!image || base.kind !== 'image' || base.certainty === 'unknown') continue;
      const { reference } = base;
      if (reference.tag !== undefined || reference.digest !== undefined) continue;
      if (isLocalName(reference.registry, reference.path) || !/^[a-z0-9]/.test(base.text)) continue;
      if (isBuildContext(facts, placed)) continue;
      report(placed, {
        span: image.span,
        ...addVersionTag(reference),
        // A variable is for whoever builds to decide, and of a stage that is left behind only files are copied.
        minor: image.text.includes('$') || !stage.inFinalImage || isNamedByRelease(reference),
        fixes: tagChoices(facts, stage),
      });
    }
  },
});

/** A comment above says that the build puts something else in place of the image (`--build-context`, `contexts` of bake). */
function isBuildContext(facts: FileFacts, { leading, instruction }: Placed): boolean {
  const name = /^\$\{?(\w+)\}?$/.exec(instruction.from?.image?.text ?? '')?.[1];
  const argument = facts.preamble.find(({ instruction: { pairs } }) => pairs.some(({ key }) => key === name));
  return [...leading, ...(argument?.leading ?? [])].some(({ text }) => BUILD_CONTEXT.test(text));
}

const BUILD_CONTEXT =
  /\b(?:build|named|additional|injected|bake)[- _]contexts?\b|\bcontexts?\b.*\bbake|\bbake(?:file)?\b.*\bcontexts?\b|\badditional_contexts\b/i;
