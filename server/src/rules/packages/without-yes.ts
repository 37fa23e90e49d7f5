import { insertAfter } from '../../edits/words.js';
import { mayBeConfigured, type Setting } from '../../facts/packages/configured.js';
import { answersItself, type PackageAction, packageActions } from '../../facts/packages/in-run.js';
import { runsOf } from '../../facts/runs.js';
import type { ShellCommand, ShellWord } from '../../shell/index.js';
import { hasFlag } from '../../shell/options.js';
import type { StageRule } from '../asked.js';
import type { Report } from '../rule.js';

interface Asking {
  readonly managers: readonly string[];
  /** The verbs that the other standards know; others ask just the same. */
  readonly known: (action: PackageAction) => boolean;
  /** By which its configuration answers. */
  readonly setting?: Setting;
  /** Its command says yes in a way that its row does not name. */
  readonly saysYes?: (command: ShellCommand) => boolean;
  readonly isMinor?: (action: PackageAction) => boolean;
  readonly complaint?: (command: ShellCommand, last: ShellWord) => Report;
}

/** What a rule does that reports commands of package managers which would ask; their rows say what answers. */
export const reportsQuestions = ({
  managers,
  known,
  setting,
  saysYes = () => false,
  isMinor = () => false,
  complaint = addYes,
}: Asking): StageRule => ({
  stage: { words: managers },
  check({ facts, report }) {
    for (const run of runsOf(facts)) {
      for (const action of packageActions(run.facts)) {
        const { command, info, manager } = action;
        const last = managers.includes(manager) && info.asksUnless.length > 0 ? question(action) : undefined;
        if (!last || hasFlag(command, ...info.asksUnless) || saysYes(command) || answersItself(action)) continue;
        if (setting && mayBeConfigured(facts, run, setting)) continue;
        report(run.placed, {
          ...complaint(command, last),
          minor: isMinor(action),
          ...(known(action) ? {} : { codes: [] }),
        });
      }
    }
  },
});

/** Verbs with a verb of their own: `dnf module enable nodejs:22` asks as well. */
const OUTER = /^(?:group|groups|module|copr|swap)$/;
const INNER = /^(?:install|enable|disable|reset|remove|upgrade|update|switch-to)$/;

/** The last word of what to do, for a command that asks before it does it. */
function question({ kind, verb, packages }: PackageAction): ShellWord | undefined {
  if (kind === 'install' || kind === 'upgrade' || kind === 'remove' || verb.value === 'swap') return verb;
  const [inner] = packages;
  return OUTER.test(verb.value) && inner && INNER.test(inner.value) ? inner : undefined;
}

/** A package manager that would ask: `last` is the last word of what it is told to do. */
export const addYes = (command: ShellCommand, last: ShellWord): Report => ({
  span: { start: command.span.start, end: last.span.end },
  message: `${command.base} cannot ask for confirmation during a build. Add \`-y\`.`,
  fixes: command.editable ? [{ title: 'Add -y', safety: 'safe', edits: [insertAfter(last, '-y')] }] : [],
});

/** The same for zypper, whose option belongs before the verb. */
export const addNonInteractive = (command: ShellCommand, verb: ShellWord): Report => ({
  span: { start: command.span.start, end: verb.span.end },
  message: `${command.base} cannot ask for confirmation during a build. Add \`--non-interactive\`.`,
  fixes: command.editable
    ? [
        {
          title: 'Add --non-interactive',
          safety: 'safe',
          edits: [insertAfter(command.name ?? verb, '--non-interactive')],
        },
      ]
    : [],
});
