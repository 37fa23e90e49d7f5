import { type Dockerfile, parseDockerfile } from '../dockerfile/index.js';
import type { LintResult } from '../engine/result.js';
import { deriveFacts, type FileFacts, PLATFORM_ARGUMENTS, PROXY_ARGUMENTS, variablesOf } from '../facts/index.js';
import { stageReferences } from '../facts/stage-references.js';
import { applyEdits } from '../text/edits.js';
import type { Edit, Span } from '../text/span.js';
import { nameAt } from './name-at.js';
import type { Doubt, NameHere } from './names.js';

/** Why a name is not changed; with a place where there is one to look at. */
export interface RenameRefusal {
  readonly refusal: string;
  readonly offset?: number;
}

export interface Renaming {
  readonly edits: readonly Edit[];
  /** Programs that read it from their environment know it by its old name. */
  readonly isInEnvironment: boolean;
}

/** The builder sets these or reads them by their names; so do shells with the last one. */
const SPECIAL = new Set<string>([...PLATFORM_ARGUMENTS, ...PROXY_ARGUMENTS, 'SOURCE_DATE_EPOCH', 'PATH']);

const isSpecial = (name: string): boolean => SPECIAL.has(name) || name.startsWith('BUILDKIT_');

const special = (name: string): RenameRefusal => refuse(`${name} has a meaning of its own by this name.`);

const refuse = (refusal: string, doubt?: Doubt): RenameRefusal =>
  doubt ? { refusal: `${refusal}: ${doubt.reason}`, offset: doubt.offset } : { refusal };

/** What can be renamed at a place, or why it cannot; undefined where there is no name. */
export function renamable(result: LintResult, offset: number): NameHere | RenameRefusal | undefined {
  const here = nameAt(result.facts, offset);
  if (!here) return undefined;
  const refusal = refusalFor(result, here);
  return refusal ?? here;
}

function refusalFor({ facts, template, dockerfile }: LintResult, here: NameHere): RenameRefusal | undefined {
  const { kind, name, places, span } = here;
  if (template) return refuse('In a template a name may be written in other ways, too. Rename it by hand.');
  const isWritten = places.some(place => place.isDefinition && sameName(here, textAt(dockerfile, place.span)));
  if (!isWritten) return refuse(`“${name}” is not defined in this file.`);
  if (kind === 'stage' && !sameName(here, textAt(dockerfile, span)))
    return refuse('Here the stage is named by its number. Rename it where it has its name.');
  if (kind === 'variable' && isSpecial(name)) return special(name);
  const users = outsiders(facts, here);
  if (users !== undefined) return refuse(`${users} uses “${name}” by this name. Rename it by hand in both places.`);
  const [doubt] = here.doubts();
  return doubt && refuse(`“${name}” is not renamed, because it is not certain where it is used`, doubt);
}

/** What is known to pass an argument or to build up to a stage from outside. */
function outsiders({ context, stages }: FileFacts, { kind, name }: NameHere): string | undefined {
  const service = context?.services?.find(one =>
    kind === 'stage' ? one.target?.toLowerCase() === name : one.arguments.includes(name),
  );
  if (service) return `The service “${service.name}” of a Compose file`;
  if (kind === 'variable' && context?.passedArguments?.includes(name)) return 'Another file of this project';
  return kind === 'variable' && stages.some(({ image }) => image.env.has(name)) ? 'The base image' : undefined;
}

const textAt = ({ text }: Dockerfile, { start, end }: Span): string => text.slice(start, end);

/** Names of stages are compared without their case, as BuildKit does. */
const sameName = ({ kind, name }: NameHere, text: string): boolean =>
  kind === 'stage' ? text.toLowerCase() === name : text === name;

/** The edits that give a name another one everywhere, or why they are not made. */
export function rename(result: LintResult, offset: number, wanted: string): Renaming | RenameRefusal | undefined {
  const here = renamable(result, offset);
  if (!here || 'refusal' in here) return here;
  const { dockerfile, facts } = result;
  const refusal = unfit(here, wanted) ?? taken(facts, here, wanted);
  if (refusal) return refusal;
  const edits = here.places
    .filter(({ span }) => sameName(here, textAt(dockerfile, span)))
    .map(({ span }) => ({ span, text: wanted }));
  if (!isSameBut(facts, here, edits, wanted))
    return refuse('After the change the file would mean something else. Nothing was changed.');
  const isInEnvironment = here.kind === 'variable' && edits.some(({ span }) => isEnv(facts, span));
  return { edits, isInEnvironment };
}

const isEnv = ({ dockerfile }: FileFacts, { start }: Span): boolean =>
  dockerfile.instructions.some(
    placed => placed.instruction.keyword === 'ENV' && placed.start <= start && start < placed.start + placed.length,
  );

function unfit({ kind }: NameHere, wanted: string): RenameRefusal | undefined {
  if (kind === 'stage')
    return /^[a-z][a-z\d._-]*$/.test(wanted) && wanted !== 'scratch' && wanted !== 'context'
      ? undefined
      : refuse(`“${wanted}” cannot name a stage. Use small letters, digits, “-”, “_” and “.”, a letter first.`);
  if (!/^[A-Za-z_]\w*$/.test(wanted))
    return refuse(`“${wanted}” cannot name a variable. Use letters, digits and “_”, no digit first.`);
  return isSpecial(wanted) ? special(wanted) : undefined;
}

/** Whether the new name is in the file already, where it might then be taken for what is renamed. */
function taken(facts: FileFacts, { kind, name }: NameHere, wanted: string): RenameRefusal | undefined {
  if (wanted === name) return undefined;
  const offset = kind === 'stage' ? stageCalled(facts, wanted) : wordIn(facts, wanted);
  return offset === undefined ? undefined : { refusal: `“${wanted}” is in this file already`, offset };
}

/** A stage or an image that is called so. */
const stageCalled = (facts: FileFacts, wanted: string): number | undefined =>
  facts.stages.find(stage => stage.name === wanted)?.from.start ??
  stageReferences(facts).find(({ text }) => text.toLowerCase() === wanted)?.placed.start;

/** Any word: a program or a shell may read it as the variable. */
function wordIn({ dockerfile }: FileFacts, wanted: string): number | undefined {
  const word = new RegExp(`(?<![\\w.-])${wanted}(?![\\w-])`);
  return dockerfile.instructions.find(({ instruction }) => word.test(instruction.text))?.start;
}

/** Reads the changed file and compares: the same instructions, values and stages, and the new name where the old one was. */
function isSameBut(facts: FileFacts, here: NameHere, edits: readonly Edit[], wanted: string): boolean {
  const changed = applyEdits(facts.dockerfile.text, edits);
  const after = deriveFacts(parseDockerfile(changed), facts.context);
  const by = wanted.length - here.name.length;
  const first = edits[0];
  const places = first && nameAt(after, first.span.start)?.places;
  const expected = here.places.map(
    ({ span }) => span.start + by * edits.filter(edit => edit.span.start < span.start).length,
  );
  if (places?.map(({ span }) => span.start).join() !== expected.join()) return false;
  const renamed = here.kind === 'variable' ? (name: string) => (name === wanted ? here.name : name) : undefined;
  return meaningOf(facts) === meaningOf(after, renamed);
}

/** What each stage is built on and what its variables are at its end. */
const meaningOf = (facts: FileFacts, original = (name: string): string => name): string =>
  JSON.stringify(
    facts.stages.map(({ base, exit, whole }) => [
      base.kind === 'stage' ? base.stage.index : base.kind === 'image' ? base.text : 'scratch',
      whole.map(({ instruction }) => instruction.keyword),
      [...variablesOf(exit.scope)].map(({ name, value, kind }) => [original(name), value, kind]).sort(),
    ]),
  );
