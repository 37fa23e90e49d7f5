import { finalServices } from '../facts/final-services.js';
import type { FileFacts, Stage } from '../facts/index.js';
import { perLineage } from '../facts/per-lineage.js';
import { launchOf } from './launch.js';
import { isOwnProgram, programsOf } from './programs.js';
import { readStart } from './reading.js';

/** Where the start tells its programs to listen; empty where it says nothing of that. */
export interface Listening {
  readonly ports: ReadonlySet<number>;
  /** A socket in the file system, which no port leads to. */
  readonly onSocket: boolean;
}

const OPTION = /^(?:-p|-b|-l|--(?:[\w-]+[-.])?(?:port|bind|listen|addr|address|host|http|web\.listen-address))$/i;
const PORT = /(?:^|:|=)(\d{2,5})(?:\/?$)/;

/** The ports that the programs' arguments and their PORT name. */
export const listeningOf = perLineage((facts: FileFacts, stage: Stage): Listening => {
  const ports = new Set<number>();
  let onSocket = false;
  for (const { args, command } of programsOf(facts, stage)) {
    for (const [index, word] of args.entries()) {
      if (word === undefined) continue;
      if (/^(?:--?\w[\w-]*=)?unix:/.test(word)) onSocket = true;
      const [, option, value] = /^(--?[\w.-]+)=(.*)$/.exec(word) ?? [];
      const before = args[index - 1];
      const isTold = option !== undefined ? OPTION.test(option) : before !== undefined && OPTION.test(before);
      const text = value ?? word;
      // `runserver 0.0.0.0:8000`, `-Dserver.port=9000`
      const isAddress = /^(?:[\w.*[\]]*:)\d{2,5}$/.test(text) || /[.-]port=\d+$/i.test(word);
      const found = isTold || isAddress ? PORT.exec(isTold ? text : word)?.[1] : undefined;
      if (found !== undefined) ports.add(Number(found));
    }
    for (const { name, value } of command?.assignments ?? [])
      if (/(?:^|_)PORT$/.test(name) && value && /^\d+$/.test(value.value)) ports.add(Number(value.value));
  }
  return { ports, onSocket };
});

/** Programs that take work from a queue or a clock, and listen nowhere. */
const WORKERS = /^(?:celery|sidekiq|rq|rqworker|resque|dramatiq|huey_consumer(?:\.py)?|crond?|supercronic)$/;

/** Whether the same image is to be started in several ways, or does not listen at all. */
export function mayNotListen(facts: FileFacts, stage: Stage): boolean {
  const { hasRoles, unread } = readStart(facts, stage);
  if (hasRoles) return true;
  const services = finalServices(facts);
  // Web and worker of one image.
  if (services.length > 1 && services.some(({ starts }) => starts !== undefined)) return true;
  const programs = programsOf(facts, stage);
  if (programs.length > 0 && programs.every(({ program }) => WORKERS.test(program))) return true;
  const { entrypoint, command, unheard } = launchOf(facts, stage);
  // In exec form, which another fix may give it, the ENTRYPOINT would hear them.
  const words = (command ?? unheard)?.instruction.json?.map(({ text }) => text) ?? [];
  const [role] = words;
  if (!entrypoint || words.length !== 1 || role === undefined || !/^[a-z][\w-]*$/i.test(role)) return false;
  // `ENTRYPOINT ["/entrypoint.sh"]`, `CMD ["server"]`: another container of it is called with another word.
  const [first] = programs;
  // Where the script starts what it is told, the word is the program.
  return unread.length > 0 || (first !== undefined && first.program !== role && isOwnProgram(facts, stage, first));
}
