import { type Identity, VARIABLE } from './identity.js';
import type { Family } from './types.js';

type Part = 'reference' | 'path' | 'name' | 'tag';

interface FamilyRow {
  readonly family: Family;
  readonly part: Part;
  readonly test: RegExp;
  /** What is said of Docker official images only: elsewhere the word promises nothing. */
  readonly officialOnly?: boolean;
}

/**
 * First match wins, so the order is part of the data: `alpine-slim` is Alpine, `jammy-chiseled` has no shell,
 * `nanoserver` decides over everything. The sources are the images' own tag lists
 * (github.com/docker-library/official-images, mcr.microsoft.com, catalog.redhat.com, images.chainguard.dev).
 */
const FAMILIES = [
  // learn.microsoft.com/virtualization/windowscontainers
  {
    family: 'windows',
    part: 'path',
    test: /(?:^|\/)windows(?:\/|$|-)|nanoserver|windows-?servercore|-windows(?:$|-)|^microsoft\/iis$|dotnet\/framework\//,
  },
  { family: 'windows', part: 'tag', test: /nanoserver|windows-?servercore|(?:^|-)ltsc20|(?:^|-)windows(?:-|$)/ },
  // github.com/GoogleContainerTools/distroless
  { family: 'distroless', part: 'path', test: /distroless/ },
  // github.com/dotnet/dotnet-docker, documentation/distroless.md and ubuntu-chiseled.md
  { family: 'distroless', part: 'tag', test: /distroless|chiseled/ },
  // images.chainguard.dev
  { family: 'chainguard', part: 'reference', test: /^cgr\.dev\/|^chainguard\// },
  { family: 'chainguard', part: 'name', test: /^wolfi-base$/ },
  { family: 'busybox', part: 'name', test: /^busybox$/ },
  { family: 'busybox', part: 'tag', test: /(?:^|-)busybox/ },
  { family: 'alpine', part: 'path', test: /(?:^|[/_-])alpine(?:[/_-]|$)/ },
  { family: 'alpine', part: 'tag', test: /alpine/ },
  // docker-library/wordpress
  { family: 'alpine', part: 'reference', test: /(?:^|\/)wordpress:(?:.*-)?cli(?:-|$)/ },
  // catalog.redhat.com: minimal and micro flavours have no shadow-utils.
  {
    family: 'rhel-minimal',
    part: 'path',
    test: /(?:^|\/)(?:ubi\d*-(?:minimal|micro)|(?:fedora|rockylinux|almalinux)-minimal|azurelinux|cbl-mariner|photon|amazonlinux)(?:\/|$)|^(?:rockylinux|almalinux)\/\d+-(?:minimal|micro)$|^ubi\d+\/.*-minimal$/,
  },
  { family: 'rhel-minimal', part: 'tag', test: /(?:^|-)(?:azurelinux|cbl-mariner)\d?/ },
  // github.com/docker-library/official-images library/oraclelinux
  {
    family: 'rhel-minimal',
    part: 'reference',
    test: /(?:^|\/)oraclelinux:\d+-slim|(?:^|\/)(?:rockylinux|almalinux):.*(?:minimal|micro)/,
  },
  {
    family: 'rhel',
    part: 'path',
    test: /(?:^|\/)(?:ubi\d*(?:-init)?|rhel\d*|fedora|centos|rockylinux|almalinux|oraclelinux)$|^ubi\d+\//,
  },
  { family: 'rhel-minimal', part: 'tag', test: /(?:^|[-._])(?:ubi\d*-minimal|al2023|amazonlinux\d*)(?:[-._]|$)/ },
  {
    family: 'rhel',
    part: 'tag',
    test: /(?:^|[-._])(?:ubi\d*|ol[789]|oraclelinux\d+|rockylinux\d*|fedora\d*|centos\d*)(?:[-._]|$)/,
  },
  { family: 'suse', part: 'path', test: /^opensuse\/|(?:^|\/)bci\/|(?:^|\/)suse\/sle/ },
  // hub.docker.com/u/bitnami: built on minideb
  { family: 'debian', part: 'path', test: /^(?:bitnami|bitnamilegacy|bitnamisecure)\/|(?:^|\/)(?:debian|minideb)$/ },
  { family: 'ubuntu', part: 'name', test: /^ubuntu$/ },
  {
    family: 'debian',
    part: 'tag',
    test: /(?:^|[^a-z])(?:wheezy|jessie|stretch|buster|bullseye|bookworm|trixie|forky|sid|debian(?:-?\d+)?)(?:[^a-z]|$)/,
  },
  {
    family: 'ubuntu',
    part: 'tag',
    test: /(?:^|[^a-z])(?:trusty|xenial|bionic|focal|jammy|noble|plucky|questing|resolute)(?:[^a-z]|$)|(?:^|-)ubuntu|(?:^|-)(?:1[2468]|2[0246])\.04(?:-|$)/,
  },
  { family: 'debian', part: 'tag', test: /(?:^|-)slim(?:-|$)/, officialOnly: true },
] as const satisfies readonly FamilyRow[];

/** These may be anything below a `-slim` tag: nginx has `alpine-slim`, oraclelinux has `9-slim`. */
const SLIM_IS_OPEN = new Set(['nginx', 'oraclelinux']);

/** The family that the reference's literal text decides; undefined when it does not. */
export function familyOf(id: Identity): Family | undefined {
  if (id.official === 'scratch') return 'scratch';
  const registry = id.registry === undefined ? '' : `${id.registry}/`;
  const parts: Record<Part, string> = {
    reference: `${registry}${id.path}${id.tag === '' ? '' : `:${id.tag}`}`,
    path: id.path,
    name: id.name,
    tag: id.tag,
  };
  for (const row of FAMILIES as readonly FamilyRow[]) {
    if (row.officialOnly && (id.official === undefined || (id.openTag && SLIM_IS_OPEN.has(id.name)))) continue;
    // `${NAME}alpine:3`: the rest of the name is not known, and only whole words count, so a variable may still decide.
    if (row.part === 'name' && id.name.includes(VARIABLE)) continue;
    if (row.test.test(parts[row.part])) return row.family;
  }
  return undefined;
}
