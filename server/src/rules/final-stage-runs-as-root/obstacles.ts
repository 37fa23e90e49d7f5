import { createdUsers } from '../../facts/accounts/created-users.js';
import { startsAtRoot } from '../../facts/files/image-workdir.js';
import { type FileFacts, rootOf, type Stage } from '../../facts/index.js';
import { hasStartCommand } from '../../facts/programs/start-commands.js';
import {
  buildsAtStart,
  type Evidence,
  interpreterOf,
  onlyPrints,
  type RootWork,
  readStart,
  rootWorkOf,
  startsInterpreter,
  waitsOnly,
  worksAndEnds,
} from '../../start/index.js';
import type { Report } from '../rule.js';
import { hostFolderInCompose, rightInCompose } from './by-compose.js';
import { closedFile } from './closed-files.js';
import { takenFromRootHome } from './root-home.js';
import { writtenAtStart } from './start-writes.js';
import { backUp, copiesWholeImage, foreignProgram, worksOnMounts } from './tools.js';

interface Obstacle extends Pick<Report, 'message' | 'severity' | 'minor'> {
  /** A USER may break what runs, so a person has to choose the fix. */
  readonly mayBreak: boolean;
}

const ROOT = 'The container runs as root';

/** Why a person has to look before a USER is added, or why none may be missing; undefined when nothing speaks against it. */
export function obstacleTo(facts: FileFacts, final: Stage): Obstacle | undefined {
  const work = rootWorkOf(facts, final);
  if (work) return ofWork(work);
  const wanted = rightInCompose(facts);
  if (wanted)
    return hint(
      `${ROOT}, which “${wanted.right}” of the Compose service ${wanted.service} may need: check whether what runs can do without, and add USER.`,
    );
  const piece = worksAndEnds(facts, final);
  if (piece !== undefined)
    return {
      ...hint(`${ROOT}: add USER, unless “${piece}” is to read and write files of any owner.`),
      mayBreak: !onlyPrints(facts, final),
    };
  const waits = waitsOnly(facts, final);
  if (waits !== undefined)
    return {
      ...hint(`${ROOT}: add USER, unless somebody is to work in it as root.`),
      mayBreak: !onlyPrints(facts, final),
    };
  const backup = backUp(facts, final);
  if (backup !== undefined)
    return hint(`${ROOT}: ${backup} may have to read files of any owner; add USER where another user may read them.`);
  const message = `${ROOT}: add USER, unless other images are built on this one and need root there.`;
  if (startsInterpreter(facts, final)) return hint(message);
  const [unread] = readStart(facts, final).unread;
  if (unread && (/entry-?point/i.test(unread.line) || createdUsers(facts, final).length > 0))
    return hint(
      `${ROOT}, unless ${quote(unread)} gives that up, which cannot be read from here: have it do so, or see what it needs and add USER.`,
    );
  const taken = takenFromRootHome(facts, final);
  if (taken !== undefined)
    return {
      message: `${ROOT}, and no other user may enter /root (${taken}): keep what runs elsewhere, then add USER.`,
      minor: !hasStartCommand(facts, final),
      mayBreak: true,
    };
  const build = buildsAtStart(facts, final);
  if (build !== undefined)
    return hint(
      `${ROOT}: “${build.command}” builds when it starts and writes to what root owns; build the program in the image, then add USER.`,
    );
  if (facts.has(final, 'ONBUILD'))
    return hint(
      `${ROOT}, and so do its ONBUILD triggers in other builds: add USER in the images that are built on it.`,
    );
  if (!hasStartCommand(facts, final)) return { message, minor: true, mayBreak: !startsService(facts, final) };
  return ofFiles(facts, final, unread);
}

const hint = (message: string): Obstacle => ({ severity: 'info', minor: true, message, mayBreak: true });

/** What runs could do as another user, but for files. */
function ofFiles(facts: FileFacts, final: Stage, unread: Evidence | undefined): Obstacle | undefined {
  const closed = closedFile(facts, final);
  if (closed)
    return {
      message: `${ROOT}: ${closed.path} has the mode ${closed.mode}, with which no other user may ${closed.needs} it; open it to the user, then add USER.`,
      mayBreak: true,
    };
  const written = writtenAtStart(facts, final).problem;
  if (written)
    return { message: `${ROOT}: ${quote(written.evidence)} ${WRITES[written.why]}, then add USER.`, mayBreak: true };
  const mount = hostFolderInCompose(facts, final);
  if (mount)
    return {
      message: `${ROOT}, and Compose mounts ${mount.from} of the host at ${mount.target}: give that to a user there, then add USER.`,
      mayBreak: true,
    };
  if (unread)
    return {
      severity: 'info',
      message: `${ROOT}, and what ${quote(unread)} does cannot be read from here: see whether it needs root or writes to what root owns, then add USER.`,
      mayBreak: true,
    };
  const whole = copiesWholeImage(facts, final);
  if (whole)
    return hint(`${ROOT}: what it starts comes with the files of a whole image; see what that needs, then add USER.`);
  const foreign = foreignProgram(facts, final);
  if (foreign !== undefined)
    return {
      message: `${ROOT}: what ${foreign} writes to is not known, since it comes with a package; see what it needs, then add USER.`,
      mayBreak: true,
    };
  if (worksOnMounts(facts, final))
    return hint(
      `${ROOT}: it works on files that are mounted into it and belong to somebody else; add USER where that user may write to them.`,
    );
  return startsInRoot(facts, final)
    ? {
        message: `${ROOT}, and its program runs in /, where no other user may write: give it a WORKDIR, then add USER.`,
        mayBreak: true,
      }
    : undefined;
}

const quote = ({ where, line }: Evidence): string => `“${shortened(line)}” in ${where}`;

const LONGEST = 80;
const shortened = (line: string): string => (line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line);

/** Supervisors start what they are told to as whom they are told to: that it is all root is seldom on purpose. */
const SUPERVISOR = /^supervisord?$/;

function ofWork(work: RootWork): Obstacle {
  switch (work.kind) {
    case 'program':
      return {
        ...hint(`${ROOT}: check whether ${work.name} can run as another user (${quote(work.evidence)}), and add USER.`),
        minor: !SUPERVISOR.test(work.name),
      };
    case 'command':
      return {
        severity: 'info',
        message: `${ROOT}: ${work.evidence.where} needs that for ${work.name} (“${shortened(work.evidence.line)}”); do this in the build, or give up root in the script, and add USER.`,
        mayBreak: true,
      };
    case 'refuses':
      return hint(
        `${ROOT}: ${work.evidence.where} wants that (“${shortened(work.evidence.line)}”); let it run as another user, then add USER.`,
      );
    case 'package':
      return hint(`${ROOT}, which ${work.name} may need: check whether what runs can do without, and add USER.`);
  }
}

const WRITES = {
  unknown: 'writes to a place that is not known before it runs; give it to the user',
  system: 'writes to a directory of the system; let it write to one of its own',
  file: 'changes files that belong to root; give them to the user',
} as const;

/** Languages whose programs write beside themselves as a matter of course. */
const WRITES_BESIDE =
  /^(?:python|pypy|gunicorn|uvicorn|flask|django|celery|streamlit|jupyter|node|npm|yarn|pnpm|ruby|puma|rails|rackup|php)/;

/** Nothing but a WORKDIR of this file would set another directory than `/`. */
function startsInRoot(facts: FileFacts, final: Stage): boolean {
  const { workdir } = final.exit;
  const isRoot = workdir === '/' || (workdir === undefined && startsAtRoot(final));
  const program = isRoot ? interpreterOf(facts, final) : undefined;
  if (program === undefined || program.workdir !== workdir || !WRITES_BESIDE.test(program.program)) return false;
  // `python /opt/app/app.py` is somewhere else.
  return !program.args.some(word => word !== undefined && /^\/[^/]+\/.+\.\w+$/.test(word));
}

/** Official images that start a server which can run as another user, for what is copied into them. */
function startsService(facts: FileFacts, stage: Stage): boolean {
  const { base } = rootOf(stage);
  // Without an application in it other images are built on it.
  if (base.kind !== 'image' || !facts.has(stage, 'COPY')) return false;
  const { path, tag } = base.reference;
  const name = path.replace(/^library\//, '');
  return name === 'tomcat' || (name === 'php' && /apache|fpm/.test(tag ?? ''));
}
