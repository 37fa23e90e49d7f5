import { cased } from '../../edits/placing.js';
import { type FileFacts, rootOf, type Stage } from '../../facts/index.js';
import { packageActions } from '../../facts/packages/in-run.js';
import { healthProbe } from '../../images/index.js';

const OPTIONS = '--interval=30s --timeout=3s --start-period=10s --retries=3';

/**
 * A health check that the image can run: it connects to the one port that the stage exposes, with a tool that the base
 * image or the file is sure to have. A connection says less than a request, but no path of the program has to be guessed.
 */
export function healthCheck(facts: FileFacts, stage: Stage): string | undefined {
  // Images of .NET come with and without a shell under tags that look alike: the program is the better probe.
  if (stage.image.runtime === 'dotnet') return undefined;
  const port = portOf(facts, stage);
  const installed = new Set(
    facts
      .lineage(stage)
      .flatMap(placed =>
        packageActions(facts.at(placed), 'install').flatMap(action => action.packages.map(word => word.value)),
      ),
  );
  const command =
    databaseProbe(stage) ??
    (port === undefined ? undefined : healthProbe(stage.image, Number(port), name => installed.has(name)));
  if (!command || stage.exit.shell.kind !== 'posix') return undefined;
  return `${cased(stage, 'HEALTHCHECK')} ${OPTIONS} ${facts.dockerfile.escape}\n    CMD [${command.map(word => JSON.stringify(word)).join(', ')}]`;
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

/** The TCP port, when the stage and those it is built on expose exactly one and name it literally. */
function portOf(facts: FileFacts, stage: Stage): string | undefined {
  const words = facts
    .lineage(stage)
    .flatMap(({ instruction }) => (instruction.keyword === 'EXPOSE' ? instruction.words.map(word => word.text) : []));
  const [port, ...more] = new Set(words.map(word => word.replace(/\/tcp$/i, '')));
  return port !== undefined && more.length === 0 && /^[1-9]\d{0,4}$/.test(port) ? port : undefined;
}
