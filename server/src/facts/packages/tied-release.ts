import { parseReference } from '../../dockerfile/index.js';
import { CODENAMES } from '../../images/codenames.js';
import { describeImage } from '../../images/index.js';
import type { Release } from '../../images/release.js';
import { findStage } from '../find-stage.js';
import type { FileFacts, Stage } from '../index.js';
import { packageActions } from './in-run.js';

/**
 * What in the file is made for the release of the distribution that a stage is built on, and has to be changed together with
 * the image; undefined where nothing is, or where the other image has the same release.
 */
export function tiedToRelease(facts: FileFacts, stage: Stage, image: string): string | undefined {
  const { release: old } = stage.image;
  const next = describeImage(parseReference(image), { escape: facts.dockerfile.escape }).release;
  if (old && next && old.system === next.system && old.version === next.version) return undefined;
  const names = old && namesOf(old);
  const named = names && namedIn(facts, stage, names);
  if (named !== undefined) return `and change “${named}”, which names the old release`;
  const builder = names && builtFor(facts, stage, names);
  if (builder !== undefined) return `together with the image of “${builder}”, which compiles for the same release`;
  const pinned = pinnedPackage(facts, stage);
  return pinned === undefined ? undefined : `and change the version of “${pinned}” to one that the new release has`;
}

/** How URLs, sources lists and tags name a release: `bionic`, `ubuntu/18.04`, `alpine-3.15`, `v3.15`. */
function namesOf({ system, version }: Release): RegExp {
  const number = system === 'debian' ? `${version}` : version.toFixed(2).replace(/^3\.0/, '3.');
  const escaped = number.replace('.', '\\.?');
  const codenames = [...CODENAMES]
    .filter(([, one]) => one.system === system && Number(one.version) === version)
    .map(([name]) => name);
  const words = [
    ...codenames,
    `${system}[-_/.]?v?${escaped}`,
    ...(system === 'alpine' ? [`(?<=/)v${escaped}(?=/)`] : []),
  ];
  return new RegExp(`(?<![a-z\\d])(?:${words.join('|')})(?![a-z\\d]|\\.[1-9])`, 'i');
}

/** Where a RUN or ADD of the stage, or of those that are FROM it, names the release in an address, a list of sources or a file. */
function namedIn(facts: FileFacts, stage: Stage, names: RegExp): string | undefined {
  for (const { instruction } of [stage, ...facts.descendants(stage)].flatMap(one => one.instructions)) {
    if (instruction.keyword !== 'RUN' && instruction.keyword !== 'ADD') continue;
    for (const word of instruction.text.split(/[\s"'=]+/)) {
      // A word by itself, as in `deb … bionic main`, or a part of an address or of a file's name.
      const name = names.exec(word)?.[0];
      if (name !== undefined) return name;
    }
  }
  return undefined;
}

/** A stage whose files the stage copies, on an image that names the same release but is not known to be out of support. */
function builtFor(facts: FileFacts, stage: Stage, names: RegExp): string | undefined {
  for (const { instruction } of stage.instructions) {
    const from = instruction.keyword === 'COPY' ? instruction.flag('from')?.value : undefined;
    const builder = from === undefined ? undefined : findStage(facts.stages, from, stage.index);
    if (builder?.base.kind !== 'image' || builder.image.endOfLife) continue;
    if (names.test(builder.base.reference.tag ?? '')) return builder.name ?? builder.base.text;
  }
  return undefined;
}

/** `openssl=1.1.1l-r8`: each release has versions of its own. */
function pinnedPackage(facts: FileFacts, stage: Stage): string | undefined {
  for (const placed of [stage, ...facts.descendants(stage)].flatMap(one => one.instructions)) {
    if (placed.instruction.keyword !== 'RUN') continue;
    for (const { manager, packages } of packageActions(facts.at(placed), 'install')) {
      if (!/^(?:apt|apt-get|aptitude|apk)$/.test(manager)) continue;
      const pinned = packages.find(({ value }) => /^[a-z\d][\w.+-]*=\S/i.test(value));
      if (pinned) return pinned.value.replace(/=.*$/s, '');
    }
    // Kept in a variable first, as the image of nginx does.
    const inVariable = /(?<=[\s"'])([a-z\d][\w.+-]*)=\$?\{?[\w.]+\}?-r\$?\{?\w+\}?(?=[\s"']|$)/i.exec(
      placed.instruction.text,
    );
    if (inVariable && /\bapk\b/.test(placed.instruction.text)) return inVariable[1];
  }
  return undefined;
}
