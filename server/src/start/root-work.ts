import { type FileFacts, find, type Stage } from '../facts/index.js';
import { perLineage } from '../facts/per-lineage.js';
import { launchOf } from './launch.js';
import { isOwnProgram } from './programs.js';
import { readStart, startedByCompose } from './reading.js';
import { daemonInstalled, forRootAlone, isInstalled } from './root-packages.js';
import { ROOT_COMMANDS, ROOT_PROGRAMS } from './root-programs.js';
import type { Evidence, Step } from './types.js';

/** Why the start of a container needs root. */
export type RootWork =
  /** A program that is known to need it, or to give it up by itself. */
  | { readonly kind: 'program'; readonly name: string; readonly evidence: Evidence }
  /** A command that only root may carry out. */
  | { readonly kind: 'command'; readonly name: string; readonly evidence: Evidence }
  /** A script that ends when it is not root. */
  | { readonly kind: 'refuses'; readonly evidence: Evidence }
  /** What is installed works on the network or the containers of the host, or it asks for a right on the host. */
  | { readonly kind: 'package'; readonly name: string };

const INSTALLS: Readonly<Record<string, RegExp>> = {
  npm: /^(?:i|install|ci)$/,
  yarn: /^install$/,
  pnpm: /^(?:i|install)$/,
  pip: /^install$/,
  pip3: /^install$/,
  bundle: /^(?:install|update)$/,
  composer: /^(?:install|update|dump-autoload)$/,
  gem: /^install$/,
  poetry: /^install$/,
  pipenv: /^(?:install|sync)$/,
};

/** They work with the sockets, certificates and networks of the host, wherever they come from. */
const ON_THE_HOST = new Set(
  'traefik dockerd containerd kubelet kube-proxy cadvisor node-exporter promtail filebeat telegraf tailscaled netbird wg-quick'.split(
    ' ',
  ),
);

/** They keep data in a directory that only who starts them names, unless the file has a VOLUME. */
const STORES = new Set('minio weed etcd'.split(' '));

/** Only root may put a file into it. */
const RUN_FILE = /(?:^|[=:])(?:\/var)?\/run\/[\w.-]+\.(?:pid|sock|socket|lock)$/;
const DOCKER_SOCKET = /docker\.sock/;

function workOf(facts: FileFacts, stage: Stage, step: Step): RootWork | undefined {
  const { program, path, args, evidence } = step;
  if (ON_THE_HOST.has(program)) return { kind: 'program', name: program, evidence };
  if (STORES.has(program) && !facts.has(stage, 'VOLUME')) return { kind: 'program', name: program, evidence };
  const mayBeRoots = ROOT_PROGRAMS.has(program) || ROOT_COMMANDS.has(program);
  // The servers in BusyBox are small ones, which need nothing of root.
  if (step.command?.via === 'busybox' && program === 'httpd') return undefined;
  // Another program may have the same name: `COPY --from=build /out/service /usr/local/bin/`.
  if (mayBeRoots && isOwnProgram(facts, stage, step)) return undefined;
  if (!step.isTolerated && (ROOT_COMMANDS.has(program) || /^\/etc\/(?:init|rc)\.d\//.test(path)))
    return { kind: 'command', name: program, evidence };
  if (ROOT_PROGRAMS.has(program)) return { kind: 'program', name: program, evidence };
  if (step.isTolerated) return undefined;
  const verb = args.find(word => word !== undefined && !word.startsWith('-'));
  if (verb !== undefined && INSTALLS[program]?.test(verb))
    return { kind: 'command', name: `${program} ${verb}`, evidence };
  // It brings the environment up to date first, which belongs to root.
  if (program === 'uv' && verb === 'run' && !args.includes('--no-sync') && !find(stage.exit.scope, 'UV_NO_SYNC'))
    return { kind: 'command', name: 'uv run', evidence };
  // `dockerize -template … nginx`: a program that was installed, and another one starts it.
  const started = args.find(word => word !== undefined && ROOT_PROGRAMS.has(word) && isInstalled(facts, stage, word));
  if (started !== undefined) return { kind: 'program', name: started, evidence };
  if (args.some(word => word !== undefined && (RUN_FILE.test(word) || DOCKER_SOCKET.test(word))))
    return { kind: 'program', name: program, evidence };
  return undefined;
}

/** What the start of the container does that needs root, or is likely to; undefined when nothing shows it. */
export const rootWorkOf = perLineage((facts: FileFacts, stage: Stage): RootWork | undefined => {
  const { steps, wantsRoot, unread } = readStart(facts, stage);
  for (const step of [...steps, ...startedByCompose(facts, stage)]) {
    const work = workOf(facts, stage, step);
    if (work) return work;
  }
  if (wantsRoot) return { kind: 'refuses', evidence: wantsRoot };
  const named = unread.length > 0 ? programAmongWords(facts, stage) : undefined;
  if (named) return named;
  const name = forRootAlone(facts, stage) ?? (unread.length > 0 ? daemonInstalled(facts, stage) : undefined);
  return name === undefined ? undefined : { kind: 'package', name };
});

/** What a script whose text is not known gets as arguments is most often what it starts. */
function programAmongWords(facts: FileFacts, stage: Stage): RootWork | undefined {
  const { entrypoint, command } = launchOf(facts, stage);
  for (const placed of [entrypoint, command]) {
    for (const { text } of placed?.instruction.words ?? []) {
      const name = text
        .split(/[\s;&|'"()]+/)
        .map(part => part.slice(part.lastIndexOf('/') + 1))
        .find(part => ROOT_PROGRAMS.has(part));
      if (placed && name !== undefined)
        return {
          kind: 'program',
          name,
          evidence: { where: placed.instruction.keyword, line: placed.instruction.arguments.text },
        };
    }
  }
  return undefined;
}
