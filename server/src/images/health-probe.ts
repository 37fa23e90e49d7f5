import type { ImageInfo } from './types.js';

interface Probe {
  readonly command: string;
  /** `variable` is the one that the program takes its port from, where there is one. */
  readonly argv: (port: number, variable: string | undefined) => readonly string[];
}

/** The code of a scripting language that opens a port, which may come from the environment. */
const pythonCode = (port: number, variable: string | undefined): string =>
  variable === undefined
    ? `import socket; socket.create_connection(('127.0.0.1', ${port}), 2).close()`
    : `import os, socket; socket.create_connection(('127.0.0.1', int(os.environ.get('${variable}') or ${port})), 2).close()`;

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
    argv: (port, variable) => ['python', '-c', pythonCode(port, variable)],
  },
  {
    command: 'python3',
    argv: (port, variable) => ['python3', '-c', pythonCode(port, variable)],
  },
  {
    command: 'node',
    argv: (port, variable) => [
      'node',
      '-e',
      `require('net').connect(${variable === undefined ? '' : `process.env.${variable} || `}${port}, '127.0.0.1').on('connect', () => process.exit(0)).on('error', () => process.exit(1))`,
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
 * The exec form of a health check that needs nothing the image does not have; undefined when no tool is certain. The
 * language that the image is made for comes first. `installed` tells what the Dockerfile itself installs and keeps.
 */
export function healthProbe(
  info: ImageInfo,
  port: number,
  installed: (command: string) => boolean,
  variable?: string,
): string[] | undefined {
  if (info.family === 'windows' || !Number.isInteger(port) || port < 1 || port > 65_535) return undefined;
  const bare = info.family === 'scratch' || info.family === 'distroless';
  const has = (command: string): boolean => !bare && info.hasCommand(command) === true;
  const probe =
    PROBES.find(({ command }) => command === info.runtime && has(command)) ??
    PROBES.find(({ command }) => installed(command) || has(command));
  return probe && [...probe.argv(port, variable)];
}
