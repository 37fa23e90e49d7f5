import type { Placed } from '../dockerfile/index.js';
import { parseReference } from '../dockerfile/index.js';
import type { RuleFix } from '../edits/fix.js';
import type { FileFacts, Stage } from '../facts/index.js';
import { describeImage } from '../images/index.js';
import { C } from './c.js';
import { contextTexts } from './context.js';
import { DOTNET } from './dotnet.js';
import { FRONT_END } from './front-end.js';
import { GO } from './go.js';
import { healthPackages } from './health.js';
import { JAVA } from './java.js';
import { keptFiles } from './kept.js';
import { installing } from './linux.js';
import { isBelow, pathIn } from './paths.js';
import { type ReadRun, readRun } from './runs.js';
import { RUST } from './rust.js';
import { startedBy } from './started.js';
import type { Needed, Started, Toolchain } from './types.js';
import { type Parted, written } from './write.js';

const TOOLCHAINS: readonly Toolchain[] = [GO, RUST, C, JAVA, DOTNET, FRONT_END];

/** The change that builds in a stage of its own, or why there is none. */
export type SecondStage =
  | { readonly fix: RuleFix; readonly image: string; readonly kept: readonly string[] }
  | { readonly why: string };

/** Whether a file has one stage, on an image that is made to build with. */
export const mayGetSecondStage = (facts: FileFacts): boolean => toolchainOf(facts) !== undefined;

function toolchainOf({ stages, final }: FileFacts): Toolchain | undefined {
  return final && stages.length === 1 ? TOOLCHAINS.find(({ isFor }) => isFor(final)) : undefined;
}

/**
 * A second stage that holds what the container needs and nothing of what builds it: only where it is certain what the build
 * makes, that the container starts it, and what else it needs.
 */
export function secondStage(facts: FileFacts): SecondStage {
  const { final: stage, stages } = facts;
  if (!stage || stages.length > 1) return { why: 'it has more than one stage already' };
  const toolchain = toolchainOf(facts);
  if (!toolchain) return { why: 'its base image is none of those that it could be built with' };
  const planned = plan(facts, stage, toolchain);
  return typeof planned === 'string' ? { why: planned } : planned;
}

function plan(facts: FileFacts, stage: Stage, toolchain: Toolchain): SecondStage | string {
  const unfit = unfitIn(facts, stage);
  if (unfit !== undefined) return unfit;
  const started = startedBy(facts, stage);
  if (typeof started === 'string') return started;
  const runs = new Map<Placed, ReadRun>();
  for (const placed of stage.instructions) {
    if (placed.instruction.keyword !== 'RUN') continue;
    const run = readRun(facts, placed, toolchain);
    if (typeof run === 'string') return `${at(facts, placed)}: ${run}`;
    runs.set(placed, run);
  }
  const end = [...runs].findLast(([, { kind }]) => kind === 'build')?.[0];
  if (!end) return 'no RUN builds a program';
  const before = stage.instructions.filter(({ index }) => index < end.index);
  const result = toolchain.result({
    facts,
    stage,
    started,
    commands: [...runs.values()].flatMap(({ kind, commands }) => (kind === 'build' ? commands : [])),
    prepared: [...runs.values()].flatMap(({ kind, commands }) => (kind === 'prepare' ? commands : [])),
  });
  if (typeof result === 'string') return result;
  const user = before.find(({ instruction }) => instruction.keyword === 'USER');
  if (user && facts.stateBefore(end).user.isRoot !== true)
    return `${at(facts, user)}: the program is built as another user than root`;
  const others = startsOthers(facts, toolchain);
  if (others !== undefined) return `${others} starts other programs, which a smaller image may not have`;
  const copies = before.filter(({ instruction }) => instruction.keyword === 'COPY' || instruction.keyword === 'ADD');
  const kept = keptFiles(facts, copies, toolchain, started);
  if (typeof kept === 'string') return kept;
  const files = kept.filter(({ to }) => !result.needed.some(needed => isBelow(to, needed.to)));
  const needed = [...result.needed, ...files];
  const folders = [...runs.values()]
    .flatMap(run => (run.kind === 'build' ? run.folders : []))
    .filter(folder => !isImplied(folder, needed, started) && !/^\/(?:tmp|go|root)(?:\/|$)|\/src$/.test(folder));
  const all = [...needed, ...[...new Set(folders)].map(folder => ({ from: folder, to: folder }))];
  const prepared = [...runs].filter(([, { kind }]) => kind === 'prepare').map(([placed]) => placed);
  const health = facts.last(stage, 'HEALTHCHECK');
  const runtime = result.runtime({
    kept: all.slice(result.needed.length),
    isBare:
      started.isExec &&
      all.length === result.needed.length &&
      (started.workdir ?? '/') === '/' &&
      prepared.length === 0 &&
      !health &&
      !stage.exit.user.explicit,
  });
  if (typeof runtime === 'string') return runtime;
  const { image } = runtime;
  const packages = health ? healthPackages(facts, health, image, result.needed) : [];
  if (typeof packages === 'string') return packages;
  const wrong = unpreparable(facts, stage, prepared, image, all);
  if (wrong !== undefined) return wrong;
  const list = [...runtime.packages, ...packages];
  const install = list.length > 0 ? installing(image, list) : undefined;
  if (list.length > 0 && install === undefined) return `${image} cannot install ${list.join(' ')}`;
  const parted: Parted = { end, prepared, toolchain, image, install, needed: all };
  return { fix: written(facts, stage, parted), image, kept: all.slice(1).map(({ to }) => to) };
}

const at = ({ dockerfile: { text } }: FileFacts, { instruction, start }: Placed): string =>
  `${instruction.keyword} in line ${text.slice(0, start).split('\n').length}`;

/** What no second stage is planned around. */
function unfitIn(facts: FileFacts, stage: Stage): string | undefined {
  const { from } = stage.from.instruction;
  if (
    !from ||
    from.image.span.end + (from.name ? from.name.span.end - from.image.span.end : 0) !==
      stage.from.instruction.text.trimEnd().length
  )
    return 'its FROM is written in an unusual way';
  if (from.platform) return 'FROM has a --platform';
  if (stage.image.family === 'windows') return 'it is a Windows image';
  const service = facts.context?.services?.find(one => one.target !== undefined || one.hasCommand);
  if (service)
    return service.hasCommand
      ? `the Compose service ${service.name} starts something of its own, which may need what builds`
      : `the Compose service ${service.name} builds the stage ${service.target} by its name`;
  for (const placed of stage.instructions) {
    const { keyword, flags } = placed.instruction;
    if (keyword === 'ONBUILD') return `${at(facts, placed)} is for other builds`;
    if (keyword === 'SHELL') return `${at(facts, placed)} changes the shell`;
    if (
      keyword === 'RUN' &&
      flags.some(({ name, value }) => name === 'mount' && !/^type=(?:cache|secret|ssh)\b/.test(value ?? ''))
    )
      return `${at(facts, placed)} has a mount`;
  }
  return undefined;
}

/** A source file that shows the program starting others. */
function startsOthers(facts: FileFacts, { startsOthers: sign }: Toolchain): string | undefined {
  if (!sign) return undefined;
  return contextTexts(facts, sign.file).texts.find(({ text }) => sign.call.test(text))?.path;
}

/** A folder that is there without being asked for. */
const isImplied = (folder: string, needed: readonly Needed[], { workdir }: Started): boolean =>
  (workdir !== undefined && isBelow(workdir, folder)) || needed.some(({ to }) => isBelow(to, folder));

/** Why users and folders cannot be prepared in the image as they were before. */
function unpreparable(
  facts: FileFacts,
  stage: Stage,
  prepared: readonly Placed[],
  image: string,
  needed: readonly Needed[],
): string | undefined {
  const info = describeImage(parseReference(image));
  const made = new Set<string>();
  const { workdir } = stage.exit;
  const places = [...needed.map(({ to }) => to), ...(workdir === undefined ? [] : [workdir])];
  for (const placed of prepared) {
    for (const { base, args } of facts.at(placed).commands) {
      if (info.lacksCommand(base)) return `${at(facts, placed)}: ${image} has no ${base}`;
      const operands = args.map(({ value }) => value).filter(value => !value.startsWith('-'));
      if (base === 'mkdir') places.push(...operands.flatMap(value => pathIn(value, facts.at(placed).workdir) ?? []));
      if (/^(?:user|group)add$|^add(?:user|group)$/.test(base)) for (const name of operands) made.add(name);
      if (base !== 'chown' && base !== 'chgrp' && base !== 'chmod') continue;
      const unknown = operands.slice(1).find(value => {
        const path = pathIn(value, facts.at(placed).workdir);
        return path === undefined || !places.some(place => isBelow(place, path) || isBelow(path, place));
      });
      if (unknown !== undefined) return `${at(facts, placed)}: ${unknown} is not needed by the program alone`;
    }
  }
  const { name, isRoot } = stage.exit.user;
  const account = name?.split(':')[0] ?? '';
  if (!stage.exit.user.explicit || isRoot === true || /^\d+$/.test(account) || made.has(account)) return undefined;
  return info.accounts?.users.has(account) ? undefined : `it is not known whether ${image} has the user ${account}`;
}
