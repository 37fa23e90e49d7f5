import type { ShellCommand } from '../shell/index.js';
import type { InstructionFacts } from './index.js';

/** Programs that start others which go on in the background. */
const STARTERS = /^(?:service|invoke-rc\.d|rc-service|systemctl|start-stop-daemon|pg_ctl|pg_ctlcluster|apache2?ctl)$/;
const START = /^(?:--start|start|restart|reload)$/;
const DAEMON = /^(?:-D|--daemon|--daemonize|-detached|--detach|--fork)(?:=yes)?$/;
/** `-D` means something else to most programs. */
const SHORT_DAEMON = /^(?:supervisord|dockerd|crond?|sshd)$/;

function startsDaemon({ name, base, args }: ShellCommand): boolean {
  const starter = STARTERS.test(base) || /\/init\.d\/[^/]+$/.test(name?.value ?? '');
  if (starter) return args.some(({ value }) => START.test(value));
  return args.some(({ value }) => DAEMON.test(value) && (value !== '-D' || SHORT_DAEMON.test(base)));
}

/** The builder puts these in place anew for each RUN (moby/buildkit, executor: resolv.conf, hosts, /dev/shm). */
const PER_RUN = /\/etc\/(?:hosts|resolv\.conf|hostname)\b|\/dev\/shm\b/;

/**
 * Whether something of a RUN ends with it that its other commands may rely on: a service that was started, files on a
 * mount that is thrown away, or those that each RUN gets anew. Such a RUN can be neither merged nor split.
 */
export function endsWithRun(facts: InstructionFacts): boolean {
  const { mounts, commands, script } = facts;
  return (
    mounts.some(
      ({ type, options }) =>
        type === 'tmpfs' ||
        (type === 'bind' && ['rw', 'readwrite'].some(key => options.has(key) && options.get(key) !== 'false')),
    ) ||
    commands.some(startsDaemon) ||
    PER_RUN.test(script?.source.text ?? '')
  );
}
