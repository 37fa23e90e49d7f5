import { createdUsers } from '../../facts/accounts/created-users.js';
import { type FileFacts, rootOf, type Stage } from '../../facts/index.js';
import {
  buildsAtStart,
  needsRoot,
  rootScript,
  startsInterpreter,
  unreadScript,
  worksAndEnds,
} from '../../facts/programs/needing-root.js';
import { daemonInstalled, forRootAlone } from '../../facts/programs/root-packages.js';
import { hasStartCommand } from '../../facts/programs/start-commands.js';
import type { Report } from '../rule.js';
import { takenFromRootHome } from './root-home.js';

interface Obstacle extends Pick<Report, 'message' | 'severity' | 'minor'> {
  /** A USER may break what runs, so a person has to choose the fix. */
  readonly mayBreak: boolean;
}

const ROOT = 'The container runs as root';

/** Supervisors start what they are told to as whom they are told to: that it is all root is seldom on purpose. */
const SUPERVISOR = /^supervisord?$/;

/** Why a person has to look before a USER is added, or why none may be missing; undefined when nothing speaks against it. */
export function obstacleTo(facts: FileFacts, final: Stage): Obstacle | undefined {
  const script = unreadScript(facts, final);
  const program = needsRoot(facts, final);
  if (program !== undefined)
    return {
      severity: 'info',
      minor: !SUPERVISOR.test(program),
      message: `${ROOT}: check whether ${program} can run as another user, and add USER.`,
      mayBreak: true,
    };
  const own = rootScript(facts, final);
  if (own)
    return {
      severity: 'info',
      message: `${ROOT}: ${own.name} needs that for ${own.command}; do this in the build, or give up root in the script, and add USER.`,
      mayBreak: true,
    };
  const rights = forRootAlone(facts, final) ?? (script === undefined ? undefined : daemonInstalled(facts, final));
  if (rights !== undefined)
    return {
      severity: 'info',
      minor: true,
      message: `${ROOT}, which ${rights} may need: check whether what runs can do without, and add USER.`,
      mayBreak: true,
    };
  const work = worksAndEnds(facts, final);
  if (work !== undefined)
    return {
      severity: 'info',
      minor: true,
      message: `${ROOT}: add USER, unless “${work}” is to read and write files of any owner.`,
      mayBreak: true,
    };
  const message = `${ROOT}: add USER, unless other images are built on this one and need root there.`;
  if (startsInterpreter(facts, final)) return { severity: 'info', minor: true, message, mayBreak: true };
  if (script !== undefined && (/entry-?point/i.test(script) || createdUsers(facts, final).length > 0))
    return {
      severity: 'info',
      minor: true,
      message: `${ROOT}, unless ${script} gives that up: have it do so, or add USER.`,
      mayBreak: false,
    };
  const taken = takenFromRootHome(facts, final);
  if (taken !== undefined)
    return {
      message: `${ROOT}, and no other user may enter /root (${taken}): keep what runs elsewhere, then add USER.`,
      minor: !hasStartCommand(facts, final),
      mayBreak: true,
    };
  const build = buildsAtStart(facts, final);
  if (build !== undefined)
    return {
      severity: 'info',
      minor: true,
      message: `${ROOT}: “${build}” builds when it starts and writes to what root owns; build the program in the image, then add USER.`,
      mayBreak: true,
    };
  if (facts.has(final, 'ONBUILD'))
    return {
      severity: 'info',
      minor: true,
      message: `${ROOT}, and so do its ONBUILD triggers in other builds: add USER in the images that are built on it.`,
      mayBreak: true,
    };
  if (!hasStartCommand(facts, final)) return { message, minor: true, mayBreak: startsShell(final) };
  return script === undefined
    ? undefined
    : {
        severity: 'info',
        message: `${ROOT}, unless ${script} gives that up: add USER before what runs.`,
        mayBreak: false,
      };
}

/** Official images whose own CMD is a shell or an interpreter (their Dockerfiles, docker-library). */
const BARE = new Set(
  [
    'almalinux alpine amazoncorretto amazonlinux archlinux buildpack-deps busybox centos clojure debian eclipse-temurin',
    'elixir erlang fedora gcc golang gradle haskell julia maven mono node openjdk oraclelinux perl photon php pypy python r-base',
    'rockylinux ruby rust sapmachine swift ubuntu',
  ].flatMap(line => line.split(' ')),
);

/** The image itself does not say what runs either: it is there to be built on, or for any command. */
function startsShell(stage: Stage): boolean {
  const { base } = rootOf(stage);
  if (base.kind !== 'image') return false;
  const { path, tag } = base.reference;
  // The tags `apache` and `fpm` of PHP start a server.
  return BARE.has(path.replace(/^library\//, '')) && !/apache|fpm/.test(tag ?? '');
}
