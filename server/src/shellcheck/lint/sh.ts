import { type Instruction, perInstruction, type Segment } from '../../dockerfile/index.js';
import type { StageContent, State } from '../../facts/index.js';

/**
 * What `/bin/sh` is. `dash, perhaps`: the base image is not known, but has apt; its SHELL may still be another one.
 * `windows`: there is none.
 */
export type Sh = 'dash' | 'ash' | 'bash' | 'dash, perhaps' | 'unknown' | 'windows';

interface Signs {
  /** Package managers, and folders, that only some distributions have. */
  readonly families: readonly ('apt' | 'apk' | 'rpm')[];
  readonly isWindows: boolean;
  /** What the instruction makes of `/bin/sh`. */
  readonly replacedBy: 'bash' | 'dash' | undefined;
}

const FAMILIES = [
  ['apt', /(?<![\w./-])(?:apt-get|apt)\s+(?:-\S+\s+)*(?:install|update|upgrade)\b|\/usr\/lib\/\w+-linux-gnu\b/],
  ['apk', /(?<![\w./-])apk\s+(?:-\S+\s+)*(?:add|update|upgrade)\b/],
  // The sh of Fedora, RHEL, Amazon Linux, Azure Linux, SUSE and Arch is bash.
  [
    'rpm',
    /(?<![\w./-])(?:(?:dnf|microdnf|yum|tdnf|zypper)\s+(?:-\S+\s+)*(?:install|in|update|upgrade|refresh|makecache)\b|pacman\s+-S)/,
  ],
] as const;

const WINDOWS = /^\s*(?:powershell|cmd|pwsh\.exe)(?:\.exe)?\s/i;
/** `ln -sf /bin/bash /bin/sh`, and Debian's own way to make bash its sh. */
const REPLACED = /\bln\s+(?:-\S+\s+)*(?:\/(?:usr\/)?bin\/)?(bash|dash)\s+\/(?:usr\/)?bin\/sh\b/;
const NO_DASH = /dash\/sh boolean false/;

const GUESSES = { apt: 'dash, perhaps', apk: 'ash', rpm: 'bash' } as const satisfies Record<
  Signs['families'][number],
  Sh
>;

const NO_SIGNS: Signs = { families: [], isWindows: false, replacedBy: undefined };

const keptWith = perInstruction((): { signs?: Signs } => ({}));

function signsOf(instruction: Instruction): Signs {
  if (instruction.keyword !== 'RUN') return NO_SIGNS;
  const kept = keptWith(instruction);
  kept.signs ??= read(instruction.text, instruction.arguments.text);
  return kept.signs;
}

function read(text: string, script: string): Signs {
  const replaced = REPLACED.exec(text)?.[1];
  return {
    families: FAMILIES.flatMap(([family, sign]) => (sign.test(text) ? family : [])),
    isWindows: WINDOWS.test(script),
    replacedBy: replaced === 'bash' || NO_DASH.test(text) ? 'bash' : replaced === 'dash' ? 'dash' : undefined,
  };
}

/** The stage's own parts and those of the stages that it is built on, the first ones first. */
function lineage(content: StageContent): readonly Segment[] {
  return 'kind' in content.base ? content.parts : [...lineage(content.base), ...content.parts];
}

/** What `/bin/sh` is at an offset of a stage, as far as its image or its RUNs tell. */
export type ShAt = (offset: number, state: State) => Sh;

export function shIn(content: StageContent | undefined): ShAt {
  if (!content) return (_, state) => ofImage(state) ?? 'unknown';
  const parts = lineage(content);
  const before = parts.length - content.parts.length;
  const signs = parts.map(({ instruction }) => signsOf(instruction));
  const isWindows = signs.some(one => one.isWindows);
  const guess = guessFrom(new Set(signs.flatMap(one => one.families)));
  // Hardly ever more than one: so no RUN of a long stage has to look through all others.
  const replacements = signs.flatMap(({ replacedBy }, index) => (replacedBy ? { index, replacedBy } : []));
  return (offset, state) => {
    const known = ofImage(state);
    if (!known && isWindows) return 'windows';
    const last = replacements.findLast(({ index }) => index < before + offset);
    return last?.replacedBy ?? known ?? guess;
  };
}

function guessFrom(families: ReadonlySet<Signs['families'][number]>): Sh {
  // A script that asks which manager there is names several.
  const [family, other] = families;
  if (family === undefined || other !== undefined) return 'unknown';
  return GUESSES[family];
}

function ofImage({ image: { shell } }: State): Sh | undefined {
  return shell === 'dash' || shell === 'ash' || shell === 'bash' ? shell : undefined;
}
