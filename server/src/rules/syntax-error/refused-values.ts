import { alone, FLAGS, type Instruction, lex, type Placed, type Refusal, refusalsOf } from '../../dockerfile/index.js';
import { workdirAt } from '../../facts/files/image-workdir.js';
import {
  type FileFacts,
  find,
  offsetsWhere,
  PLATFORM_ARGUMENTS,
  PROXY_ARGUMENTS,
  type Scope,
} from '../../facts/index.js';
import { fromArguments, usesIn } from '../../facts/variables.js';

export interface RefusedValue {
  readonly placed: Placed;
  readonly refusal: Refusal;
}

/** What BuildKit refuses only because of what surrounds an instruction: the values of variables, the folder, the platform. */
export function refusedValues(facts: FileFacts): readonly RefusedValue[] {
  return facts.select(mayBeRefused).flatMap(placed => {
    const { instruction } = placed;
    const isFrom = instruction.keyword === 'FROM';
    const lookup = isFrom || !facts.stageOf(placed) ? beforeStages(facts) : inStage(facts, placed);
    const around = {
      expand: (text: string) => expandWith(text, instruction.escape, lookup),
      workdir: isFrom ? undefined : workdirAt(facts, placed),
    };
    const own = new Set(refusalsOf(instruction, alone(instruction)).map(({ message }) => message));
    const found = refusalsOf(instruction, around).filter(({ message }) => !own.has(message));
    const others = [
      ...platformRefusals(placed, around.expand),
      ...windowsRefusals(facts, placed, around.expand),
      ...emptyButRequired(instruction, lookup),
    ];
    return [...found, ...others].map(refusal => ({
      placed,
      refusal,
    }));
  });
}

const READS_VALUES = new Set(['ADD', 'COPY', 'FROM', 'RUN', 'STOPSIGNAL', 'VOLUME']);

const EXPANDED = new Set([
  'ADD',
  'ARG',
  'COPY',
  'ENV',
  'EXPOSE',
  'FROM',
  'LABEL',
  'STOPSIGNAL',
  'USER',
  'VOLUME',
  'WORKDIR',
]);

const mayBeRefused = (instructions: readonly Placed[]): readonly number[] =>
  offsetsWhere(instructions, ({ instruction }) => {
    if (instruction.text.includes('?') && EXPANDED.has(instruction.keyword)) return true;
    if (NAMES_PATHS.has(instruction.keyword) && /[:$]|\/\/|\\\\/.test(instruction.text)) return true;
    if (!READS_VALUES.has(instruction.keyword)) return false;
    const { flags } = instruction;
    if (instruction.keyword === 'RUN' || instruction.keyword === 'FROM')
      return flags.some(({ name, text }) => name === 'mount' || (name === 'platform' && text.includes('$')));
    return instruction.text.includes('$');
  });

/** A variable's value: undefined for one that is not set, empty for an ARG that the build has to give, `null` for one that is not known. */
type Lookup = (name: string) => string | undefined | null;

const FROM_OUTSIDE = new Set<string>([...PLATFORM_ARGUMENTS, ...PROXY_ARGUMENTS, 'PATH']);

function expandWith(text: string, escape: string, lookup: Lookup): string | undefined {
  let isKnown = true;
  const { value, error, gaveUp } = lex(text, {
    escape,
    lookup: name => {
      const found = lookup(name);
      if (found === null) isKnown = false;
      return found ?? undefined;
    },
  });
  return isKnown && error === undefined && !gaveUp ? value : undefined;
}

/** Whether the builder, or a file of the project that calls it, gives this argument a value. */
const isGivenTo = ({ context }: FileFacts, name: string): boolean =>
  FROM_OUTSIDE.has(name) || context?.passedArguments?.includes(name) === true;

/** Only the arguments before the first FROM. */
function beforeStages(facts: FileFacts): Lookup {
  const values = fromArguments(facts);
  return name => (isGivenTo(facts, name) ? null : values.get(name));
}

/** ENV and ARG in force; an ARG without a value is empty unless the build gives one. */
function inStage(facts: FileFacts, placed: Placed): Lookup {
  const { image, scope }: { readonly image: { isKnown: boolean; env: ReadonlySet<string> }; readonly scope: Scope } =
    facts.stateBefore(placed);
  return name => {
    const variable = find(scope, name);
    if (variable) return variable.value ?? (isGivenTo(facts, name) || variable.kind !== 'argument' ? null : '');
    return !image.isKnown || image.env.has(name) || FROM_OUTSIDE.has(name) ? null : undefined;
  };
}

/** `FROM --platform=$P` where P is empty. */
function platformRefusals({ instruction }: Placed, expand: (text: string) => string | undefined): readonly Refusal[] {
  const platform = instruction.keyword === 'FROM' ? instruction.flag('platform') : undefined;
  if (!platform?.value || expand(platform.value) !== '') return [];
  return [
    {
      message: `“${platform.value}” is empty without --build-arg, and --platform needs a value. Give the ARG a default.`,
      span: platform.valueSpan,
    },
  ];
}

const NAMES_PATHS = new Set(['ADD', 'COPY', 'WORKDIR']);

/** What the frontend refuses where the image is for Windows. */
function windowsRefusals(
  facts: FileFacts,
  placed: Placed,
  expand: (text: string) => string | undefined,
): readonly Refusal[] {
  const stage = facts.stageOf(placed);
  const platform = stage?.from.instruction.flag('platform')?.value;
  const isWindows = platform === undefined ? stage?.image.family === 'windows' : /^windows(?:\/|$)/i.test(platform);
  if (!isWindows) return [];
  return placed.instruction.keyword === 'RUN'
    ? windowsSecrets(facts, placed)
    : windowsPaths(placed.instruction, expand);
}

/** A secret needs a target of its own, from the drive's root (dockerfile2llb/convert_secrets.go). */
const windowsSecrets = (facts: FileFacts, placed: Placed): readonly Refusal[] =>
  facts.at(placed).mounts.flatMap(({ type, target, options, flag }) => {
    if (type !== 'secret' || target?.includes('$')) return [];
    const isAbsolute = /^(?:[cC]:)?[\\/]/.test(target ?? '');
    if (isAbsolute || (target === undefined && options.has('env'))) return [];
    const message = 'On Windows, a secret needs a target from the root of the drive, such as target=C:/secret.txt.';
    return [{ message, span: flag.valueSpan }];
  });

/** Paths are on drive C (util/system/path.go, CheckSystemDriveAndRemoveDriveLetter). */
function windowsPaths(instruction: Instruction, expand: (text: string) => string | undefined): readonly Refusal[] {
  const words =
    instruction.keyword === 'WORKDIR'
      ? [{ text: instruction.arguments.text, span: instruction.argumentsSpan }]
      : instruction.words.filter(({ text }) => !/^<<|^[a-z]+:\/\/|^git@/i.test(text));
  return words.flatMap(({ text, span }) => {
    const path = expand(text);
    if (path === undefined) return [];
    if (/^.:$/.test(path)) return [{ message: `“${path}” names a drive without a path. Write C:/ and a path.`, span }];
    if (/^[\\/]{2}/.test(path))
      return [{ message: 'Docker does not support network paths. Copy from the build context or an image.', span }];
    const drive = /^([^:]*):/.exec(path)?.[1];
    return drive === undefined || /^c$/i.test(drive)
      ? []
      : [{ message: `“${drive}:” is not the drive of the image: only C: can be used in a build.`, span }];
  });
}

/** `${A:?why}` where A is not set: the author wants the build to stop, unless A is an ARG to be given. */
function emptyButRequired(instruction: Instruction, lookup: Lookup): readonly Refusal[] {
  if (!EXPANDED.has(instruction.keyword)) return [];
  const inFlags = instruction.flags.flatMap(({ name, value, valueSpan }) =>
    value && FLAGS[instruction.keyword]?.[name]?.expands ? usesIn(instruction, value, valueSpan) : [],
  );
  const required = [...instruction.variablesIn(instruction.arguments), ...inFlags].find(
    ({ name, modifier }) => /^:?\?$/.test(modifier) && lookup(name) === undefined,
  );
  if (!required) return [];
  const { name, span } = required;
  return [{ message: `${name} is not set here, and “?” then stops the build. Set it with ENV or ARG above.`, span }];
}
