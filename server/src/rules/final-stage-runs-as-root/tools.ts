import { absolutePath, transferOf } from '../../facts/files/transfer.js';
import type { FileFacts, Stage } from '../../facts/index.js';
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

const isFilled = (facts: FileFacts, stage: Stage, folder: string): boolean =>
  facts.lineage(stage).some(placed => {
    const { keyword } = placed.instruction;
    if (keyword !== 'COPY' && keyword !== 'ADD') return false;
    const { scope, workdir } = facts.stateBefore(placed);
    const transfer = transferOf(placed.instruction, scope);
    return transfer !== undefined && absolutePath(transfer.path, workdir).startsWith(folder);
  });
