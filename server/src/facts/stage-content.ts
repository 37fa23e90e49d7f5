import type { Segment } from '../dockerfile/index.js';
import { parseReference } from '../dockerfile/index.js';
import { describeImage, type ImageInfo, UNKNOWN_IMAGE } from '../images/index.js';
import { certainTags } from '../templates/index.js';
import { recall } from '../text/memo.js';
import { mountsOf } from './mounts.js';
import { EMPTY_SCOPE, type Expanded, expand, extend, PLATFORM_ARGUMENTS, type Scope } from './scope.js';
import type { ContentBase, PreambleContent, StageContent, Surroundings } from './stages.js';
import { after, imageShell, imageUser, type State, shellPragma } from './state.js';

const PLATFORM_SCOPE = extend(
  EMPTY_SCOPE,
  PLATFORM_ARGUMENTS.map(name => ({ name, value: undefined, kind: 'predefined' as const })),
);

const stateFor = (image: ImageInfo): State => ({
  image,
  shell: imageShell(image.shell),
  sh: image.shell,
  user: imageUser(image),
  workdir: undefined,
  scope: EMPTY_SCOPE,
});
export const ROOT = stateFor(UNKNOWN_IMAGE);
const entries = new WeakMap<State, WeakMap<ImageInfo, State>>();

/** The state after FROM: the same object for the same image below the same global ARGs. */
function entryState(globals: State, image: ImageInfo): State {
  let row = entries.get(globals);
  if (!row) {
    row = new WeakMap();
    entries.set(globals, row);
  }
  let state = row.get(image);
  if (!state) {
    state = stateFor(image);
    row.set(image, state);
  }
  return state;
}

const pragmas = new WeakMap<State, Map<object, State>>();

function withShell(state: State, shell: State['shell']): State {
  let row = pragmas.get(state);
  if (!row) {
    row = new Map();
    pragmas.set(state, row);
  }
  let next = row.get(shell);
  if (!next) {
    next = { ...state, shell };
    row.set(shell, next);
  }
  return next;
}

const platforms = new WeakMap<Scope, Scope>();
const NO_PREAMBLE: PreambleContent = { parts: [], kept: new Map() };

function platformScope(globals: Scope): Scope {
  let platform = platforms.get(globals);
  if (!platform) {
    platform = globals.parent ? chain(globals) : { parent: PLATFORM_SCOPE, own: globals.own };
    platforms.set(globals, platform);
  }
  return platform;
}

const isSame = (a: readonly Segment[], b: readonly Segment[]): boolean =>
  a.length === b.length && a.every((part, index) => part === b[index]);

const sameSurroundings = (a: Surroundings, b: Surroundings): boolean =>
  a.globals === b.globals && a.platform === b.platform && a.shell === b.shell;

export interface Preamble {
  readonly states: readonly State[];
  readonly surroundings: Surroundings;
}

export function readPreamble(parts: readonly Segment[]): Preamble {
  const states: State[] = [];
  let globals = ROOT;
  let state = ROOT;
  let shell: State['shell'] | undefined;
  for (const one of parts) {
    if (one.leading.length > 0) shell = shellPragma(one) ?? shell;
    states.push(state);
    if (one.instruction.keyword === 'ARG') globals = after(globals, one, EMPTY_SCOPE);
    else state = after(state, one, globals.scope);
  }
  const platform = globals === ROOT ? PLATFORM_SCOPE : platformScope(globals.scope);
  return { states, surroundings: { globals, platform, shell } };
}

/** What began with an instruction in the latest version of a file. */
interface Latest {
  stage?: StageContent;
  preamble?: PreambleContent;
}

function latestOf(first: Segment): Latest {
  first.kept ??= new Map();
  return recall(first.kept, latestOf, (): Latest => ({}));
}

/**
 * The content of the stage that `parts` are: the same object as before when nothing that it follows from has changed.
 * `parentOf` gives the stage that FROM names, with variables replaced and in lower case, if there is one.
 */
export function contentOf(
  parts: readonly Segment[],
  surroundings: Surroundings,
  parentOf: (name: string) => StageContent | undefined,
  escape: string,
): StageContent {
  const [first] = parts;
  if (!first) throw new RangeError('a stage begins with its FROM');
  const latest = latestOf(first);
  const { stage } = latest;
  const known = stage && sameSurroundings(stage.surroundings, surroundings) ? stage : undefined;
  if (known) {
    const parent = parentOf(known.from);
    if ((parent ? known.base === parent : 'kind' in known.base) && isSame(known.parts, parts)) return known;
  }
  const text = expand(first.instruction.from?.image.text ?? '', surroundings.platform, escape);
  const next = readContent(parts, surroundings, text, parentOf(text.text.toLowerCase()), escape);
  latest.stage = next;
  return next;
}

function readContent(
  parts: readonly Segment[],
  surroundings: Surroundings,
  text: Expanded,
  parent: StageContent | undefined,
  escape: string,
): StageContent {
  const { globals, shell } = surroundings;
  const from = parts[0]?.instruction.from;
  // Most images are written without variables.
  const reference = from?.image.text === text.text ? from.reference : parseReference(text.text);
  // What a template engine has still to replace may become any image.
  const isTag = parts[0] !== undefined && certainTags(parts[0].instruction).length > 0;
  const image = parent ? parent.image : isTag ? UNKNOWN_IMAGE : describeImage(reference, { escape });
  let state = parent ? parent.exit : entryState(globals, image);
  if (shell) state = withShell(state, shell);
  const states = [state];
  let references: string[] | undefined;
  for (let index = 1; index < parts.length; index++) {
    const one = parts[index];
    if (!one) break;
    const pragma = one.leading.length > 0 ? shellPragma(one) : undefined;
    if (pragma) state = withShell(state, pragma);
    states.push(state);
    state = after(state, one, globals.scope);
    const { instruction } = one;
    const { keyword } = instruction;
    if ((keyword !== 'COPY' && keyword !== 'RUN') || instruction.flags.length === 0) continue;
    references ??= [];
    if (keyword === 'COPY') {
      const source = instruction.flag('from')?.value;
      if (source !== undefined) references.push(source);
    } else for (const { from } of mountsOf(instruction)) if (from !== undefined) references.push(from);
  }
  const base: ContentBase =
    parent ??
    (text.text === 'scratch'
      ? { kind: 'scratch' }
      : { kind: 'image', text: text.text, reference, certainty: isTag ? 'unknown' : text.certainty });
  const name = from?.name?.text.toLowerCase();
  return {
    kept: new Map(),
    parts,
    name,
    states,
    exit: state,
    image,
    base,
    from: text.text.toLowerCase(),
    references: references ?? NO_REFERENCES,
    surroundings,
  };
}

const NO_REFERENCES: readonly string[] = [];

/** What is before the first FROM: the same object for the same instructions. */
export function preambleContent(parts: readonly Segment[]): PreambleContent {
  const [first] = parts;
  if (!first) return NO_PREAMBLE;
  const latest = latestOf(first);
  const { preamble } = latest;
  if (preamble && isSame(preamble.parts, parts)) return preamble;
  latest.preamble = { parts, kept: new Map() };
  return latest.preamble;
}

// FROM sees the platform ARGs under the global ones.
function chain(scope: Scope): Scope {
  return { parent: scope.parent ? chain(scope.parent) : PLATFORM_SCOPE, own: scope.own };
}
