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
      ...windowsSecrets(facts, placed),
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

/** On Windows a secret needs a target of its own, from the drive's root (dockerfile2llb/convert_secrets.go). */
function windowsSecrets(facts: FileFacts, placed: Placed): readonly Refusal[] {
  const platform = facts.stageOf(placed)?.from.instruction.flag('platform')?.value ?? '';
  if (!/^windows(?:\/|$)/i.test(platform)) return [];
  return facts.at(placed).mounts.flatMap(({ type, target, options, flag }) => {
    if (type !== 'secret' || target?.includes('$')) return [];
    const isAbsolute = /^(?:[cC]:)?[\\/]/.test(target ?? '');
    if (isAbsolute || (target === undefined && options.has('env'))) return [];
    const message = 'On Windows, a secret needs a target from the root of the drive, such as target=C:/secret.txt.';
    return [{ message, span: flag.valueSpan }];
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
