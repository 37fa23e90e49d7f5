import type { Instruction, Placed } from '../dockerfile/index.js';
import { isPragma } from '../edits/placing.js';
import { transferOf } from '../facts/files/transfer.js';
import type { FileFacts } from '../facts/index.js';
import { sortedFlags } from '../facts/sorted-flags.js';
import { defineRule, type RuleFix } from './rule.js';

export default defineRule({
  id: 'consecutive-copy',
  codes: [],
  summary: 'Consecutive `COPY` instructions copy files to the same directory.',
  rationale: 'Each instruction makes a layer. One `COPY` with several sources makes one, and is shorter to read.',
  category: 'style',
  practice: 'few-layers',
  severity: 'hint',
  since: '0.1.0',
  heedsComments: true,
  examples: {
    bad: [
      {
        code: 'FROM node:24\nWORKDIR /app\nCOPY package.json ./\n«COPY package-lock.json ./»\nRUN npm ci\n',
        fixed: 'FROM node:24\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci\n',
      },
    ],
    good: [
      {
        code: 'FROM node:24\nWORKDIR /app\nCOPY package.json ./\nRUN npm ci\nCOPY index.js ./\n',
        why: 'A RUN is between them.',
      },
      { code: 'FROM alpine:3.22\nCOPY --chown=1:1 a /srv/\nCOPY b /srv/\n', why: 'Other flags.' },
      {
        code: 'FROM alpine:3.22\nCOPY a /srv/\n# b is large\nCOPY b /srv/\n',
        why: 'The comment explains the second one.',
      },
      {
        code: 'FROM alpine:3.22\nCOPY a/ /srv/\nCOPY b/ /srv/\n',
        why: 'Directories are often kept apart: their contents are copied, not they themselves.',
      },
      { code: 'FROM alpine:3.22\nCOPY x/conf /srv/\nCOPY y/conf /srv/\n', why: 'The second overwrites the first.' },
    ],
  },
  reading: 'own',
  stage: { keywords: ['COPY'] },
  check({ facts, report }) {
    const { instructions } = facts;
    for (let index = 1; index < instructions.length; index++) {
      const before = instructions[index - 1];
      const placed = instructions[index];
      if (before?.instruction.keyword !== 'COPY' || placed?.instruction.keyword !== 'COPY') continue;
      if (placed.leading.length > 0 || before.leading.some(isPragma)) continue;
      const first = simple(facts, before);
      const second = simple(facts, placed);
      if (
        !first ||
        !second ||
        first.target !== second.target ||
        sortedFlags(before.instruction) !== sortedFlags(placed.instruction)
      )
        continue;
      if (second.names.some(name => first.names.includes(name))) continue;
      const { instruction } = placed;
      report(placed, {
        span: { start: 0, end: instruction.text.length },
        message: 'This COPY and the one above have the same destination. Copy these files there too.',
        fixes: merge(facts, before, placed, second.text),
      });
    }
  },
});

/** Sources that are plainly files, and the directory they go to. */
function simple(facts: FileFacts, placed: Placed) {
  const { instruction } = placed;
  if (instruction.json || instruction.heredocs.length > 0 || instruction.text.includes('\n')) return undefined;
  const transfer = transferOf(instruction, facts.stateBefore(placed).scope);
  if (!transfer || !/(?:^|\/)\.?\/$|\/$/.test(transfer.target.text) || transfer.target.text.includes('$'))
    return undefined;
  // Only names with an ending are certainly files; of a directory the contents are copied.
  if (!transfer.sources.every(source => isFile(source.word.text))) return undefined;
  const sources = transfer.sources.map(source => source.word);
  const first = sources[0];
  const last = sources.at(-1);
  if (!first || !last) return undefined;
  return {
    target: transfer.target.text,
    names: sources.map(word => word.text.replace(/^.*\//, '')),
    text: instruction.text.slice(first.span.start, last.span.end),
  };
}

const isFile = (path: string): boolean =>
  /^[\w./@+-]+$/.test(path) && /\w\.[A-Za-z0-9]+$/.test(path) && !/\.d$/.test(path);

function merge(facts: FileFacts, before: Placed, placed: Placed, sources: string): RuleFix[] {
  const target = lastWord(before.instruction);
  if (!target) return [];
  const { text } = facts.dockerfile;
  const end = before.start + before.instruction.text.length;
  const stop = placed.start + placed.instruction.text.length;
  if (text.slice(end, placed.start).trim() !== '') return [];
  return [
    {
      title: 'Merge with the COPY above',
      safety: 'safe',
      edits: [
        { at: before, span: { start: target.start, end: target.start }, text: `${sources} ` },
        { at: before, span: { start: before.instruction.text.length, end: stop - before.start }, text: '' },
      ],
      effect: { removes: ['COPY'], arguments: true },
    },
  ];
}

const lastWord = (instruction: Instruction) => instruction.words.at(-1)?.span;
