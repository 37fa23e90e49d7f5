import { type ImageReference, parseReference } from '../dockerfile/index.js';
import { type WrittenReference, writtenReference } from '../edits/image-tag.js';
import { stageReferences } from '../facts/stage-references.js';
import { type MissingTag, missingTag } from '../images/index.js';
import { LISTED_UNTIL } from '../images/tag-lists.js';
import { defineRule, type Report, type RuleFix } from './rule.js';

export default defineRule({
  id: 'tag-does-not-exist',
  codes: [],
  summary: 'The official image has no such tag.',
  rationale:
    'The build stops (“not found”, “manifest unknown”). The tags are those of the lists that Docker’s official images are built from, with their history. A tag that may have come after the lists were read is not reported, and neither is one with a word of your own in it, which may be an image that you have built. What is certain is an error; a variant that an image which still gets updates never had, or a word that looks misspelt, is a warning.',
  category: 'correctness',
  practice: 'pinned-images',
  severity: 'error',
  since: '0.2.0',
  examples: {
    bad: [
      {
        code: 'FROM «golang:1.21-slim»\nRUN go version\n',
        fixed: 'FROM golang:1.21\nRUN go version\n',
        why: 'golang has never had a slim variant.',
      },
      {
        code: 'FROM «python:3.9-slim-jessie» AS app\n',
        fixed: 'FROM python:3.9-slim-trixie AS app\n',
        why: 'Python 3.9 came after Debian jessie.',
      },
      { code: 'FROM «node:21.99»\n', fixed: 'FROM node:21.7\n', why: 'Node.js 21 ended with 21.7.' },
      { code: 'FROM «openjdk:17-jre»\n', fixed: 'FROM openjdk:17\n', why: 'There is no JRE after 11.' },
      {
        code: 'ARG BASE=node:22-apline\nFROM «$BASE»\n',
        fixed: 'ARG BASE=node:22-alpine\nFROM $BASE\n',
        why: 'A misspelt word: a warning.',
      },
      {
        code: 'FROM alpine:3.22\nCOPY --from=«golang:1.20-alpine3.99» /usr/local/go /usr/local/go\n',
        fixed: 'FROM alpine:3.22\nCOPY --from=golang:1.20-alpine3.19 /usr/local/go /usr/local/go\n',
        why: 'An image to copy from.',
      },
      { code: 'FROM «ubuntu:22.4»\n', fixed: 'FROM ubuntu:22.04\n', why: 'The tag is written with its zero.' },
      {
        code: 'FROM «python:3.12-Slim»\n',
        fixed: 'FROM python:3.12-slim\n',
        why: 'Capital letters make another tag.',
      },
    ],
    good: [
      { code: 'FROM python:2.7-slim-jessie\n', why: 'Old tags stay on Docker Hub.' },
      { code: 'FROM python:3.99\n', why: 'It may have come since.' },
      { code: 'FROM golang:1.99-alpine3.99\n', why: 'So may a newer Alpine.' },
      { code: 'FROM node:22-our-base\n', why: 'Words of your own name an image that you have built.' },
      { code: 'ARG VERSION\nFROM python:$VERSION-slim\n', why: 'The version is not known.' },
      { code: 'FROM example/python:9\n', why: 'Nothing is known of the image.' },
      {
        code: 'FROM golang:1.21-slim@sha256:f1dbca0f5dbc9f1dbca0f5dbc9f1dbca0f5dbc9f1dbca0f5dbc9f1dbca0f5dbc\n',
        why: 'With a digest the tag is not looked at.',
      },
    ],
  },
  stage: {},
  check({ facts, report }) {
    for (const stage of facts.stages) {
      const image = stage.from.instruction.from?.image;
      if (!image || stage.base.kind !== 'image' || stage.base.certainty === 'unknown') continue;
      const { reference, certainty } = stage.base;
      const missing = missingTag(reference);
      if (!missing) continue;
      const written = writtenReference(facts, stage);
      report(stage.from, {
        ...finding(reference, missing, certainty === 'known'),
        span: image.span,
        fixes: written ? retag(written, missing) : [],
      });
    }
    for (const { kind, placed, span, text } of stageReferences(facts)) {
      if (kind === 'FROM' || !text.includes(':')) continue;
      const reference = parseReference(text);
      const missing = missingTag(reference);
      if (!missing) continue;
      report(placed, {
        ...finding(reference, missing, true),
        span,
        fixes: retag({ reference, placed, start: span.start }, missing),
      });
    }
  },
});

function finding(
  { text, name, tag = '' }: ImageReference,
  { isCertain, nearest }: MissingTag,
  isKnown: boolean,
): Pick<Report, 'message' | 'severity'> {
  const advice = nearest === undefined ? 'choose one of its tags' : `use ${nearest}`;
  if (isCertain) return { message: `${text} does not exist: ${advice}.`, severity: isKnown ? 'error' : 'warning' };
  return { message: `${name} had no tag ${tag} up to ${LISTED_UNTIL}: ${advice}.`, severity: 'warning' };
}

function retag({ reference, placed, start }: WrittenReference, { nearest, isSlip }: MissingTag): readonly RuleFix[] {
  if (nearest === undefined) return [];
  const span = { start: start + reference.nameEnd, end: start + reference.tagEnd };
  return [
    {
      title: `Use ${reference.name}:${nearest}`,
      // Another variant or version has other things in it.
      safety: isSlip ? 'review' : 'manual',
      edits: [{ at: placed, span, text: `:${nearest}` }],
      effect:
        placed.instruction.keyword === 'FROM' ? { arguments: true } : { flags: true, values: true, arguments: true },
    },
  ];
}
