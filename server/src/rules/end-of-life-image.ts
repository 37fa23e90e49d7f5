import { defineRule } from './rule.js';
import { tagChoices } from './support/image-tag.js';

export default defineRule({
  id: 'end-of-life-image',
  codes: [],
  summary: 'The base image is of a release that gets no fixes any more.',
  rationale:
    'Holes that become known stay open in it, and its package mirrors are closed or moved sooner or later, so that the build fails. Only releases are reported whose support has ended for certain; paid extensions are not counted.',
  category: 'security',
  practice: 'trusted-sources',
  severity: 'warning',
  since: '0.1.0',
  examples: {
    bad: [
      { code: 'FROM «debian:jessie»\nRUN make\n', fixed: 'FROM debian:13\nRUN make\n' },
      {
        code: 'FROM alpine:3.22 AS a\nFROM «ubuntu:16.04»\nRUN make\n',
        fixed: 'FROM alpine:3.22 AS a\nFROM ubuntu:24.04\nRUN make\n',
      },
      {
        code: 'ARG BASE=python:3.7-alpine3.12\nFROM «$BASE» AS app\n',
        fixed: 'ARG BASE=python:3.14-alpine\nFROM $BASE AS app\n',
        why: 'The newest release of the same variant.',
      },
      { code: 'FROM «golang:1.9-nanoserver»\nRUN go build\n', why: 'No release for Windows is known to offer.' },
      {
        code: 'FROM «python:2-alpine»\nRUN apk add --no-cache git\n',
        fixed: 'FROM python:3.14-alpine\nRUN apk add --no-cache git\n',
        why: 'A base without apk is not offered.',
      },
      { code: 'FROM «openjdk:8-jre»\nCMD ["java", "-version"]\n', why: 'No newer one would be any better.' },
      { code: 'FROM «centos:7»\nRUN make\n', why: 'There is no newer release under that name.' },
    ],
    good: [
      { code: 'FROM debian:13\n', why: 'It is supported.' },
      { code: 'FROM example/app:1\n', why: 'Nothing is known of the image.' },
    ],
  },
  scope: 'layers',
  checkFile({ facts, report }) {
    for (const stage of facts.stages) {
      const image = stage.from.instruction.from?.image;
      if (!image || stage.base.kind !== 'image' || stage.base.certainty === 'unknown') continue;
      const { endOfLife } = stage.image;
      if (endOfLife === undefined) continue;
      report(stage.from, {
        span: image.span,
        message: `${endOfLife}.`,
        // What only builds is not what gets attacked; that its mirrors close one day still stops the build.
        ...(stage.inFinalImage ? {} : { severity: 'info' as const }),
        fixes: tagChoices(facts, stage),
      });
    }
  },
});
