import { type Instruction, parseDockerfile } from '../dockerfile/index.js';
import { deriveFacts, type FileFacts, type Stage } from '../facts/index.js';
import type { Project, Service } from './project.js';
import { isRelative, joinedPath } from './project-files.js';
import { knownText, valueAt } from './value.js';

/** The Dockerfile that a service is built from. */
export interface BuiltFrom {
  /** Relative to the folder of the Compose file; undefined for one that is written in it. */
  readonly path: string | undefined;
  readonly facts: FileFacts;
  /** The stage that becomes the image; undefined when `target` names none. */
  readonly stage: Stage | undefined;
}

/** Where a service is built; undefined when it is not, or when that is not a folder here. */
export function contextOf({ body }: Service): string | undefined {
  const build = valueAt(body, 'build');
  if (!build) return undefined;
  const context = build.kind === 'scalar' ? knownText(build) : (knownText(valueAt(build, 'context')) ?? '.');
  return context === undefined || !isRelative(context) || /^[\w+.-]+(?::\/\/|@)|#/.test(context) ? undefined : context;
}

/** The path of the Dockerfile of a service; undefined when it is not known. */
export function dockerfilePathOf(service: Service): string | undefined {
  const context = contextOf(service);
  const build = valueAt(service.body, 'build');
  if (context === undefined || valueAt(build, 'dockerfile_inline')) return undefined;
  const written = valueAt(build, 'dockerfile');
  const name = written ? knownText(written) : 'Dockerfile';
  return name === undefined || !isRelative(name) ? undefined : joinedPath(context, name);
}

/** The Dockerfile that a service is built from; undefined when it is not built here, or the file cannot be read. */
export function builtFrom(service: Service, project: Project): BuiltFrom | undefined {
  const path = dockerfilePathOf(service);
  const text = path === undefined ? inlineOf(service) : project.beside.read(path);
  if (text === undefined) return undefined;
  const facts = factsOf(text);
  const target = valueAt(service.body, 'build', 'target');
  const name = target && knownText(target)?.toLowerCase();
  if (target && name === undefined) return undefined;
  const stage =
    name === undefined ? facts.final : facts.stages.findLast((one, at) => one.name === name || `${at}` === name);
  return { path, facts, stage };
}

const inlineOf = ({ body }: Service): string | undefined => knownText(valueAt(body, 'build', 'dockerfile_inline'));

let known = new Map<string, FileFacts>();
const MAX_KNOWN = 100;

/** Dockerfiles stay as they are while a Compose file is typed. */
function factsOf(text: string): FileFacts {
  let facts = known.get(text);
  if (!facts) {
    if (known.size >= MAX_KNOWN) known = new Map();
    facts = deriveFacts(parseDockerfile(text));
    known.set(text, facts);
  }
  return facts;
}

/** The last instruction of a kind that counts in the image of a service. */
export function lastOf({ facts, stage }: BuiltFrom, keyword: string): Instruction | undefined {
  return stage && facts.last(stage, keyword)?.instruction;
}

/** The ports that a Dockerfile says its program opens; undefined when some are not known. */
export function exposedPorts({ facts, stage }: BuiltFrom): readonly number[] | undefined {
  if (!stage) return undefined;
  const words = facts
    .lineage(stage)
    .filter(({ instruction }) => instruction.keyword === 'EXPOSE')
    .flatMap(({ instruction }) => instruction.arguments.text.split(/\s+/).filter(word => word !== ''));
  const ports = words.map(word => /^(\d+)(?:\/\w+)?$/.exec(word)?.[1]);
  return ports.some(port => port === undefined) ? undefined : ports.map(Number);
}

/** What counts for the image: words that its instructions hold, joined. */
export function textOf({ facts, stage }: BuiltFrom): string {
  if (!stage) return '';
  return facts
    .lineage(stage)
    .map(({ instruction }) => instruction.text)
    .join('\n');
}
