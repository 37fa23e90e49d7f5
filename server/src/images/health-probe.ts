import type { ImageInfo } from './types.js';

interface Probe {
  readonly command: string;
  readonly argv: (port: number) => readonly string[];
}

/**
 * Opening the port is what every server answers; `/` or `/health` may well be 404. 127.0.0.1, because localhost is ::1
 * first on Alpine.
 */
const PROBES: readonly Probe[] = [
  { command: 'pg_isready', argv: port => ['pg_isready', '-q', '-h', '127.0.0.1', '-p', `${port}`] },
  { command: 'redis-cli', argv: port => ['redis-cli', '-p', `${port}`, 'ping'] },
  { command: 'rabbitmq-diagnostics', argv: () => ['rabbitmq-diagnostics', '-q', 'ping'] },
  {
    command: 'python',
    argv: port => ['python', '-c', `import socket; socket.create_connection(('127.0.0.1', ${port}), 2).close()`],
  },
  {
    command: 'python3',
    argv: port => ['python3', '-c', `import socket; socket.create_connection(('127.0.0.1', ${port}), 2).close()`],
  },
  {
    command: 'node',
    argv: port => [
      'node',
      '-e',
      `require('net').connect(${port}, '127.0.0.1').on('connect', () => process.exit(0)).on('error', () => process.exit(1))`,
    ],
  },
  {
    command: 'ruby',
    argv: port => ['ruby', '-rsocket', '-e', `Socket.tcp('127.0.0.1', ${port}, connect_timeout: 2).close`],
  },
  { command: 'php', argv: port => ['php', '-r', `exit(@fsockopen('127.0.0.1', ${port}) ? 0 : 1);`] },
  { command: 'nc', argv: port => ['nc', '-z', '127.0.0.1', `${port}`] },
  { command: 'bash', argv: port => ['bash', '-c', `exec 3<>/dev/tcp/127.0.0.1/${port}`] },
  // Any answer will do, also 404: without --fail curl fails only when it gets none.
  { command: 'curl', argv: port => ['curl', '-sS', '-o', '/dev/null', `http://127.0.0.1:${port}/`] },
];

/**
 * The exec form of a health check that needs nothing the image does not have; undefined when no tool is certain.
 * `installed` tells what the Dockerfile itself installs.
 */
export function healthProbe(
  info: ImageInfo,
  port: number,
  installed: (command: string) => boolean,
): string[] | undefined {
  if (info.family === 'windows' || !Number.isInteger(port) || port < 1 || port > 65_535) return undefined;
  const bare = info.family === 'scratch' || info.family === 'distroless';
  const probe = PROBES.find(({ command }) => installed(command) || (!bare && info.hasCommand(command) === true));
  return probe && [...probe.argv(port)];
}
