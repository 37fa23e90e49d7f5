import { companionsOf, mayCompile, pipAmong, type Wanted, wantedBy } from '../../edits/recommended.js';
import { insertAfter } from '../../edits/words.js';
import type { FileFacts, PackageAction } from '../../facts/index.js';
import type { RunPlace } from '../../facts/runs.js';
import type { ShellCommand, ShellWord } from '../../shell/index.js';
import type { Report, RuleFix } from '../rule.js';

/** The options right after the verb: what is added goes after them, where people look for it. */
function lastOption({ command, verb }: PackageAction): ShellWord {
  let last = verb;
  for (const word of command.args.slice(command.args.indexOf(verb) + 1)) {
    if (!/^(?:-[yq]+|--yes|--assume-yes|--quiet|--no-install-suggests|--fix-missing)$/.test(word.value)) break;
    last = word;
  }
  return last;
}

/** An installation, and what its own RUN says of it: as long as that stays as it is, so does all of this. */
export interface Installation {
  readonly action: PackageAction;
  /** Companions that its RUN does not bring. */
  readonly wanted: readonly Wanted[];
  /** The package of pip that it names. */
  readonly pip: string | undefined;
  /** The fix where no companion has to be named, and nothing may be compiled. */
  readonly plain: RuleFix;
}

const OPTION = '--no-install-recommends';

export const installation = (action: PackageAction, installs: readonly PackageAction[]): Installation => ({
  action,
  wanted: wantedBy(action, installs),
  pip: pipAmong(action),
  plain: {
    title: `Add ${OPTION}`,
    safety: 'review',
    edits: [insertAfter(lastOption(action), OPTION)],
  },
});

export function installWithout(
  file: FileFacts,
  run: RunPlace,
  { action, wanted, pip, plain }: Installation,
): RuleFix | undefined {
  if (!action.command.editable) return undefined;
  if (wanted.length === 0 && pip === undefined) return plain;
  const { names, edits } = companionsOf(file, run, wanted);
  const added = [OPTION, ...names];
  return {
    title: `Add ${added.length > 1 ? `${added.slice(0, -1).join(', ')} and ${added.at(-1)}` : OPTION}`,
    safety: pip !== undefined && mayCompile(file, run, pip) ? 'manual' : 'review',
    edits: [...plain.edits, ...edits],
  };
}

export const nameWhatIsNeeded = (command: ShellCommand, verb: ShellWord, fix: RuleFix | undefined): Report => ({
  span: { start: command.span.start, end: verb.span.end },
  message: 'Recommended packages make the image larger. Add `--no-install-recommends`, and list those that you need.',
  fixes: fix ? [fix] : [],
});
