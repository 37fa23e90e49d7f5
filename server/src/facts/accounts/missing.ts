import type { Placed } from '../../dockerfile/index.js';
import type { ShellCommand } from '../../shell/index.js';
import { literal } from '../../text/literal.js';
import { type FileFacts, packageActionsOf, type Stage } from '../index.js';
import { perStage } from '../per-stage.js';
import { isOpaque, mayBringAccounts } from './history.js';

/** What people call the user of their application; no package of a distribution creates one of these names. */
const OF_APPLICATIONS =
  /^(?:app|apps|appuser|app-user|app_user|appgroup|application|container|dev|developer|django|dockeruser|flask|myapp|myuser|node|nodejs|nextjs|nonroot|nonrootuser|non-root|python|runner|service|spring|user|username|webapp|worker)$/;
/** Accounts that packages of full images create. */
const OF_SYSTEMS = /^(?:_.*|systemd-.*|messagebus|polkitd|sshd|ssh)$/;

const SYSTEM_MANAGERS = /^(?:apt|apt-get|aptitude|apk|dnf|microdnf|yum|tdnf|zypper)$/;
/** These do on a machine whatever they are told. */
const ORCHESTRATORS =
  /^(?:ansible-playbook|ansible|chef-client|chef-solo|puppet|salt-call|make|dpkg|rpm|debootstrap|chroot)$/;

const mayCreate = (command: ShellCommand, name: string): boolean => {
  if (isOpaque(command) || ORCHESTRATORS.test(command.base)) return true;
  if (/^(?:useradd|adduser|groupadd|addgroup|newusers)$/.test(command.base))
    return command.args.some(({ literal: isLiteral }) => !isLiteral);
  const action = packageActionsOf(command);
  // Packages create the accounts of their services.
  return action !== undefined && SYSTEM_MANAGERS.test(action.manager) && !OF_APPLICATIONS.test(name);
};

/** Whether an account of that name may be there once an instruction has been carried out. */
function brings(facts: FileFacts, placed: Placed, name: string, spoken: RegExp): boolean {
  const { keyword, text } = placed.instruction;
  if (keyword === 'COPY' || keyword === 'ADD') return mayBringAccounts(facts, placed);
  if (keyword !== 'RUN') return false;
  const { script } = facts.at(placed);
  return (
    !script ||
    script.errors.length > 0 ||
    spoken.test(text) ||
    /\/etc\/(?:passwd|group)\b/.test(text) ||
    script.commands.some(command => mayCreate(command, name))
  );
}

/** By name, the index of the first instruction after which such an account may be there. */
const firstsIn = perStage(() => new Map<string, number>());

/**
 * Whether a user of that name is certainly not there before an instruction, or at all: the image has none, and nothing in
 * the stage, or in those it is FROM, speaks of it or may create what it does not name.
 */
export function lacksUser(facts: FileFacts, stage: Stage, name: string, until?: Placed): boolean {
  const { accounts } = stage.entry.image;
  if (!accounts?.complete || OF_SYSTEMS.test(name) || accounts.users.has(name)) return false;
  const firsts = firstsIn(facts, stage);
  let first = firsts.get(name);
  if (first === undefined) {
    const spoken = new RegExp(`(?<![\\w-])${literal(name)}(?![\\w-])`);
    first = facts.lineage(stage).find(placed => brings(facts, placed, name, spoken))?.index ?? Number.POSITIVE_INFINITY;
    firsts.set(name, first);
  }
  return first >= (until?.index ?? Number.POSITIVE_INFINITY);
}
