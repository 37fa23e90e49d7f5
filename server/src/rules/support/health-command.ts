import type { FileFacts, Stage } from '../../facts/index.js';
import type { ImageInfo } from '../../images/index.js';

const OPTIONS = '--interval=30s --timeout=3s --start-period=10s --retries=3';

/**
 * A health check that the image can run: it connects to the one port that the stage exposes, with a tool that the base
 * image is sure to have. A connection says less than a request, but no path of the program has to be guessed.
 */
export function healthCheck(facts: FileFacts, stage: Stage): string | undefined {
  const command = databaseProbe(stage.image) ?? portProbe(stage.image, portOf(facts, stage));
  if (!command || stage.exit.shell.kind !== 'posix') return undefined;
  return `HEALTHCHECK ${OPTIONS} ${facts.dockerfile.escape}\n    CMD [${command.map(word => JSON.stringify(word)).join(', ')}]`;
}

function databaseProbe(image: ImageInfo): readonly string[] | undefined {
  switch (image.runtime) {
    case 'postgres':
      return ['pg_isready', '-U', 'postgres'];
    case 'mysql':
      return ['mysqladmin', 'ping', '-h', '127.0.0.1', '--silent'];
    case 'redis':
      return ['redis-cli', 'ping'];
    case 'rabbitmq':
      return ['rabbitmq-diagnostics', '-q', 'ping'];
    case 'mongo':
      return ['mongosh', '--quiet', '--eval', "db.adminCommand('ping').ok"];
    default:
      return undefined;
  }
}

// 127.0.0.1 and not localhost, which is ::1 first on Alpine.
function portProbe(image: ImageInfo, port: string | undefined): readonly string[] | undefined {
  if (port === undefined) return undefined;
  switch (image.runtime) {
    case 'python':
      return ['python', '-c', `import socket; socket.create_connection(('127.0.0.1', ${port}), 2).close()`];
    case 'node':
      return ['node', '-e', `require('net').connect(${port}, '127.0.0.1').on('connect', () => process.exit(0)).on('error', () => process.exit(1))`];
    case 'ruby':
      return ['ruby', '-rsocket', '-e', `Socket.tcp('127.0.0.1', ${port}, connect_timeout: 2).close`];
    case 'php':
      return ['php', '-r', `exit(@fsockopen('127.0.0.1', ${port}) ? 0 : 1);`];
    // Its images come with and without a shell under tags that look alike.
    case 'dotnet':
      return undefined;
    default:
      break;
  }
  switch (image.family) {
    case 'alpine':
    case 'busybox':
      return ['nc', '-z', '127.0.0.1', port];
    case 'debian':
    case 'ubuntu':
    case 'rhel':
    case 'rhel-minimal':
      // dash and ash have no /dev/tcp.
      return ['bash', '-c', `exec 3<>/dev/tcp/127.0.0.1/${port}`];
    default:
      return undefined;
  }
}

/** The TCP port, when the stage and those it is built on expose exactly one and name it literally. */
function portOf(facts: FileFacts, stage: Stage): string | undefined {
  const words = facts.lineage(stage).flatMap(({ instruction }) => (instruction.keyword === 'EXPOSE' ? instruction.words.map(word => word.text) : []));
  const [port, ...more] = new Set(words.map(word => word.replace(/\/tcp$/i, '')));
  return port !== undefined && more.length === 0 && /^[1-9]\d{0,4}$/.test(port) ? port : undefined;
}
