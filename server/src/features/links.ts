import { contextEntry } from '../context/index.js';
import type { Dockerfile, Placed } from '../dockerfile/index.js';
import { boundSources } from '../facts/files/bound-sources.js';
import { transferOf } from '../facts/files/transfer.js';
import { type FileFacts, findStage } from '../facts/index.js';
import { stageReferences } from '../facts/stage-references.js';
import { moved, type Span } from '../text/span.js';
import { registryPage } from './registry-page.js';

export type LinkTarget =
  | { readonly kind: 'page'; readonly url: string }
  /** Below the root of the build context. */
  | { readonly kind: 'file'; readonly path: string }
  /** An offset in this file. */
  | { readonly kind: 'here'; readonly offset: number };

/** A piece of text that leads somewhere. Offsets count from the start of the file. */
export interface Link {
  readonly span: Span;
  readonly target: LinkTarget;
}

/** Images lead to their registry's page, names of stages to their FROM, and sources to the files of the build context. */
export const linksOf = (dockerfile: Dockerfile, facts: FileFacts): readonly Link[] => [
  ...frontend(dockerfile),
  ...imagesWithVariables(facts),
  ...referenceLinks(facts),
  ...sourceLinks(facts),
];

const toPage = (span: Span, image: string): readonly Link[] => {
  const url = registryPage(image);
  return url === undefined ? [] : [{ span, target: { kind: 'page', url } }];
};

const frontend = ({ directives }: Dockerfile): readonly Link[] =>
  directives.flatMap(({ name, value, valueSpan }) => (name === 'syntax' ? toPage(valueSpan, value) : []));

/** `FROM node:${VERSION}` leads where the defaults lead. */
const imagesWithVariables = (facts: FileFacts): readonly Link[] =>
  facts.stages.flatMap(({ from, base }) => {
    const image = from.instruction.from?.image;
    if (!image?.text.includes('$') || base.kind !== 'image' || base.certainty === 'unknown') return [];
    return toPage(moved(image.span, from.start), base.text);
  });

const referenceLinks = (facts: FileFacts): readonly Link[] =>
  stageReferences(facts).flatMap(({ placed, text, span, before, kind }) => {
    const at = moved(span, placed.start);
    const { base } = facts.stageOf(placed) ?? {};
    if (kind === 'FROM' && base?.kind === 'scratch') return [];
    const stage =
      kind !== 'FROM' ? findStage(facts.stages, text, before) : base?.kind === 'stage' ? base.stage : undefined;
    return stage ? [{ span: at, target: { kind: 'here', offset: stage.from.start } }] : toPage(at, text);
  });

function sourceLinks(facts: FileFacts): readonly Link[] {
  const { context } = facts;
  if (!context) return [];
  const copied = [...facts.all('COPY'), ...facts.all('ADD')].flatMap(placed => copiedFiles(facts, placed));
  const bound = facts
    .all('RUN')
    .flatMap(({ instruction, start }) =>
      boundSources(instruction).map(({ path, span }) => ({ path, span: moved(span, start) })),
    );
  return [...copied, ...bound].flatMap(({ path, span }): readonly Link[] => {
    const entry = contextEntry(context, path);
    return entry?.kind === 'file' ? [{ span, target: { kind: 'file', path: entry.path } }] : [];
  });
}

interface SourcePath {
  readonly path: string;
  readonly span: Span;
}

function copiedFiles(facts: FileFacts, placed: Placed): readonly SourcePath[] {
  const transfer = transferOf(placed.instruction, facts.stateBefore(placed).scope);
  if (!transfer || transfer.from) return [];
  return transfer.sources.flatMap(({ kind, certainty, glob, text, word }) =>
    kind === 'local' && certainty !== 'unknown' && !glob ? [{ path: text, span: moved(word.span, placed.start) }] : [],
  );
}
