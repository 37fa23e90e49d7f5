import { contextEntry } from '../../context/index.js';
import { startsAtRoot } from '../../facts/files/image-workdir.js';
import { absolutePath, transferOf } from '../../facts/files/transfer.js';
import type { FileFacts, Stage } from '../../facts/index.js';
import { perLineage } from '../../facts/per-lineage.js';
import { hasStartCommand } from '../../facts/programs/start-commands.js';
import { type Evidence, interpreterOf, type StartWrite, startWrites } from '../../start/index.js';
import { canHandOver } from './can-hand-over.js';
import { isGiven, isOfSystem, isShared, isWritten } from './places.js';

/** What becomes of what the start writes, once the container runs as another user. */
export interface WrittenAtStart {
  /** Directories that the user has to get. */
  readonly directories: readonly string[];
  /** What cannot be given to it, or not be known. */
  readonly problem: { readonly evidence: Evidence; readonly why: 'unknown' | 'system' | 'file' } | undefined;
}

export const writtenAtStart = perLineage((facts: FileFacts, stage: Stage): WrittenAtStart => {
  const directories = new Set<string>();
  let problem: WrittenAtStart['problem'];
  const made = new Set<string>();
  for (const write of startWrites(facts, stage)) {
    const verdict = judge(facts, stage, write, made);
    if (verdict.kind === 'give') {
      directories.add(verdict.path);
      made.add(verdict.path);
    } else if (verdict.kind === 'problem') problem ??= { evidence: write.evidence, why: verdict.why };
    if (verdict.kind !== 'problem' && write.path !== undefined) made.add(write.path);
  }
  return { directories: [...directories], problem };
});

type Verdict =
  | { readonly kind: 'free' }
  | { readonly kind: 'give'; readonly path: string }
  | { readonly kind: 'problem'; readonly why: 'unknown' | 'system' | 'file' };

const FREE: Verdict = { kind: 'free' };
const problem = (why: 'unknown' | 'system' | 'file'): Verdict => ({ kind: 'problem', why });

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/';
const isBelow = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder === '/' ? folder : `${folder}/`);

function judge(facts: FileFacts, stage: Stage, { path, kind }: StartWrite, made: ReadonlySet<string>): Verdict {
  if (path === undefined) return problem('unknown');
  const folder = kind === 'folder' ? path : parentOf(path);
  // Its owner may do with it what it wants.
  if ([...made].some(other => isBelow(path, other))) return FREE;
  if (volumesOf(facts, stage).some(volume => isBelow(folder, volume))) return FREE;
  if (isGiven(facts, stage, folder)) return FREE;
  const own = ownWorkdir(facts, stage);
  if (own !== undefined && isBelow(path, own) && path !== own) return belowWorkdir(facts, stage, path, kind, own);
  if (kind === 'inside') return problem('file');
  if (isOfSystem(folder) || isShared(folder)) return problem('system');
  return { kind: 'give', path: folder };
}

/** The WORKDIR itself is given to the user, but what is in it belongs to root. */
function belowWorkdir(
  facts: FileFacts,
  stage: Stage,
  path: string,
  kind: StartWrite['kind'],
  workdir: string,
): Verdict {
  const first = path.slice(workdir.length + 1).split('/')[0] ?? '';
  const top = `${workdir}/${first}`;
  if (top !== path || kind === 'folder') {
    if (kind === 'inside') return problem('file');
    return mayBeThere(facts, stage, top) && !isWritten(first) ? problem('file') : { kind: 'give', path: top };
  }
  // Another file takes its place, for which the directory has to be the user's.
  if (kind === 'inside') return FREE;
  return mayBeThere(facts, stage, top) && !/\.(?:pid|sock|socket|log|lock)$/.test(top) ? problem('file') : FREE;
}

/** Whether the build puts a file or folder there, or may do so. */
function mayBeThere(facts: FileFacts, stage: Stage, path: string): boolean {
  return facts.lineage(stage).some(placed => {
    const { instruction } = placed;
    if (instruction.keyword === 'RUN') return instruction.text.includes(path.slice(path.lastIndexOf('/') + 1));
    if (instruction.keyword !== 'COPY' && instruction.keyword !== 'ADD') return false;
    const { scope, workdir } = facts.stateBefore(placed);
    const transfer = transferOf(instruction, scope);
    if (!transfer) return false;
    const target = absolutePath(transfer.path, workdir);
    if (target === path) return true;
    if (!path.startsWith(target === '/' ? target : `${target}/`)) return false;
    const inside = path.slice(target.length).replace(/^\//, '');
    return transfer.sources.some(source => {
      if (source.text.endsWith(`/${inside}`) || source.text === inside) return true;
      const isFile = /\.\w+$/.test(source.text);
      if (isFile && !source.glob) return false;
      if (transfer.from || facts.context?.complete !== true || source.glob) return true;
      return contextEntry(facts.context, `${source.text}/${inside}`) !== undefined;
    });
  });
}

function volumesOf(facts: FileFacts, stage: Stage): readonly string[] {
  if (!facts.has(stage, 'VOLUME')) return [];
  return facts
    .lineage(stage)
    .flatMap(({ instruction }) => (instruction.keyword === 'VOLUME' ? instruction.words.map(({ text }) => text) : []))
    .map(text => absolutePath(text, undefined));
}

/** Where nothing but the system's own is; the application's directory is elsewhere. */
export const NOT_OWN =
  /^\/(?:$|(?:bin|boot|dev|etc|lib\w*|proc|root|sbin|sys|tmp)(?:\/|$)|(?:usr|var|opt|srv|home|mnt|media|run)$|usr\/(?:bin|lib|sbin|share|local|src|include)$|usr\/(?:lib|share)\/|usr\/local\/(?:bin|lib|sbin|share|etc)(?:\/|$)|var\/\w+$)/;

/** Languages of images whose programs are most often interpreted, whatever starts them. */
const INTERPRETED: ReadonlySet<string> = new Set(['python', 'node', 'bun', 'deno', 'ruby', 'php', 'perl']);

/** The WORKDIR of what an interpreter runs: most programs write beside themselves, so the user gets it, without what is in it. */
export function ownWorkdir(facts: FileFacts, stage: Stage): string | undefined {
  const written = stage.exit.workdir;
  if (written === undefined || (!written.startsWith('/') && !startsAtRoot(stage))) return undefined;
  // The same before and after a relative WORKDIR is made absolute.
  const workdir = absolutePath(written, undefined);
  if (NOT_OWN.test(workdir) || !/^\/[\w./-]+$/.test(workdir)) return undefined;
  if (!canHandOver(stage.exit)) return undefined;
  const isInterpreted = INTERPRETED.has(stage.image.runtime ?? '') && hasStartCommand(facts, stage);
  return isInterpreted || interpreterOf(facts, stage) ? workdir : undefined;
}
