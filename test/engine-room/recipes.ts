import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execute, need } from '../lib/execute.js';

/** Their folders, by {@link Base.folder}. */
export const RECIPES = join(dirname(fileURLToPath(import.meta.url)), 'bases');

export interface Base {
  /** What stands in for the real image here; undefined for what is Debian's own. */
  readonly stub?: string;
  /** The folder below `bases` with its Dockerfile. */
  readonly folder: string;
  readonly needs: readonly string[];
  /** Puts what the Dockerfile copies into its context. */
  readonly fill?: (context: string) => void | Promise<void>;
}

const SUITES = { bookworm: '12', trixie: '13' };
type Suite = keyof typeof SUITES;

const python: Base = {
  stub: 'Debian’s python3 and pip under the names that the image has',
  folder: 'python',
  needs: ['debian:bookworm-slim'],
};
const node: Base = {
  stub: 'this machine’s node and npm, the user node with uid 1000',
  folder: 'node',
  needs: ['debian:bookworm-slim'],
  fill: addNode,
};

const gcc: Base = { stub: 'Debian’s gcc 12', folder: 'gcc', needs: ['debian:bookworm'] };

/** Keyed by how a Dockerfile names them. A stub has what the real image documents, and nothing more. */
export const BASES: Readonly<Record<string, Base>> = {
  ...debian('bookworm'),
  ...debian('trixie'),
  'python:3.11-slim-bookworm': python,
  'node:20-bookworm-slim': node,
  'nginx:1.28': server('nginx', 'nginx-light, with the settings and the user of the image'),
  'redis:7': server('redis', 'redis-server, with an entry point that gives up root'),
  'postgres:16': server('postgres', 'PostgreSQL 15, with an entry point that prepares the data and gives up root'),
  'memcached:1.6': server('memcached', 'memcached as its user'),
  'gcc:12': gcc,
  'gcc:12-bookworm': gcc,
  'golang:1-bookworm': {
    stub: 'this machine’s Go, without a C compiler',
    folder: 'go',
    needs: ['debian:bookworm-slim'],
    fill: addGo,
  },
  'alpine:3.22': {
    stub: 'Debian’s busybox with the applets that Alpine has; no apk',
    folder: 'alpine',
    needs: [],
    fill: addAlpine,
  },
  'gcr.io/distroless/static-debian12': {
    stub: 'users and folders only',
    folder: 'distroless',
    needs: [],
    fill: addDistroless,
  },
};

/** Debian's package instead of an image; its recipe brings the other files of its folder. */
function server(folder: string, what: string): Base {
  return {
    stub: `Debian’s ${what}`,
    folder,
    needs: ['debian:bookworm-slim'],
    fill: context => cpSync(join(RECIPES, folder), context, { recursive: true }),
  };
}

/** The release under its number and its name, whole and slim. */
function debian(suite: Suite): Record<string, Base> {
  const whole: Base = { folder: 'debian', needs: [], fill: context => addDebian(context, suite, false) };
  const slim: Base = { folder: 'debian', needs: [], fill: context => addDebian(context, suite, true) };
  return {
    [`debian:${suite}`]: whole,
    [`debian:${SUITES[suite]}`]: whole,
    [`debian:${suite}-slim`]: slim,
    [`debian:${SUITES[suite]}-slim`]: slim,
  };
}

/** Says which version of the recipes made an image. */
export function recipeHash(): string {
  const hash = createHash('sha256').update(readFileSync(fileURLToPath(import.meta.url)));
  for (const folder of readdirSync(RECIPES).sort())
    for (const file of readdirSync(join(RECIPES, folder)).sort())
      hash.update(readFileSync(join(RECIPES, folder, file)));
  return hash.digest('hex').slice(0, 16);
}

async function addDebian(context: string, suite: Suite, slim: boolean): Promise<void> {
  let root = await bootstrap(suite);
  if (slim) {
    const copy = join(context, 'root');
    await need('cp', ['-a', root, copy]);
    trim(copy, SLIM);
    const rules = ['doc', 'man', 'info', 'locale', 'groff', 'lintian'].map(
      folder => `path-exclude /usr/share/${folder}/*\n`,
    );
    writeFileSync(join(copy, 'etc/dpkg/dpkg.cfg.d/docker'), rules.join(''));
    root = copy;
  }
  await need('tar', ['-C', root, '--numeric-owner', '-cf', join(context, 'root.tar'), '.']);
  if (slim) rmSync(root, { recursive: true, force: true });
}

const CACHES = ['var/cache/apt', 'var/lib/apt/lists', 'var/log'];
const SLIM = ['usr/share/doc', 'usr/share/man', 'usr/share/info', 'usr/share/locale'];

function trim(root: string, folders: readonly string[]): void {
  for (const folder of folders) {
    rmSync(join(root, folder), { recursive: true, force: true });
    mkdirSync(join(root, folder), { recursive: true });
  }
}

const bootstrapped = new Map<Suite, Promise<string>>();

/** The root file system of a Debian release, with the apt settings that Docker's images of it have. */
function bootstrap(suite: Suite): Promise<string> {
  const known = bootstrapped.get(suite);
  if (known) return known;
  const pending = (async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dockwright-debian-'));
    process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
    const root = join(folder, 'root');
    await need('debootstrap', ['--variant=minbase', suite, root, await mirror(suite)]);
    trim(root, CACHES);
    const clean =
      '"rm -f /var/cache/apt/archives/*.deb /var/cache/apt/archives/partial/*.deb /var/cache/apt/*.bin || true";';
    const settings = {
      'docker-clean': `DPkg::Post-Invoke { ${clean} };\nAPT::Update::Post-Invoke { ${clean} };\nDir::Cache::pkgcache "";\nDir::Cache::srcpkgcache "";\n`,
      'docker-gzip-indexes': 'Acquire::GzipIndexes "true";\n',
      'docker-no-languages': 'Acquire::Languages "none";\n',
      'docker-autoremove-suggests': 'Apt::AutoRemove::SuggestsImportant "false";\n',
    };
    for (const [name, text] of Object.entries(settings)) writeFileSync(join(root, 'etc/apt/apt.conf.d', name), text);
    return root;
  })();
  bootstrapped.set(suite, pending);
  return pending;
}

/** The mirror that apt itself uses, where this machine is a Debian. */
async function mirror(suite: Suite): Promise<string> {
  const { stdout } = await execute('apt-get', ['indextargets', '--format', '$(ORIGIN) $(CODENAME) $(REPO_URI)']);
  const lines = stdout.split('\n').map(line => line.split(' '));
  const found =
    lines.find(([origin, codename]) => origin === 'Debian' && codename === suite) ??
    lines.find(([origin, codename]) => origin === 'Debian' && codename !== undefined && /^\w+$/.test(codename));
  return found?.[2] ?? 'http://deb.debian.org/debian';
}

/** Applets of Debian's busybox that Alpine's does not have, or has in packages of their own. */
const NOT_IN_ALPINE = new Set(
  ['ar', 'dpkg', 'dpkg-deb', 'ftpget', 'ftpput', 'httpd', 'rpm', 'rpm2cpio']
    .concat(['telnet', 'telnetd', 'tftp', 'nc', 'svc', 'svok', 'ts', 'linux32', 'linux64', 'w', 'xxd', 'bc', 'lsscsi'])
    .concat(['uncompress', 'run-init', 'start-stop-daemon', 'i2cdump', 'i2cget', 'i2cset', 'i2cdetect', 'i2ctransfer']),
);

async function addAlpine(root: string): Promise<void> {
  for (const folder of ['bin', 'sbin', 'usr/bin', 'usr/sbin', 'etc', 'home', 'root', 'var/log', 'srv', 'opt', 'run'])
    mkdirSync(join(root, folder), { recursive: true });
  mkdirSync(join(root, 'tmp'));
  chmodSync(join(root, 'tmp'), 0o1777);
  copyFileSync('/bin/busybox', join(root, 'bin/busybox'));
  chmodSync(join(root, 'bin/busybox'), 0o755);
  for (const applet of (await need('/bin/busybox', ['--list'])).trim().split('\n')) {
    if (applet === 'busybox' || NOT_IN_ALPINE.has(applet)) continue;
    symlinkSync('/bin/busybox', join(root, applet === 'nologin' ? 'sbin' : 'bin', applet));
  }
  for (const script of ['adduser', 'addgroup']) {
    copyFileSync(join(RECIPES, 'alpine', script), join(root, 'usr/sbin', script));
    chmodSync(join(root, 'usr/sbin', script), 0o755);
  }
  const files = {
    passwd: 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/sbin/nologin\n',
    group: 'root:x:0:root\nwww-data:x:82:\nusers:x:100:\nnogroup:x:65533:\nnobody:x:65534:\n',
    shadow: 'root:*::0:::::\nnobody:!::0:::::\n',
    'alpine-release': '3.22.0\n',
    'os-release': 'NAME="Alpine Linux"\nID=alpine\nVERSION_ID=3.22.0\n',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, 'etc', name), text);
}

function addDistroless(root: string): void {
  for (const folder of ['etc', 'home/nonroot', 'root', 'usr/local/bin', 'var/tmp', 'tmp'])
    mkdirSync(join(root, folder), { recursive: true });
  chmodSync(join(root, 'tmp'), 0o1777);
  const files = {
    passwd:
      'root:x:0:0:root:/root:/sbin/nologin\nnobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin\nnonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin\n',
    group: 'root:x:0:\nnobody:x:65534:\nnonroot:x:65532:\n',
    'os-release': 'NAME="Debian GNU/Linux"\nID="debian"\nVERSION_ID="12"\n',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, 'etc', name), text);
}

/** Node.js of this machine: npm is JavaScript, and the official build of node runs on any Debian. */
function addNode(root: string): void {
  const bin = join(root, 'usr/local/bin');
  const modules = join(root, 'usr/local/lib/node_modules');
  mkdirSync(bin, { recursive: true });
  mkdirSync(modules, { recursive: true });
  copyFileSync(process.execPath, join(bin, 'node'));
  chmodSync(join(bin, 'node'), 0o755);
  copyFileSync(join(RECIPES, 'node/docker-entrypoint.sh'), join(bin, 'docker-entrypoint.sh'));
  chmodSync(join(bin, 'docker-entrypoint.sh'), 0o755);
  cpSync(npmFolder(), join(modules, 'npm'), { recursive: true, dereference: true });
  symlinkSync('../lib/node_modules/npm/bin/npm-cli.js', join(bin, 'npm'));
  symlinkSync('../lib/node_modules/npm/bin/npx-cli.js', join(bin, 'npx'));
}

/** What tests are made of, the sources of Go's own tools, and tools that no build calls: more than half of it. */
const NOT_TO_BUILD = /\/(?:testdata|src\/cmd)(?:\/|$)|_test\.go$|\/pkg\/tool\/[^/]+\/(?!(?:asm|compile|link)$)/;

/** The compiler and the standard library. */
async function addGo(root: string): Promise<void> {
  const from = (await need('go', ['env', 'GOROOT'])).trim();
  const to = join(root, 'usr/local/go');
  mkdirSync(to, { recursive: true });
  mkdirSync(join(root, 'go'));
  for (const part of ['VERSION', 'bin', 'go.env', 'lib', 'pkg', 'src'])
    if (existsSync(join(from, part)))
      cpSync(join(from, part), join(to, part), {
        recursive: true,
        dereference: true,
        filter: source => !NOT_TO_BUILD.test(source),
      });
}

function npmFolder(): string {
  const prefix = dirname(dirname(realpathSync(process.execPath)));
  const places = ['lib/node_modules/npm', 'share/nodejs/npm', 'share/npm'].map(place => join(prefix, place));
  const found = places.find(place => existsSync(join(place, 'bin/npm-cli.js')));
  if (found === undefined) throw new Error(`There is no npm beside ${process.execPath}.`);
  return found;
}
