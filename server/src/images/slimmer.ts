import { type ImageReference, parseReference } from '../dockerfile/index.js';
import type { Identity } from './identity.js';
import { hasTag, readTag, tagsOf } from './tags.js';
import type { Slimmer } from './types.js';

const SLIM = 'no compiler, git, curl or wget';
const MUSL = 'musl instead of glibc, BusyBox instead of bash and coreutils; binary packages made for glibc do not load';

interface SlimmerRow {
  readonly image: string;
  /** Applies to the whole tag; groups may be used in `to`. */
  readonly tag: RegExp;
  /** The new tag. */
  readonly to: string;
  readonly megabytes?: number;
  readonly caution: string;
}

const numbered = /^(v?\d+(?:\.\d+)*)$/;
const decorated = /^(v?\d+(?:\.\d+)*)-(bullseye|bookworm|trixie)$/;

/**
 * Sizes: github.com/docker-library/repo-info, compressed, linux/amd64, in MB of 2026; a size is given where it was
 * read. Tag patterns: the library files of github.com/docker-library/official-images.
 */
const ROWS: readonly SlimmerRow[] = [
  { image: 'python', tag: numbered, to: '$1-slim', megabytes: 45, caution: SLIM },
  { image: 'python', tag: decorated, to: '$1-slim-$2', megabytes: 45, caution: SLIM },
  {
    image: 'python',
    tag: /^(v?\d+(?:\.\d+)*)(?:-slim)?(?:-(?:bullseye|bookworm|trixie))?$/,
    to: '$1-alpine',
    megabytes: 18,
    caution: MUSL,
  },
  { image: 'node', tag: /^(v?\d+(?:\.\d+)*|lts|current)$/, to: '$1-slim', megabytes: 80, caution: SLIM },
  { image: 'node', tag: decorated, to: '$1-$2-slim', megabytes: 80, caution: SLIM },
  {
    image: 'node',
    tag: /^(v?\d+(?:\.\d+)*|lts|current)(?:-(?:bullseye|bookworm|trixie))?(?:-slim)?$/,
    to: '$1-alpine',
    megabytes: 61,
    caution: MUSL,
  },
  { image: 'ruby', tag: numbered, to: '$1-slim', caution: SLIM },
  { image: 'ruby', tag: decorated, to: '$1-slim-$2', caution: SLIM },
  { image: 'ruby', tag: numbered, to: '$1-alpine', caution: MUSL },
  { image: 'perl', tag: numbered, to: '$1-slim', caution: SLIM },
  { image: 'perl', tag: decorated, to: '$1-slim-$2', caution: SLIM },
  { image: 'rust', tag: numbered, to: '$1-slim', caution: 'no git, curl, make or -dev packages' },
  { image: 'rust', tag: decorated, to: '$1-slim-$2', caution: 'no git, curl, make or -dev packages' },
  { image: 'php', tag: /^(v?\d+(?:\.\d+)*(?:-(?:cli|fpm|zts))?)$/, to: '$1-alpine', caution: MUSL },
  {
    image: 'golang',
    tag: numbered,
    to: '$1-alpine',
    megabytes: 64,
    caution: 'no git or C compiler, musl instead of glibc for cgo',
  },
  {
    image: 'debian',
    tag: /^(v?\d+(?:\.\d+)*|bullseye|bookworm|trixie|stable)$/,
    to: '$1-slim',
    megabytes: 28,
    caution: 'no manual pages, documentation or locales',
  },
  {
    image: 'postgres',
    tag: numbered,
    to: '$1-alpine',
    caution: `${MUSL}; text sorts differently, so indexes of an existing volume must be rebuilt`,
  },
  { image: 'redis', tag: numbered, to: '$1-alpine', caution: MUSL },
  { image: 'httpd', tag: numbered, to: '$1-alpine', caution: MUSL },
  { image: 'memcached', tag: numbered, to: '$1-alpine', caution: MUSL },
  { image: 'haproxy', tag: numbered, to: '$1-alpine', caution: MUSL },
  { image: 'rabbitmq', tag: /^(v?\d+(?:\.\d+)*(?:-management)?)$/, to: '$1-alpine', caution: MUSL },
  { image: 'nginx', tag: /^(\d+(?:\.\d+)*|stable|mainline)$/, to: '$1-alpine', caution: MUSL },
  {
    image: 'nginx',
    tag: /^(\d+(?:\.\d+)*|stable|mainline)(?:-alpine)?$/,
    to: '$1-alpine-slim',
    caution: `${MUSL}; without the image filter, GeoIP, njs and XSLT modules`,
  },
  { image: 'eclipse-temurin', tag: /^(\d+(?:[._]\d+)*)(?:-jdk)?$/, to: '$1-jre', caution: 'no javac, jshell or jlink' },
  {
    image: 'eclipse-temurin',
    tag: /^(\d+(?:[._]\d+)*)(?:-(?:jdk|jre))?$/,
    to: '$1-jre-alpine',
    megabytes: 74,
    caution: `no javac, jshell or jlink; ${MUSL}`,
  },
];

const UNDECORATED: Readonly<Record<string, { readonly slim?: string; readonly alpine?: string }>> = {
  python: { slim: 'slim', alpine: 'alpine' },
  node: { slim: 'slim', alpine: 'alpine' },
  ruby: { slim: 'slim', alpine: 'alpine' },
  perl: { slim: 'slim' },
  rust: { slim: 'slim', alpine: 'alpine' },
  debian: { slim: 'stable-slim' },
  nginx: { alpine: 'alpine' },
  redis: { alpine: 'alpine' },
  postgres: { alpine: 'alpine' },
  httpd: { alpine: 'alpine' },
  php: { alpine: 'alpine' },
  golang: { alpine: 'alpine' },
};

const DOTNET = /^mcr\.microsoft\.com\/dotnet\/(?:aspnet|runtime|runtime-deps)$/;
const UBI = /^((?:.*\/)?ubi\d+)(\/ubi)?$/;

/** Smaller siblings of an image that are there, nearest first. Empty when the tag is not one of the plain forms. */
export const slimmerOf = (reference: ImageReference, id: Identity): readonly Slimmer[] =>
  siblingsOf(reference, id).filter(sibling => mayBeThere(id, parseReference(sibling.reference)));

/** Not where the version is listed without this variant; what is newer than the list has the variants of the others. */
function mayBeThere({ official }: Identity, sibling: ImageReference): boolean {
  const tags = official === undefined ? undefined : tagsOf(official);
  const tag = readTag(sibling.tag ?? '');
  return !tags || !tag || !tags.versions.has(tag.version) || hasTag(tags, tag) === true;
}

function siblingsOf(reference: ImageReference, id: Identity): readonly Slimmer[] {
  if (reference.text.includes('$')) return [];
  const repository = reference.text.slice(0, reference.nameEnd);
  const tagged = (tag: string): string => `${repository}:${tag}`;
  const full = id.registry === undefined ? id.path : `${id.registry}/${id.path}`;
  const ubi = UBI.exec(repository);
  if (ubi && /redhat/.test(full)) {
    const minimal = `${repository}-minimal${reference.tag === undefined ? '' : `:${reference.tag}`}`;
    return [{ reference: minimal, megabytes: 32, caution: 'microdnf instead of dnf, and no useradd' }];
  }
  const tag = reference.tag ?? '';
  if (DOTNET.test(full)) {
    const version = /^(\d+\.\d+)(?:-(jammy|noble|resolute))?$/.exec(tag);
    if (!version) return [];
    const alpine = {
      reference: tagged(`${version[1]}-alpine`),
      caution: `${MUSL}; no ICU, so invariant globalisation`,
    };
    const chiseled =
      version[2] ??
      (version[1] === '8.0' ? 'jammy' : version[1] === '9.0' || version[1] === '10.0' ? 'noble' : undefined);
    if (chiseled === undefined) return [alpine];
    const caution = 'no shell and no package manager, runs as user app; ICU and time zones only in `-extra`';
    return [{ reference: tagged(`${version[1]}-${chiseled}-chiseled`), caution }, alpine];
  }
  if (id.official === undefined) return [];
  // A digest without a tag says nothing of what it is.
  if (tag === '' && reference.digest !== undefined) return [];
  if (tag === '' || tag === 'latest') {
    const known = UNDECORATED[id.official];
    const found: Slimmer[] = [];
    const caution = ROWS.find(row => row.image === id.official && row.to.includes('slim'))?.caution ?? SLIM;
    if (known?.slim !== undefined) found.push({ reference: tagged(known.slim), caution });
    if (known?.alpine !== undefined) found.push({ reference: tagged(known.alpine), caution: MUSL });
    return found;
  }
  return ROWS.filter(row => row.image === id.official && row.tag.test(tag)).map(row => ({
    reference: tagged(tag.replace(row.tag, row.to)),
    ...(row.megabytes === undefined ? {} : { megabytes: row.megabytes }),
    caution: row.caution,
  }));
}
