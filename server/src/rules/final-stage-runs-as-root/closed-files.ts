import { modesIn } from '../../facts/files/modes.js';
import { absolutePath, baseName, transferOf } from '../../facts/files/transfer.js';
import type { FileFacts, Stage } from '../../facts/index.js';
import { isOwnProgram, programsOf } from '../../start/index.js';
import { isGiven } from './places.js';

/** A file of the image that only root may use. */
export interface ClosedFile {
  readonly path: string;
  readonly mode: string;
  readonly needs: 'read' | 'run' | 'enter';
}

/** Digits that let others read, and run. */
const READ = 4;
const RUN = 1;
/** Of the system's own files, which root's programs read. */
const OF_ROOT = /^\/(?:etc\/(?:sudoers|ssh|cron|ssl\/private|shadow)|root(?:\/|$)|var\/(?:spool|run)\/)/;

/** A file or folder that the build closes to everybody but root, and that what runs is likely to need. */
export function closedFile(facts: FileFacts, stage: Stage): ClosedFile | undefined {
  const started = new Set(
    programsOf(facts, stage).flatMap(step => (isOwnProgram(facts, stage, step) ? [baseName(step.path)] : [])),
  );
  const closed = new Map<string, ClosedFile>();
  for (const placed of facts.lineage(stage)) {
    const { instruction } = placed;
    const { keyword } = instruction;
    if (keyword !== 'RUN' && keyword !== 'COPY' && keyword !== 'ADD') continue;
    const { workdir, scope, user } = facts.stateBefore(placed);
    if (user.isRoot === false) continue;
    if (keyword !== 'RUN' && instruction.flag('chown')) continue;
    const moves = facts.at(placed).commands.some(({ base }) => base === 'cd');
    for (const { text, command, files } of modesIn(instruction, facts.at(placed))) {
      if (command && command.base !== 'chmod') continue;
      const target = keyword === 'RUN' ? undefined : transferOf(instruction, scope)?.path;
      const paths = target === undefined ? files.flatMap(({ value, literal }) => (literal ? [value] : [])) : [target];
      for (const path of paths) {
        const absolute = moves && !path.startsWith('/') ? path : absolutePath(path, workdir);
        const name = baseName(path);
        const others = /^[0-7]{3,4}$/.test(text) ? Number(text.at(-1)) : undefined;
        const owner = /^[0-7]{3,4}$/.test(text) ? Number(text.at(-3)) : 0;
        // A symbolic mode that opens the file to all undoes what was before.
        if (others === undefined) {
          if (/^(?:[augo]*o[augo]*|a|)\+[rwxX]*[rxX]/.test(text)) closed.delete(absolute);
          continue;
        }
        closed.delete(absolute);
        if (OF_ROOT.test(absolute) || isGiven(facts, stage, absolute)) continue;
        const isProgram = started.has(name);
        if ((others & READ) === 0) closed.set(absolute, { path, mode: text, needs: 'read' });
        else if (isProgram && owner & RUN && (others & RUN) === 0)
          closed.set(absolute, { path, mode: text, needs: 'run' });
      }
    }
  }
  return [...closed.values()][0];
}
