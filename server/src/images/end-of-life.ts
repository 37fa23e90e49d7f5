import type { Identity } from './identity.js';

interface Release {
  /** The name of an official image, or a pattern for registry and path of others. */
  readonly image: string | RegExp;
  readonly product: string;
  /** Versions below this number, or tags that match. */
  readonly below?: number;
  readonly tag?: RegExp;
  /** Single versions besides. */
  readonly versions?: readonly number[];
  readonly since: string;
  /** What to do where a newer release is no way out. */
  readonly instead?: string;
}

const NEWER = 'move to a newer release';
const OTHER_JAVA = 'use eclipse-temurin or another build of OpenJDK';
const OTHER_CENTOS = 'move to CentOS Stream, AlmaLinux or Rocky Linux';

const DOTNET = /^mcr\.microsoft\.com\/dotnet\/(?:core\/)?(?:sdk|aspnet|runtime|runtime-deps)$/;
const codename = (name: string, version: number): RegExp => new RegExp(`^(?:${version}(?:\\.\\d+)?|${name})(?:-|$)`);

/** Dates are the makers' own (debian.org LTS, ubuntu.com, alpinelinux.org/releases, endoflife.date), the free support only. */
const RELEASES: readonly Release[] = [
  { image: 'debian', product: 'Debian 7', tag: codename('wheezy', 7), since: 'May 2018' },
  { image: 'debian', product: 'Debian 8', tag: codename('jessie', 8), since: 'June 2020' },
  { image: 'debian', product: 'Debian 9', tag: codename('stretch', 9), since: 'July 2022' },
  { image: 'debian', product: 'Debian 10', tag: codename('buster', 10), since: 'July 2024' },
  { image: 'debian', product: 'Debian 11', tag: codename('bullseye', 11), since: 'September 2026' },
  { image: 'ubuntu', product: 'Ubuntu 14.04', tag: /^(?:14\.04|trusty)/, since: 'April 2019' },
  { image: 'ubuntu', product: 'Ubuntu 16.04', tag: /^(?:16\.04|xenial)/, since: 'April 2021' },
  { image: 'ubuntu', product: 'Ubuntu 18.04', tag: /^(?:18\.04|bionic)/, since: 'June 2023' },
  { image: 'ubuntu', product: 'Ubuntu 20.04', tag: /^(?:20\.04|focal)/, since: 'June 2025' },
  {
    image: 'ubuntu',
    product: 'This Ubuntu release',
    tag: /^(?:12\.|1[3579]\.|2[135]\.|(?:1\d|2[0-5])\.10|precise|quantal|raring|saucy|utopic|vivid|wily|yakkety|zesty|artful|cosmic|disco|eoan|groovy|hirsute|impish|kinetic|lunar|mantic|oracular|plucky|questing)/,
    since: 'July 2026 or earlier',
  },
  { image: 'alpine', product: 'This Alpine release', below: 3.22, since: 'November 2026 or earlier' },
  { image: 'fedora', product: 'This Fedora release', below: 43, since: 'May 2026 or earlier' },
  {
    image: 'amazonlinux',
    product: 'This Amazon Linux release',
    tag: /^(?:[12](?:[.-]|$)|201[78]\.)/,
    since: 'July 2026 or earlier',
  },
  {
    image: /^opensuse\/leap$/,
    product: 'This openSUSE Leap release',
    tag: /^(?:42|15)(?:[.-]|$)/,
    since: 'May 2026 or earlier',
  },
  { image: /^quay\.io\/centos\/centos$/, product: 'CentOS Stream 8', tag: /^stream8/, since: 'June 2024' },
  { image: 'centos', product: 'CentOS Linux 7', tag: /^(?:centos)?7/, since: 'July 2024', instead: OTHER_CENTOS },
  {
    image: 'centos',
    product: 'CentOS Linux 8',
    tag: /^(?:(?:centos)?8(?!.*stream)|latest$|$)/,
    since: 'January 2022',
    instead: OTHER_CENTOS,
  },
  { image: 'python', product: 'Python 2', tag: /^2(?:\.|-|$)/, since: 'January 2020' },
  { image: 'python', product: 'This Python release', tag: /^3\.[0-8](?:[.-]|$)/, since: 'October 2024 or earlier' },
  { image: 'python', product: 'Python 3.9', tag: /^3\.9(?:[.-]|$)/, since: 'November 2025' },
  { image: 'python', product: 'Python 3.10', tag: /^3\.10(?:[.-]|$)/, since: 'November 2026' },
  { image: 'node', product: 'This Node.js release', below: 19, since: 'May 2025 or earlier' },
  { image: 'node', product: 'This Node.js release', versions: [19, 20, 21, 23, 25], since: 'June 2026 or earlier' },
  {
    image: 'ruby',
    product: 'This Ruby release',
    tag: /^(?:[12]\.|3\.[0-2](?:[.-]|$))/,
    since: 'April 2026 or earlier',
  },
  {
    image: 'php',
    product: 'This PHP release',
    tag: /^(?:[57](?:[.-]|$)|8\.[01](?:[.-]|$))/,
    since: 'January 2026 or earlier',
  },
  { image: 'golang', product: 'This Go release', below: 1.26, since: 'August 2026 or earlier' },
  { image: DOTNET, product: 'This .NET release', below: 10, since: 'November 2026 or earlier' },
  { image: 'postgres', product: 'This PostgreSQL release', below: 14, since: 'November 2025 or earlier' },
  { image: 'postgres', product: 'PostgreSQL 14', versions: [14], since: 'November 2026' },
  { image: 'mysql', product: 'This MySQL release', tag: /^(?:5\.|8\.0(?:[.-]|$))/, since: 'May 2026 or earlier' },
  {
    image: 'mariadb',
    product: 'This MariaDB release',
    tag: /^(?:5\.|10\.(?:\d|10)(?:[.-]|$))/,
    since: 'July 2026 or earlier',
  },
  { image: 'mongo', product: 'This MongoDB release', below: 7, since: 'August 2025 or earlier' },
  {
    image: /^mcr\.microsoft\.com\/windows\/(?:servercore|nanoserver|windows)$/,
    product: 'This Windows release',
    // 1809 is the long-term release of 2019.
    tag: /^(?:sac2016|1703|1709|1803|1903|1909|2004|20h2)(?:[.-]|$)|^10\.0\.(?:16299|17134|18362|18363|19041|19042)\b/,
    since: 'August 2022 or earlier',
  },
  { image: 'java', product: 'The `java` image', tag: /^/, since: 'June 2016', instead: OTHER_JAVA },
  {
    image: 'openjdk',
    product: 'The `openjdk` image',
    tag: /^(?:[789]|1\d|2[0-4])(?:[.-]|$)/,
    since: 'it was deprecated in 2022',
    instead: OTHER_JAVA,
  },
];

const byName = new Map<string, readonly Release[]>();
const others: (Release & { readonly image: RegExp })[] = [];
for (const row of RELEASES) {
  const { image } = row;
  if (typeof image === 'string') byName.set(image, [...(byName.get(image) ?? []), row]);
  else others.push({ ...row, image });
}
const NONE: readonly Release[] = [];

/** What is known of an image; no official one stands behind a registry or in a folder. */
function releasesOf(id: Identity): readonly Release[] {
  if (id.official !== undefined) return byName.get(id.official) ?? NONE;
  const full = id.registry === undefined ? id.path : `${id.registry}/${id.path}`;
  return others.filter(({ image }) => image.test(full));
}

/** What is wrong and what to do, without a full stop, when the version is certainly unsupported. A tag with a variable, or a number alone that floats, is not. */
export function endOfLife(id: Identity): string | undefined {
  if (id.openTag) return undefined;
  for (const row of releasesOf(id)) {
    const version = comparable(id.tag);
    const matches =
      row.tag?.test(id.tag) === true ||
      (version !== undefined && row.below !== undefined && version < row.below) ||
      (version !== undefined && row.versions?.includes(Math.floor(version)) === true);
    if (!matches) continue;
    return row.since.startsWith('it ')
      ? `${row.product} gets no updates: ${row.since}; ${row.instead ?? NEWER}`
      : unsupported(row.product, row.since, row.instead);
  }
  return id.official === undefined ? undefined : underneath(id);
}

/** A row for several releases knows when the last of them ended: of each one that would be too late. */
const unsupported = (product: string, since: string, advice = NEWER): string =>
  since.endsWith(' or earlier')
    ? `${product} gets no security updates any more; ${advice}`
    : `${product} has had no security updates since ${since}; ${advice}`;

/** Distributions that the tags of other images name: `python:3.13-bullseye`, `node:24-alpine3.20`. */
const DISTRIBUTIONS: readonly (readonly [tag: RegExp, product: string, since: string])[] = [
  [/(?:^|-)(?:wheezy|jessie|stretch|buster)(?:-|$)/, 'The Debian release in it', 'July 2024 or earlier'],
  [/(?:^|-)bullseye(?:-|$)/, 'Debian 11', 'September 2026'],
  [/(?:^|-)(?:trusty|xenial|bionic|focal)(?:-|$)/, 'The Ubuntu release in it', 'June 2025 or earlier'],
  [/(?:^|-)alpine-?3\.(?:1?\d|2[01])(?:\.|-|$)/, 'The Alpine release in it', 'November 2026 or earlier'],
];

function underneath({ tag }: Identity): string | undefined {
  const row = DISTRIBUTIONS.find(([pattern]) => pattern.test(tag));
  return row && unsupported(row[1], row[2]);
}

/** 3.9 is below 3.21: the minor number counts in hundredths. A major number alone floats to its newest minor. */
function comparable(tag: string): number | undefined {
  const match = /^v?(\d+)(?:\.(\d+))?(?=[.-]|$)/.exec(tag);
  if (!match) return undefined;
  return Number(match[1]) + (match[2] === undefined ? 0.99 : Number(match[2]) / 100);
}
