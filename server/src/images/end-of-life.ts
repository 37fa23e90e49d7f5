import type { Identity } from './identity.js';

interface Release {
  /** The name of an official image, or the path of another one with its registry. */
  readonly image: string;
  readonly product: string;
  /** Versions below this number, or tags that match. */
  readonly below?: number;
  readonly tag?: RegExp;
  /** Single versions besides. */
  readonly versions?: readonly number[];
  readonly since: string;
}

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
  { image: 'alpine', product: 'This Alpine release', below: 3.21, since: 'April 2026 or earlier' },
  { image: 'centos', product: 'CentOS Linux 7', tag: /^(?:centos)?7/, since: 'July 2024' },
  { image: 'centos', product: 'CentOS Linux 8', tag: /^(?:(?:centos)?8(?!.*stream)|latest$|$)/, since: 'January 2022' },
  { image: 'python', product: 'Python 2', tag: /^2(?:\.|-|$)/, since: 'January 2020' },
  { image: 'python', product: 'This Python release', tag: /^3\.[0-8](?:[.-]|$)/, since: 'October 2024 or earlier' },
  { image: 'python', product: 'Python 3.9', tag: /^3\.9(?:[.-]|$)/, since: 'November 2025' },
  { image: 'node', product: 'This Node.js release', below: 19, since: 'May 2025 or earlier' },
  { image: 'node', product: 'This Node.js release', versions: [19, 20, 21, 23], since: 'May 2026 or earlier' },
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
  { image: 'golang', product: 'This Go release', below: 1.25, since: 'February 2026 or earlier' },
  {
    image: 'postgres',
    product: 'This PostgreSQL release',
    tag: /^(?:9|1[0-3])(?:[.-]|$)/,
    since: 'November 2025 or earlier',
  },
  { image: 'mysql', product: 'This MySQL release', tag: /^5(?:[.-]|$)/, since: 'October 2023 or earlier' },
  { image: 'mongo', product: 'This MongoDB release', tag: /^[2-6](?:[.-]|$)/, since: 'July 2025 or earlier' },
  {
    image: 'fedora',
    product: 'This Fedora release',
    tag: /^(?:2\d|3\d|4[01])(?:[.-]|$)/,
    since: 'December 2025 or earlier',
  },
  {
    image: 'amazonlinux',
    product: 'Amazon Linux 1',
    tag: /^(?:1|201[678]\.\d+(?:\.\d+)*)(?:-|$)/,
    since: 'January 2024',
  },
  ...['sdk', 'aspnet', 'runtime', 'runtime-deps'].flatMap((name): readonly Release[] => [
    {
      image: `mcr.microsoft.com/dotnet/core/${name}`,
      product: 'This .NET release',
      tag: /^/,
      since: 'December 2022 or earlier',
    },
    {
      image: `mcr.microsoft.com/dotnet/${name}`,
      product: 'This .NET release',
      tag: /^[5-7]\.0(?:[.-]|$)/,
      since: 'November 2024 or earlier',
    },
  ]),
  { image: 'java', product: 'The `java` image', tag: /^/, since: 'June 2016' },
  {
    image: 'openjdk',
    product: 'The `openjdk` image',
    tag: /^(?:[789]|1\d|2[0-4])(?:[.-]|$)/,
    since: 'it was deprecated in 2022',
  },
];

/** A sentence when the version is certainly unsupported. A tag with a variable, or a number alone that floats, is not. */
export function endOfLife(id: Identity): string | undefined {
  const name = id.official ?? (id.registry === undefined ? id.path : `${id.registry}/${id.path}`);
  if (id.openTag) return undefined;
  for (const row of RELEASES) {
    if (row.image !== name) continue;
    const version = comparable(id.tag);
    const matches =
      row.tag?.test(id.tag) === true ||
      (version !== undefined && row.below !== undefined && version < row.below) ||
      (version !== undefined && row.versions?.includes(Math.floor(version)) === true);
    if (!matches) continue;
    return row.since.startsWith('it ')
      ? `${row.product} gets no updates: ${row.since}.`
      : `${row.product} has had no security updates since ${row.since}.`;
  }
  return undefined;
}

/** 3.9 is below 3.21: the minor number counts in hundredths. A major number alone floats to its newest minor. */
function comparable(tag: string): number | undefined {
  const match = /^v?(\d+)(?:\.(\d+))?(?=[.-]|$)/.exec(tag);
  if (!match) return undefined;
  return Number(match[1]) + (match[2] === undefined ? 0.99 : Number(match[2]) / 100);
}
