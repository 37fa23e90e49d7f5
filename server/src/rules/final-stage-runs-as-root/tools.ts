import { absolutePath, transferOf } from '../../facts/files/transfer.js';
import type { FileFacts, Stage } from '../../facts/index.js';
import { type PackageAction, packageActions } from '../../facts/packages/in-run.js';
import { interpreterOf, isOwnProgram, launchOf, programsOf } from '../../start/index.js';

/** Folders that tools work in, which `docker run -v "$PWD:/src"` fills. */
const MOUNTED =
  /^\/(?:docs?|src|source|work|workdir|workspace|repo|project|mnt|mount|data|code|app|github\/workspace|files|site|site-src|srv\/[\w-]+|input|output)$/;

/** A tool that is called with arguments of its own each time, for files that are mounted into the container. */
export function worksOnMounts(facts: FileFacts, stage: Stage): boolean {
  if (facts.has(stage, 'EXPOSE') || facts.has(stage, 'HEALTHCHECK')) return false;
  const { entrypoint, command } = launchOf(facts, stage);
  if (!entrypoint) return false;
  const [program] = programsOf(facts, stage);
  if (!program || isOwnProgram(facts, stage, program) || interpreterOf(facts, stage) === program) return false;
  const { workdir } = stage.exit;
  if (workdir !== undefined && isFilled(facts, stage, workdir)) return false;
  const words = [...program.args, ...(command?.instruction.words.map(({ text }) => text) ?? [])];
  const asksForHelp = words.every(word => word !== undefined && /^-|^(?:help|version)$/i.test(word));
  return asksForHelp || (workdir !== undefined && MOUNTED.test(workdir));
}

/** A program that makes backups: it has to read what belongs to others, and perhaps the socket of Docker. */
export const backUp = (facts: FileFacts, stage: Stage): string | undefined =>
  programsOf(facts, stage).find(({ program }) => BACKUP.test(program))?.program;

const BACKUP =
  /^(?:restic|borg|borgmatic|kopia|rclone|duplicity|duplicacy|rsnapshot|velero)$|(?:^|[-_.])backups?(?:$|[-_.])/;

const isFilled = (facts: FileFacts, stage: Stage, folder: string): boolean =>
  facts.lineage(stage).some(placed => {
    const { keyword } = placed.instruction;
    if (keyword !== 'COPY' && keyword !== 'ADD') return false;
    const { scope, workdir } = facts.stateBefore(placed);
    const transfer = transferOf(placed.instruction, scope);
    return transfer !== undefined && absolutePath(transfer.path, workdir).startsWith(folder);
  });

/** `COPY --from=build / /`: whatever starts was made somewhere else, with the accounts and modes that are set there. */
export const copiesWholeImage = (facts: FileFacts, stage: Stage): boolean =>
  facts.lineage(stage).some(({ instruction }) => {
    if (instruction.keyword !== 'COPY' || !instruction.flag('from')) return false;
    return instruction.words.length === 2 && instruction.words.every(({ text }) => text === '/');
  });

/**
 * The program of a package that the start calls: neither one of this project, nor what runs it, nor known. Images of
 * languages have the project's own programs among their packages (`pip install .`).
 */
export function foreignProgram(facts: FileFacts, stage: Stage): string | undefined {
  if (stage.image.runtime !== undefined || interpreterOf(facts, stage)) return undefined;
  const [program] = programsOf(facts, stage);
  // A service: what only works on its arguments writes where these say.
  if (!facts.has(stage, 'EXPOSE') && program?.path.startsWith('/opt/') !== true) return undefined;
  const installs = facts
    .lineage(stage)
    .some(
      placed => placed.instruction.keyword === 'RUN' && packageActions(facts.at(placed), 'install').some(isOfSystem),
    );
  if (!installs) return undefined;
  const isOfPackage =
    program !== undefined &&
    !isOwnProgram(facts, stage, program) &&
    (!program.path.includes('/') || /^\/(?:usr|opt)\//.test(program.path)) &&
    !facts
      .lineage(stage)
      .some(({ instruction: { keyword, text } }) => keyword === 'RUN' && buildsIt(text, program.path));
  return isOfPackage ? program.program : undefined;
}

const isOfSystem = ({ manager }: PackageAction): boolean =>
  /^(?:apt|apt-get|apk|dnf|microdnf|yum|zypper)$/.test(manager);

/** A RUN that makes the program, or downloads it: it is named there, but for the name of its package. */
const buildsIt = (text: string, path: string): boolean =>
  /\b(?:make|go install|cargo install|curl|wget|gcc|g\+\+|cmake)\b/.test(text) &&
  text.includes(path.slice(path.lastIndexOf('/') + 1));
