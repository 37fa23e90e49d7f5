import { type EndOfLife, goneImage, unsupported } from './gone.js';
import type { Identity } from './identity.js';
import { isThere, variantsAlike } from './nearest-tag.js';
import { type ProductReleases, RELEASE_DATES } from './release-dates.js';
import { hasSameProgram } from './tag-words.js';
import { readTag, type Tag, type Tags, tagsOf } from './tags.js';

type ProductId = keyof typeof RELEASE_DATES;

/** Official images whose tags begin with a release of a product. */
const OFFICIAL: Readonly<Record<string, ProductId>> = {
  alpine: 'alpine-linux',
  amazonlinux: 'amazon-linux',
  cassandra: 'apache-cassandra',
  debian: 'debian',
  drupal: 'drupal',
  'eclipse-temurin': 'eclipse-temurin',
  elasticsearch: 'elasticsearch',
  erlang: 'erlang',
  fedora: 'fedora',
  golang: 'go',
  haproxy: 'haproxy',
  kibana: 'kibana',
  logstash: 'logstash',
  mariadb: 'mariadb',
  mongo: 'mongodb',
  mysql: 'mysql',
  nextcloud: 'nextcloud',
  nginx: 'nginx',
  node: 'nodejs',
  oraclelinux: 'oracle-linux',
  perl: 'perl',
  php: 'php',
  postgres: 'postgresql',
  python: 'python',
  rabbitmq: 'rabbitmq',
  redis: 'redis',
  ruby: 'ruby',
  solr: 'solr',
  tomcat: 'tomcat',
  ubuntu: 'ubuntu',
};

const OTHERS: readonly { readonly image: RegExp; readonly product: ProductId }[] = [
  { image: /^mcr\.microsoft\.com\/dotnet\/(?:core\/)?(?:sdk|aspnet|runtime|runtime-deps)$/, product: 'dotnet' },
  { image: /^opensuse\/leap$/, product: 'opensuse' },
  { image: /^quay\.io\/centos\/centos$/, product: 'centos-stream' },
  { image: /^docker\.elastic\.co\/elasticsearch\/elasticsearch$/, product: 'elasticsearch' },
  { image: /^docker\.elastic\.co\/kibana\/kibana$/, product: 'kibana' },
  { image: /^docker\.elastic\.co\/logstash\/logstash$/, product: 'logstash' },
];

/** Makers whose tags and names are known to say truly which distribution is in an image that is not an official one. */
const NAMES_ITS_BASE = /^(?:nvidia\/cuda|gcr\.io\/distroless\/.+|mcr\.microsoft\.com\/.+)$/;

interface Releases {
  readonly title: string;
  readonly newest: string;
  readonly live: readonly string[];
  /** Each with the day on which its support ended, oldest first. */
  readonly ended: ReadonlyMap<string, string>;
  readonly codenames: ReadonlyMap<string, string>;
}

const words = (text: string): readonly string[] => (text === '' ? [] : text.split(' '));
const pairs = (text: string): ReadonlyMap<string, string> =>
  new Map(
    words(text).map(pair => {
      const colon = pair.indexOf(':');
      return [pair.slice(0, colon), pair.slice(colon + 1)] as const;
    }),
  );

const read = new Map<ProductId, Releases>();

function releases(product: ProductId): Releases {
  let known = read.get(product);
  if (!known) {
    const { title, newest, live, ended, codenames = '' }: ProductReleases = RELEASE_DATES[product];
    known = { title, newest, live: words(live), ended: pairs(ended), codenames: pairs(codenames) };
    read.set(product, known);
  }
  return known;
}

interface Ended {
  readonly release: string;
  /** Undefined for what is older than all that the table has. */
  readonly since: string | undefined;
}

/** The release that a version stands for, if its support has ended: `3.9.2` is 3.9, and `2` is all of 2.0 to 2.7. */
function endedRelease({ live, ended }: Releases, version: string): Ended | undefined {
  const numbers = version.split('.');
  for (let length = numbers.length; length > 0; length--) {
    const release = numbers.slice(0, length).join('.');
    const since = ended.get(release);
    if (since !== undefined) return { release, since };
    if (live.includes(release)) return undefined;
  }
  const begins = (release: string): boolean => release.startsWith(`${version}.`);
  // A tag such as `1` moves on to the newest 1.x.
  if (live.some(begins)) return undefined;
  const within = [...ended].filter(([release]) => begins(release));
  if (within.length > 0)
    return live.some(release => isBefore(version, release))
      ? {
          release: version,
          since: within
            .map(([, since]) => since)
            .sort()
            .at(-1),
        }
      : undefined;
  return [...ended.keys(), ...live].every(release => isBefore(version, release))
    ? { release: version, since: undefined }
    : undefined;
}

function isBefore(a: string, b: string): boolean {
  const other = b.split('.').map(Number);
  for (const [index, number] of a.split('.').map(Number).entries()) {
    const difference = number - (other[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

const sentence = (title: string, { release, since }: Ended, where = ''): string =>
  `${title} ${release}${where} reached end of life ${since === undefined ? 'long ago' : `on ${since}`}`;

/** What tags look like where they are not the release itself. */
const tagOf = (product: ProductId, release: string): string =>
  product === 'dotnet' ? `${release}.0` : product === 'centos-stream' ? `stream${release}` : release;

/** What is wrong and what to do when the version is certainly unsupported. A tag with a variable, or one that moves, is not. */
export function endOfLife(id: Identity): EndOfLife | undefined {
  const gone = goneImage(id);
  if (gone) return gone;
  if (id.openTag) return undefined;
  // What has a registry or a folder before it is not an official image.
  const full = id.registry === undefined ? id.path : `${id.registry}/${id.path}`;
  const product =
    id.official === undefined ? OTHERS.find(({ image }) => image.test(full))?.product : OFFICIAL[id.official];
  const own = product && ofProduct(id, product, full);
  if (own) return own;
  return id.official !== undefined || NAMES_ITS_BASE.test(full) ? underneath(id) : undefined;
}

const VERSION = /^v?(\d+(?:\.\d+)*)$/;
const STREAM = /^stream(\d+)$/;

function ofProduct(id: Identity, product: ProductId, full: string): EndOfLife | undefined {
  const known = releases(product);
  const [first = ''] = id.tag.split('-');
  const version = known.codenames.get(first) ?? (product === 'centos-stream' ? STREAM : VERSION).exec(first)?.[1];
  const ended = version === undefined ? undefined : endedRelease(known, version);
  if (!ended) return undefined;
  const said = sentence(known.title, ended);
  const next = nextTag(id, product, id.tag.slice(first.length));
  if (next !== undefined) {
    const image = `${full.replace('/dotnet/core/', '/dotnet/')}:${next}`;
    return unsupported(`${said}. Upgrade to ${image}`, image);
  }
  // Images for one processor, or for Windows, are not made of every release.
  const where = id.tag === first ? '' : ' that has such a tag';
  return unsupported(`${said}. Upgrade to a supported release${where}; the newest is ${known.title} ${known.newest}`);
}

/**
 * The newest release in a variant, or in that of a newer distribution, where it is certain to be there: not every variant
 * is made of every release.
 */
function nextTag(id: Identity, product: ProductId, variant: string): string | undefined {
  const { newest, live } = releases(product);
  const tags = id.official === undefined ? undefined : tagsOf(id.official);
  if (!tags) return variant === '' ? tagOf(product, newest) : undefined;
  for (const version of [newest, ...live.toReversed()]) {
    const next = supportedVariant(id, tags, { version, variant });
    if (next !== undefined) return `${version}${next}`;
  }
  return undefined;
}

/** The variant itself or the newest like it that is built for this version, on a distribution that is supported. */
const supportedVariant = (id: Identity, tags: Tags, { version, variant }: Tag): string | undefined =>
  [variant, ...variantsAlike(tags, { version, variant })].find(
    one =>
      (version === '' || tags.current.has(one)) &&
      hasSameProgram(variant, one) &&
      isThere(id, tags, { version, variant: one }) &&
      !endedUnderneath({ tag: one, name: '' }),
  );

/** The distribution that tag or name of another image tell: `python:3.13-bullseye`, `node:24-alpine3.20`, `base-debian12`. */
function underneath(id: Identity): EndOfLife | undefined {
  const ended = endedUnderneath(id);
  if (!ended) return undefined;
  const [title, release] = ended;
  const tags = id.official === undefined ? undefined : tagsOf(id.official);
  const tag = readTag(id.tag);
  const next = tags && tag ? supportedVariant(id, tags, tag) : undefined;
  const advice =
    next === undefined
      ? `Choose a tag with a supported ${title} release`
      : `Upgrade to ${id.path}:${tag?.version}${next}`;
  return unsupported(`${sentence(title, release, ' in this image')}. ${advice}`);
}

function endedUnderneath({ tag, name }: Pick<Identity, 'tag' | 'name'>): readonly [title: string, Ended] | undefined {
  // Images, and the releases of ROS that its tags begin with, may be called as a release is: groovy, lunar, kinetic.
  const inTag = tag
    .replace(/(?<=(?:^|-)alpine)-(?=3\.)/, '')
    .split(SEPARATORS)
    .slice(name === 'ros' ? 1 : 0);
  const inName = name.split(SEPARATORS).filter(word => /\d$/.test(word));
  for (const word of [...inTag, ...inName]) {
    const [, system, number] = /^(alpine|debian|ubuntu)(\d+(?:\.\d+)*)$/.exec(word) ?? [];
    for (const product of DISTRIBUTIONS) {
      const known = releases(product);
      const version = known.codenames.get(word) ?? (product.startsWith(`${system}`) ? number : undefined);
      const ended = version === undefined ? undefined : endedRelease(known, version);
      if (ended?.since !== undefined) return [known.title, ended];
    }
  }
  return undefined;
}

const SEPARATORS = /[^a-z0-9.]+/;
const DISTRIBUTIONS = ['debian', 'ubuntu', 'alpine-linux'] as const;
