import { type FileFacts, rootOf, type Stage } from '../../facts/index.js';
import { buildsAtStart, needsRoot, rootScript, startsInterpreter } from '../../facts/programs/needing-root.js';
import { hasStartCommand } from '../../facts/programs/start-commands.js';
import type { Report } from '../rule.js';
import { takenFromRootHome } from './root-home.js';

type Obstacle = Pick<Report, 'message' | 'severity'>;

const ROOT = 'The container runs as root';

/** Why a USER may break what the stage runs, so that a person has to look first; undefined when nothing speaks against it. */
export function obstacleTo(facts: FileFacts, final: Stage): Obstacle | undefined {
  const program = needsRoot(facts, final);
  if (program !== undefined)
    return { severity: 'info', message: `${ROOT}: check whether ${program} can run as another user, and add USER.` };
  const script = rootScript(facts, final);
  if (script)
    return {
      severity: 'info',
      message: `${ROOT}: ${script.name} needs that for ${script.command}; do this in the build, or give up root in the script, and add USER.`,
    };
  const taken = takenFromRootHome(facts, final);
  if (taken !== undefined)
    return {
      message: `${ROOT}, and no other user may enter /root (${taken}): keep what runs elsewhere, then add USER.`,
    };
  const build = buildsAtStart(facts, final);
  if (build !== undefined)
    return {
      severity: 'info',
      message: `${ROOT}: “${build}” builds when it starts and writes to what root owns; build the program in the image, then add USER.`,
    };
  if (facts.has(final, 'ONBUILD'))
    return {
      severity: 'info',
      message: `${ROOT}, and so do its ONBUILD triggers in other builds: add USER in the images that are built on it.`,
    };
  const message = `${ROOT}: add USER, unless other images are built on this one and need root there.`;
  if (startsInterpreter(facts, final)) return { severity: 'info', message };
  return !hasStartCommand(facts, final) && startsShell(final) ? { message } : undefined;
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
