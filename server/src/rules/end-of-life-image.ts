import { tagChoices, writtenReference } from '../edits/image-tag.js';
import type { FileFacts, Stage } from '../facts/index.js';
import { lostPackages } from '../facts/packages/lost-packages.js';
import { tiedToRelease } from '../facts/packages/tied-release.js';
import { droppedCommands, droppedOptions } from '../facts/programs/lost.js';
import { defineRule, type Report, type RuleFix } from './rule.js';

export default defineRule({
  id: 'end-of-life-image',
  codes: [],
  summary: 'The base image is end of life or no longer available.',
  rationale:
    'Holes that become known stay open in it, and its package mirrors are closed or moved sooner or later, so that the build fails. Only releases are reported whose free support had ended when this version was made; paid extensions are not counted. The dates are those of https://endoflife.date. Images that have been taken away, as Bitnami’s with versions in 2025, stop the build (“manifest unknown”).',
  category: 'security',
  practice: 'trusted-sources',
  severity: 'warning',
  since: '0.1.0',
  examples: {
    bad: [
      { code: 'FROM «debian:jessie»\nRUN make\n', fixed: 'FROM debian:13\nRUN make\n' },
      {
        code: 'FROM alpine:3.22 AS a\nFROM «ubuntu:16.04»\nRUN make\n',
        fixed: 'FROM alpine:3.22 AS a\nFROM ubuntu:26.04\nRUN make\n',
      },
      {
        code: 'ARG BASE=python:3.7-alpine3.12\nFROM «$BASE» AS app\n',
        fixed: 'ARG BASE=python:3.14-alpine3.24\nFROM $BASE AS app\n',
        why: 'The newest release of the same variant.',
      },
      {
        code: 'FROM «golang:1.9-nanoserver»\nRUN go build\n',
        fixed: 'FROM golang:1.27-nanoserver\nRUN go build\n',
        why: 'The newest release for the same system.',
      },
      {
        code: 'FROM «python:2-alpine»\nRUN apk add --no-cache git\n',
        fixed: 'FROM python:3.14-alpine\nRUN apk add --no-cache git\n',
        why: 'A base without apk is not offered.',
      },
      {
        code: 'FROM «bitnami/kafka:3.9.0»\nRUN true\n',
        fixed: 'FROM bitnamilegacy/kafka:3.9.0\nRUN true\n',
        why: 'These tags were taken away in September 2025.',
      },
      {
        code: 'FROM «k8s.gcr.io/pause:3.9»\n',
        fixed: 'FROM registry.k8s.io/pause:3.9\n',
        why: 'The registry has moved.',
      },
      {
        code: 'FROM «ubuntu:20.04»\nRUN apt-get update && apt-get install -y libicu66\n',
        why: 'No newer release has that package, which the message says.',
      },
      { code: 'FROM «vault:1.12»\n', why: 'The maker publishes it under another name.' },
      { code: 'FROM «nvidia/cuda:12.4.1-runtime-ubuntu20.04»\n', why: 'The tag says what it is built on.' },
      { code: 'FROM «openjdk:8-jre»\nCMD ["java", "-version"]\n', why: 'No newer one would be any better.' },
      { code: 'FROM «centos:7»\nRUN make\n', why: 'There is no newer release under that name.' },
    ],
    good: [
      { code: 'FROM bitnami/kafka:latest\n', why: 'This tag is still there.' },
      { code: 'FROM golang:1\n', why: 'The tag moves on to the newest release.' },
      { code: 'FROM debian:13\n', why: 'It is supported.' },
      { code: 'FROM example/app:1\n', why: 'Nothing is known of the image.' },
    ],
  },
  // What a stage copies from another tells whether it can move alone.
  file: {},
  check({ facts, report }) {
    for (const stage of facts.stages) {
      const image = stage.from.instruction.from?.image;
      if (!image || stage.base.kind !== 'image' || stage.base.certainty === 'unknown') continue;
      const { endOfLife } = stage.image;
      if (!endOfLife) continue;
      const { next } = endOfLife;
      const loss = lossBy(facts, stage, next);
      const tied = next === undefined ? undefined : tiedToRelease(facts, stage, next);
      report(stage.from, {
        span: image.span,
        message: `${endOfLife.message}${loss}${tied === undefined ? '' : `${loss === '' ? ' ' : ', '}${tied}`}.`,
        ...severityOf(stage, endOfLife.isGone),
        fixes: endOfLife.moved
          ? moveTo(facts, stage, endOfLife.moved)
          : tied === undefined
            ? tagChoices(facts, stage, next)
            : [],
      });
    }
  },
});

/** What the stage calls or installs and the newer image has no longer. */
function lossBy(facts: FileFacts, stage: Stage, next: string | undefined): string {
  if (next === undefined) return '';
  const lost = [droppedCommands, droppedOptions, lostPackages].flatMap(lostIn => lostIn(facts, stage, next));
  return lost.length === 0 ? '' : `, which has no ${lost.join(' and no ')}`;
}

/** What only builds is not what gets attacked; that its mirrors close one day still stops the build. */
function severityOf({ inFinalImage }: Stage, isGone: boolean): Pick<Report, 'severity'> {
  if (isGone) return { severity: 'error' };
  return inFinalImage ? {} : { severity: 'info' };
}

function moveTo(
  facts: FileFacts,
  stage: Stage,
  { from, to }: { readonly from: string; readonly to: string },
): readonly RuleFix[] {
  const written = writtenReference(facts, stage);
  const at = written?.reference.text.indexOf(from) ?? -1;
  if (!written || at < 0) return [];
  const start = written.start + at;
  return [
    {
      title: `Take it from ${to}`,
      safety: 'review',
      edits: [{ at: written.placed, span: { start, end: start + from.length }, text: to }],
      effect: { arguments: true, values: true },
    },
  ];
}
