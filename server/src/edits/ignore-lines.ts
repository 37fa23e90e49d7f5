import { contextPath, suggestIgnore } from '../context/index.js';
import type { Placed } from '../dockerfile/index.js';
import { transferOf } from '../facts/files/transfer.js';
import type { FileFacts, InstructionFacts } from '../facts/index.js';

const runTexts = (instructions: readonly Placed[]): readonly string[] =>
  instructions.flatMap(({ instruction }) => (instruction.keyword === 'RUN' ? instruction.text : []));

/** The texts of all RUN instructions of the file. */
export const scriptsOf = (facts: FileFacts): readonly string[] => facts.perStage(runTexts).flat();

const READS_CONTEXT = new Set(['COPY', 'ADD', 'RUN']);

/** What every COPY, ADD and bind mount of the file takes from the build context, as written, variables expanded where they are known. */
export function copiedPaths(facts: FileFacts): readonly string[] {
  const placed = facts.dockerfile.instructions.filter(({ instruction }) => READS_CONTEXT.has(instruction.keyword));
  return placed.flatMap(one => {
    if (one.instruction.keyword === 'RUN') return mountedPaths(facts.at(one).mounts);
    const transfer = transferOf(one.instruction, facts.stateBefore(one).scope);
    if (!transfer || transfer.from) return [];
    return transfer.sources.filter(source => source.kind === 'local').map(source => source.text);
  });
}

const mountedPaths = (mounts: InstructionFacts['mounts']): readonly string[] =>
  mounts.flatMap(({ type, from, source }) => (type === 'bind' && from === undefined ? (source ?? []) : []));

type Entries = NonNullable<FileFacts['context']>['entries'];

const NO_PATHS: readonly string[] = [];
// One list for one context: what is known of it is kept by it.
const paths = new WeakMap<Entries, readonly string[]>();

function pathsOf(entries: Entries): readonly string[] {
  let known = paths.get(entries);
  if (!known) {
    known = entries.map(entry => entry.path);
    paths.set(entries, known);
  }
  return known;
}

/** Lines for the ignore file that fit the file and what is beside it; see suggestIgnore. */
export function ignoreLines(facts: FileFacts, existing: Parameters<typeof suggestIgnore>[0]['existing']): string[] {
  return suggestIgnore({
    files: facts.context ? pathsOf(facts.context.entries) : NO_PATHS,
    sources: copiedPaths(facts),
    scripts: scriptsOf(facts),
    ...(existing ? { existing } : {}),
  });
}

/** Whether lines may keep out a path that some COPY names. */
export const isNamed = (facts: FileFacts, mayIgnore: (path: string) => boolean): boolean =>
  copiedPaths(facts).some(source => contextPath(source) !== '' && mayIgnore(contextPath(source)));
