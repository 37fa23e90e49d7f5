import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execute, need, type Outcome, start, tail } from '../lib/execute.js';
import { builtGoProgram } from '../lib/go-programs.js';
import { textAt } from '../lib/json.js';

/** Its Dockerfile frontend is 1.28. */
const VERSION = '0.34.2';

/** An image that Dockerfiles may name, in a folder with the layout of OCI. */
export interface Layout {
  readonly name: string;
  readonly folder: string;
  readonly digest: string;
}

export interface BuildRequest {
  readonly context: string;
  /** The folder of the Dockerfile; the context's, unless said. */
  readonly dockerfileFolder?: string;
  /** The name of the Dockerfile in its folder. */
  readonly filename?: string;
  readonly target?: string;
  readonly platform?: string;
  readonly args?: Readonly<Record<string, string>>;
  /** The images that FROM and `COPY --from` may name. */
  readonly images: readonly Layout[];
  /** As `buildctl build --output` takes them; without any the result is thrown away. */
  readonly outputs?: readonly string[];
}

export interface BuildKit {
  readonly name: string;
  /** Its log is the one of `buildctl --progress plain`. */
  readonly build: (request: BuildRequest) => Promise<Outcome>;
  readonly stop: () => Promise<void>;
}

const LONG = 4 * 3600;

/** Starts BuildKit's daemon with all that it keeps below `root`. */
export async function startBuildKit(root: string): Promise<BuildKit> {
  const source = textAt(
    JSON.parse(await need('go', ['mod', 'download', '-json', `github.com/moby/buildkit@v${VERSION}`])),
    'Dir',
  );
  const [daemon, client] = ['buildkitd', 'buildctl'].map(name =>
    builtGoProgram(`${name}-${VERSION}`, source, `./cmd/${name}`),
  );
  if (daemon === undefined || client === undefined) throw new Error('BuildKit was not built.');
  const address = `unix://${join(root, 'buildkit.sock')}`;
  const server = start(
    daemon,
    [
      ...['--root', join(root, 'buildkit'), '--addr', address, '--containerd-worker=false'],
      ...['--oci-worker-net', 'host', '--oci-worker-gc=false'],
    ],
    LONG,
  );
  let ended: Outcome | undefined;
  void server.ended.then(outcome => {
    ended = outcome;
  });
  while ((await execute(client, ['--addr', address, 'debug', 'workers'], 30)).code !== 0) {
    if (ended) throw new Error(`buildkitd ended\n${tail(ended.log)}`);
    await sleep(300);
  }
  return {
    name: `BuildKit ${VERSION}`,
    build: request => execute(client, ['--addr', address, 'build', ...flags(request)]),
    stop: async () => {
      await server.stop();
    },
  };
}

function flags(request: BuildRequest): string[] {
  const { context, dockerfileFolder = context, filename, target, platform, args = {}, images, outputs = [] } = request;
  const options = [
    // The frontend that is built in: the one of a `# syntax=` would have to come from a registry.
    'cmdline=dockerfile.v0',
    ...(filename === undefined ? [] : [`filename=${filename}`]),
    ...(target === undefined ? [] : [`target=${target}`]),
    ...(platform === undefined ? [] : [`platform=${platform}`]),
    ...Object.entries(args).map(([name, value]) => `build-arg:${name}=${value}`),
    ...images.map(({ name, digest }, index) => `context:${name}=oci-layout://image${index}@${digest}`),
  ];
  return [
    ...['--progress', 'plain', '--frontend', 'dockerfile.v0'],
    ...['--local', `context=${context}`, '--local', `dockerfile=${dockerfileFolder}`],
    ...images.flatMap(({ folder }, index) => ['--oci-layout', `image${index}=${folder}`]),
    ...options.flatMap(option => ['--opt', option]),
    ...outputs.flatMap(output => ['--output', output]),
  ];
}

/** The output that {@link layoutOf} reads. */
export const layoutOutput = (folder: string): string => `type=oci,tar=false,compression=uncompressed,dest=${folder}`;

/** The only image in a folder with the layout of OCI. */
export function layoutOf(name: string, folder: string): Layout {
  const { manifests }: { manifests: readonly { digest: string }[] } = JSON.parse(
    readFileSync(join(folder, 'index.json'), 'utf8'),
  );
  const [manifest] = manifests;
  if (!manifest) throw new Error(`There is no image in ${folder}.`);
  return { name, folder, digest: manifest.digest };
}
