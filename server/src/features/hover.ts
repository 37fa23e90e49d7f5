import { parseReference } from '../dockerfile/index.js';
import { type FileFacts, find, PLATFORM_ARGUMENTS, type Scope, type Stage } from '../facts/index.js';
import { stageReferences } from '../facts/stage-references.js';
import { describeImage, type ImageInfo, isLocalName } from '../images/index.js';
import { moved, type Span } from '../text/span.js';
import { holds } from './names.js';
import { stageAt, stageNameAt } from './stage-names.js';
import type { VariablePlace } from './variable-places.js';
import { variableAt } from './variables.js';

/** What there is to say about a place, in Markdown. */
export interface Told {
  readonly span: Span;
  readonly text: string;
}

/** A variable's value, what a stage is built on, or what is known of an image. */
export const hoverAt = (facts: FileFacts, offset: number): Told | undefined =>
  aboutVariable(facts, offset) ?? aboutStage(facts, offset) ?? aboutImage(facts, offset);

const MOST_CHARACTERS = 200;

const code = (text: string): string => {
  const line = text.replace(/\s+/g, ' ');
  const short = line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS)}…` : line;
  return short.includes('`') ? short : `\`${short}\``;
};

function aboutVariable(facts: FileFacts, offset: number): Told | undefined {
  const here = variableAt(facts, offset);
  return here && { span: here.span, text: `**${here.name}** ${valueOf(facts, here)}` };
}

const PLATFORM = new Set<string>(PLATFORM_ARGUMENTS);

function valueOf(facts: FileFacts, here: VariablePlace): string {
  const { name, stage } = here;
  const variable = find(scopeFor(facts, here), name);
  if (PLATFORM.has(name) && (variable === undefined ? stage === undefined : variable.value === undefined))
    return 'is set by the builder, for the platform that it builds on or for.';
  if (!variable)
    return facts.stageOf(here.placed)?.image.env.has(name) ? 'is set by the base image.' : 'is not set here.';
  if (variable.value === undefined)
    return variable.kind === 'argument'
      ? `has no default: the build passes it, as with \`--build-arg ${name}=…\`.`
      : 'has a value that only the build knows.';
  const value = variable.value === '' ? 'empty' : code(variable.value);
  return variable.kind === 'argument'
    ? `is ${value} here, unless the build passes another argument.`
    : `is ${value} here.`;
}

/** What is in force where a variable is read, and after the place that sets it. */
function scopeFor(facts: FileFacts, { placed, stage, sets }: VariablePlace): Scope {
  if (!stage) return facts.globals;
  if (sets === undefined) return facts.stateBefore(placed).scope;
  const next = facts.next(placed);
  return next ? facts.stateBefore(next).scope : stage.exit.scope;
}

function aboutStage(facts: FileFacts, offset: number): Told | undefined {
  const stage = stageAt(facts, offset);
  const here = stage && stageNameAt(facts, offset);
  return here && { span: here.span, text: [describeStage(stage), ...imageLines(stage.image)].join('\n\n') };
}

function describeStage(stage: Stage): string {
  const bases: string[] = [];
  let at = stage;
  while (at.base.kind === 'stage' && bases.length < 10) {
    at = at.base.stage;
    bases.push(code(at.name ?? `stage ${at.index}`));
  }
  const root = at.base.kind === 'image' ? code(at.base.text) : code('scratch');
  return `Stage **${stage.name ?? stage.index}**, built on ${[...bases, root].join(', which is built on ')}.`;
}

/** The image of a FROM, with the defaults of its variables, or one that COPY or a mount takes files from. */
function aboutImage(facts: FileFacts, offset: number): Told | undefined {
  for (const { from, base, image } of facts.stages) {
    const word = from.instruction.from?.image;
    if (!word || base.kind !== 'image' || !holds(moved(word.span, from.start), offset)) continue;
    return told(moved(word.span, from.start), base.text, image);
  }
  const reference = stageReferences(facts).find(
    ({ kind, placed, span }) => kind !== 'FROM' && holds(moved(span, placed.start), offset),
  );
  if (!reference) return undefined;
  const { text, span, placed } = reference;
  return told(moved(span, placed.start), text, describeImage(parseReference(text)));
}

function told(span: Span, name: string, image: ImageInfo): Told | undefined {
  const { registry, path } = parseReference(name);
  const local = isLocalName(registry, path) ? ['No registry has it: it is on the machine that builds.'] : [];
  const lines = [...local, ...imageLines(image)];
  return lines.length === 0 ? undefined : { span, text: [`**${name}**`, ...lines].join('\n\n') };
}

const FAMILIES: Readonly<Partial<Record<ImageInfo['family'], string>>> = {
  alpine: 'Alpine Linux',
  busybox: 'BusyBox',
  chainguard: 'Chainguard',
  debian: 'Debian',
  distroless: 'Distroless',
  rhel: 'Red Hat or its like',
  'rhel-minimal': 'Red Hat or its like, minimal',
  suse: 'SUSE',
  ubuntu: 'Ubuntu',
  windows: 'Windows',
};

function imageLines({ family, release, packageManager, shell, defaultUser, endOfLife }: ImageInfo): readonly string[] {
  const system = FAMILIES[family];
  const version = release ? ` ${versionOf(release)}` : '';
  const facts = [
    ...(system === undefined ? [] : [`System: ${system}${version}`]),
    ...(packageManager === undefined ? [] : [`packages: ${code(packageManager)}`]),
    ...(shell === 'unknown' ? [] : [shell === 'none' ? 'no shell' : `shell: ${code(shell)}`]),
    ...(defaultUser === undefined ? [] : [`user: ${code(defaultUser.name)}`]),
  ];
  return [...(endOfLife ? [`${endOfLife.message}.`] : []), ...(facts.length === 0 ? [] : [facts.join(' · ')])];
}

function versionOf({ system, version }: NonNullable<ImageInfo['release']>): string {
  if (system === 'debian') return String(version);
  if (system === 'ubuntu') return version.toFixed(2);
  // The minor number of Alpine counts hundredths.
  const major = Math.floor(version);
  return `${major}.${Math.round((version - major) * 100)}`;
}
