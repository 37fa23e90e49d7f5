import type { ImageReference, Placed } from '../dockerfile/index.js';
import { type FileFacts, packageActionsOf, type Stage } from '../facts/index.js';
import { lostPackages } from '../facts/packages/lost-packages.js';
import { droppedCommands, droppedOptions, lostCommands } from '../facts/programs/lost.js';
import { currentTags } from '../images/current-tags.js';
import type { Span } from '../text/span.js';
import type { FixEffect, RuleFix } from './fix.js';

/** Where the image of a FROM is written: in the FROM itself, or in the default of the ARG that it names. */
export interface WrittenReference {
  readonly placed: Placed;
  readonly reference: ImageReference;
  /** Where the reference's text begins, relative to the instruction. */
  readonly start: number;
}

/** Finds the reference in the text; undefined when it is put together from several pieces. */
export function writtenReference(facts: FileFacts, stage: Stage): WrittenReference | undefined {
  const { base, from: placed } = stage;
  const image = placed.instruction.from?.image;
  if (base.kind !== 'image' || !image) return undefined;
  if (!image.text.includes('$')) return at(placed, base.reference, image.span);
  const name = /^\$(?:\{(\w+)\}|(\w+))$/.exec(image.text);
  const wanted = name?.[1] ?? name?.[2];
  for (const argument of facts.preamble.toReversed()) {
    if (argument.instruction.keyword !== 'ARG') continue;
    const pair = argument.instruction.pairs.findLast(one => one.key === wanted);
    if (pair?.value !== undefined) return at(argument, base.reference, pair.valueSpan);
  }
  return undefined;
}

function at(placed: Placed, reference: ImageReference, span: Span): WrittenReference | undefined {
  const offset = placed.instruction.text.slice(span.start, span.end).indexOf(reference.text);
  return offset < 0 ? undefined : { placed, reference, start: span.start + offset };
}

const variantOf = (tag: string): string | undefined =>
  /(?:^|-)(slim|alpine|jre|jdk|apache|fpm|cli)(?=-|$|\d)/.exec(tag)?.[1];

type System = 'alpine' | 'debian' | 'windows';

/** Whose package manager the RUNs of a stage, or of those that are FROM it, call: an image without it would break the build. */
function systemOf(facts: FileFacts, stage: Stage): System | undefined {
  const { kind } = stage.exit.shell;
  if (kind === 'powershell' || kind === 'cmd') return 'windows';
  for (const placed of [stage, ...facts.descendants(stage)].flatMap(one => one.instructions)) {
    if (placed.instruction.keyword !== 'RUN') continue;
    for (const command of facts.at(placed).commands) {
      const manager = packageActionsOf(command)?.manager;
      if (manager === 'apk') return 'alpine';
      if (manager === 'apt-get' || manager === 'apt' || manager === 'aptitude') return 'debian';
    }
  }
  return undefined;
}

/**
 * The tags whose images have what the stage relies on: those of the variant that is written, where there are any, and
 * never another system than the one whose packages it installs.
 */
function fitting(tags: readonly string[], old: string, system: System | undefined): readonly string[] {
  const only = NO_OTHER.exec(old)?.[1];
  if (only !== undefined) return tags.filter(tag => NO_OTHER.exec(tag)?.[1] === only);
  // Only what names no variant is published for both systems.
  if (system === 'windows') return tags.filter(tag => variantOf(tag) === undefined && !/slim|alpine/.test(tag));
  const isAlpine = (tag: string): boolean => variantOf(tag) === 'alpine';
  const wanted = variantOf(old);
  const same = tags.filter(tag => wanted !== undefined && variantOf(tag) === wanted);
  if (same.length > 0) return same;
  if (system === undefined || !tags.some(isAlpine)) return tags;
  return tags.filter(tag => isAlpine(tag) === (system === 'alpine'));
}

/** Another of these is another program, or another operating system. */
const NO_OTHER = /(?:^|-)(apache|fpm|cli|jre|jdk|nanoserver|windowsservercore)(?:-|$)/;

/**
 * One choice for each known tag, those of the variant that is written first; the flags and the name of the stage stay as
 * they are. None beside a digest, which would still name the old image. `next` is the image that a message advises: its
 * tag comes first.
 */
export function tagChoices(facts: FileFacts, stage: Stage, next?: string): readonly RuleFix[] {
  const written = writtenReference(facts, stage);
  if (!written || written.reference.digest !== undefined) return [];
  const { reference, placed, start } = written;
  const { tag: old = 'latest' } = reference;
  const advised = next?.startsWith(`${reference.name}:`) ? [next.slice(reference.name.length + 1)] : [];
  const known = fitting([...advised, ...(currentTags(reference)?.tags ?? [])], old, systemOf(facts, stage));
  const span = { start: start + reference.nameEnd, end: start + reference.tagEnd };
  // `latest` is nobody's choice of a variant.
  const rank = (tag: string): number =>
    advised.includes(tag) ? -1 : Number(old !== 'latest' && variantOf(tag) !== variantOf(old));
  return [...new Set(known)]
    .toSorted((a, b) => rank(a) - rank(b))
    .filter(tag => {
      // A newer release of the same variant has what the old one had, but for what the image has dropped.
      const lost = variantOf(tag) === variantOf(old) ? droppedCommands : lostCommands;
      const image = `${reference.name}:${tag}`;
      return [lost, droppedOptions, lostPackages].every(lostIn => lostIn(facts, stage, image).length === 0);
    })
    .map(tag => ({
      title: `Use ${reference.name}:${tag}`,
      safety: 'manual',
      edits: [{ at: placed, span, text: `:${tag}` }],
      effect: RETAGS,
    }));
}

const RETAGS: FixEffect = { arguments: true, values: true };
