import type { ImageInfo } from './types.js';

/** How to run as a non-root user in an image. */
export interface UserRecipe {
  /** The commands of a RUN that creates the user, to be joined with &&; undefined when none is needed. */
  readonly run: readonly string[] | undefined;
  /** What USER says. */
  readonly user: string;
}

/**
 * 10001: above every uid that images ship, below what `useradd` needs --no-log-init for to stay small, and numeric, since
 * Kubernetes' runAsNonRoot refuses names.
 */
const UID = 10001;

/** The recipe for an image; undefined when it already runs as another user than root, or needs a person. */
export function userRecipe(image: ImageInfo): UserRecipe | undefined {
  if (image.shippedUser) return { run: undefined, user: image.shippedUser.preferName };
  switch (image.family) {
    case 'alpine':
    case 'busybox':
      return {
        run: [`addgroup -g ${UID} app && adduser -D -u ${UID} -G app -s /sbin/nologin app`],
        user: `${UID}:${UID}`,
      };
    case 'debian':
    case 'ubuntu':
    case 'suse':
    case 'rhel':
      return {
        run: [
          `groupadd --gid ${UID} app`,
          `useradd --no-log-init --uid ${UID} --gid ${UID} --create-home --shell /usr/sbin/nologin app`,
        ],
        user: `${UID}:${UID}`,
      };
    case 'rhel-minimal':
      // No shadow-utils; group 0, because OpenShift runs an arbitrary uid in it.
      return { run: undefined, user: `${UID}:0` };
    case 'distroless':
    case 'scratch':
    case 'chainguard':
      return { run: undefined, user: '65532:65532' };
    case 'windows':
      return undefined;
    case 'unknown':
      return { run: undefined, user: `${UID}:${UID}` };
  }
}

/** An exec-form probe of a TCP port with a tool that the image certainly has; undefined when there is none. */
export function healthProbe(
  image: ImageInfo,
  port: number,
  installed: (command: string) => boolean,
): readonly string[] | undefined {
  switch (image.runtime) {
    case 'python':
      return ['python', '-c', `import socket; socket.create_connection(('127.0.0.1', ${port}), 2).close()`];
    case 'node':
      return [
        'node',
        '-e',
        `require('net').connect(${port}, '127.0.0.1').on('connect', () => process.exit(0)).on('error', () => process.exit(1))`,
      ];
    case 'ruby':
      return ['ruby', '-rsocket', '-e', `Socket.tcp('127.0.0.1', ${port}, connect_timeout: 2).close`];
    case 'php':
      return ['php', '-r', `exit(@fsockopen('127.0.0.1', ${port}) ? 0 : 1);`];
    default:
  }
  if (image.family === 'alpine' || image.family === 'busybox') return ['nc', '-z', '127.0.0.1', String(port)];
  // .NET's Debian images have bash too, but their samples leave the probe to the program; so do we.
  if (image.runtime === 'dotnet') return undefined;
  if (installed('curl')) return ['curl', '-fsS', '-o', '/dev/null', `http://127.0.0.1:${port}/`];
  // dash and ash have no /dev/tcp; bash is named for it.
  if (image.hasCommand('bash') === true) return ['bash', '-c', `exec 3<>/dev/tcp/127.0.0.1/${port}`];
  return undefined;
}

/** The SHELL instruction that makes a failing pipe fail, for the shell that the image really has; undefined when none does. */
export function pipefailShell(image: ImageInfo): string | undefined {
  switch (image.family) {
    case 'alpine':
    case 'busybox':
      return 'SHELL ["/bin/ash", "-eo", "pipefail", "-c"]';
    case 'debian':
    case 'ubuntu':
    case 'rhel':
    case 'rhel-minimal':
    case 'suse':
      return 'SHELL ["/bin/bash", "-o", "pipefail", "-c"]';
    default:
      return undefined;
  }
}
