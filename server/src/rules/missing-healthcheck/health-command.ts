import { cased } from '../../edits/placing.js';
import { type FileFacts, find, rootOf, type Stage } from '../../facts/index.js';
import { packageActions } from '../../facts/packages/in-run.js';
import { portsOf } from '../../facts/ports.js';
import { healthProbe } from '../../images/index.js';
import {
  buildsAtStart,
  interpreterOf,
  launchOf,
  listeningOf,
  mayNotListen,
  startsInterpreter,
  waitsOnly,
  worksAndEnds,
} from '../../start/index.js';

const optionsOf = (startPeriod: number): string =>
  `--interval=30s --timeout=3s --start-period=${startPeriod}s --retries=3`;

/**
 * A health check that the image can run: it connects to the one port that the stage exposes, with a tool that the base
 * image or the file is sure to have. A connection says less than a request, but no path of the program has to be guessed.
 * None where nothing is known to listen there, or where another container of the image does something else.
 */
export function healthCheck(facts: FileFacts, stage: Stage): string | undefined {
  // Images of .NET come with and without a shell under tags that look alike: the program is the better probe.
  if (stage.image.runtime === 'dotnet' || stage.exit.shell.kind !== 'posix') return undefined;
  const command = databaseProbe(stage) ?? portProbe(facts, stage);
  if (!command) return undefined;
  const options = optionsOf(startPeriodOf(facts, stage));
  return `${cased(stage, 'HEALTHCHECK')} ${options} ${facts.dockerfile.escape}\n    CMD [${command.map(word => JSON.stringify(word)).join(', ')}]`;
}

function portProbe(facts: FileFacts, stage: Stage): readonly string[] | undefined {
  const port = portOf(facts, stage);
  if (port === undefined || mayNotListen(facts, stage)) return undefined;
  // A CMD that the ENTRYPOINT does not get: what starts once that is put right is not what starts now.
  if (launchOf(facts, stage).unheard) return undefined;
  const isIdle = [waitsOnly, worksAndEnds, buildsAtStart].some(says => says(facts, stage) !== undefined);
  if (isIdle || startsInterpreter(facts, stage)) return undefined;
  const { ports, onSocket } = listeningOf(facts, stage);
  if (ports.size > 0 ? !ports.has(port) : onSocket) return undefined;
  const installed = keptPackages(facts, stage);
  return healthProbe(stage.image, port, name => installed.has(name), portVariable(stage, port));
}

/** The packages that the file installs and does not remove again, not even with the virtual package that they are part of. */
function keptPackages(facts: FileFacts, stage: Stage): ReadonlySet<string> {
  const kept = new Set<string>();
  const virtual = new Map<string, readonly string[]>();
  for (const placed of facts.lineage(stage)) {
    for (const { kind, packages, command } of packageActions(facts.at(placed))) {
      const names = packages.map(({ value }) => value.replace(/[=<>~@:].*$/s, ''));
      if (kind === 'install') {
        for (const name of names) kept.add(name);
        const { args } = command;
        const at = args.findIndex(({ value }) => /^(?:--virtual|-t)$/.test(value));
        const group = args[at + 1]?.value ?? args.find(({ value }) => value.startsWith('--virtual='))?.value.slice(10);
        if (group !== undefined && (at >= 0 || args.some(({ value }) => value.startsWith('--virtual='))))
          virtual.set(group, names);
      } else if (kind === 'remove')
        for (const name of names) for (const one of [name, ...(virtual.get(name) ?? [])]) kept.delete(one);
    }
  }
  return kept;
}

/** `ENV PORT=3000`: the program follows another value, and so has the check. */
function portVariable(stage: Stage, port: number): string | undefined {
  const variable = find(stage.exit.scope, 'PORT');
  return variable?.kind === 'env' && variable.value === `${port}` ? 'PORT' : undefined;
}

const SECONDS = 10;
/** A Java virtual machine with a framework, and what loads a model first, take longer than others. */
const SECONDS_OF_JAVA = 30;
const SECONDS_OF_MODELS = 60;
const MODELS =
  /\b(?:torch|transformers|vllm|tensorflow|sentence[-_]transformers|whisper|llama|ollama|triton|onnxruntime)\b/i;

function startPeriodOf(facts: FileFacts, stage: Stage): number {
  if (facts.lineage(stage).some(({ instruction }) => MODELS.test(instruction.text))) return SECONDS_OF_MODELS;
  return stage.image.runtime === 'java' || interpreterOf(facts, stage)?.program === 'java' ? SECONDS_OF_JAVA : SECONDS;
}

/** Databases bring a command that asks them whether they are ready. */
function databaseProbe(stage: Stage): readonly string[] | undefined {
  const { base } = rootOf(stage);
  switch (
    base.kind === 'image' && base.reference.registry === undefined
      ? base.reference.path.replace(/^library\//, '')
      : undefined
  ) {
    case 'postgres':
      return ['pg_isready', '-U', 'postgres'];
    case 'mysql':
      return ['mysqladmin', 'ping', '-h', '127.0.0.1', '--silent'];
    case 'redis':
      return ['redis-cli', 'ping'];
    case 'rabbitmq':
      return ['rabbitmq-diagnostics', '-q', 'ping'];
    case 'mongo':
      // mongosh came with 5.0, and mongo went with 6.0.
      return [
        /^[1-4](?:\D|$)/.test(tagOf(stage) ?? '') ? 'mongo' : 'mongosh',
        '--quiet',
        '--eval',
        "db.adminCommand('ping').ok",
      ];
    default:
      return undefined;
  }
}

function tagOf(stage: Stage): string | undefined {
  const { base } = rootOf(stage);
  return base.kind === 'image' ? base.reference.tag : undefined;
}

/** The TCP port, when the stage and those it is built on expose exactly one. */
function portOf(facts: FileFacts, stage: Stage): number | undefined {
  const words = facts.lineage(stage).flatMap(placed => {
    const { instruction } = placed;
    if (instruction.keyword !== 'EXPOSE') return [];
    return portsOf(instruction, facts.stateBefore(placed).scope);
  });
  const [port, ...more] = new Set(words.map(({ text }) => text.replace(/\/tcp$/i, '')));
  const isKnown = words.every(({ certainty }) => certainty === 'known');
  return port !== undefined && more.length === 0 && isKnown && /^[1-9]\d{0,4}$/.test(port) ? Number(port) : undefined;
}
