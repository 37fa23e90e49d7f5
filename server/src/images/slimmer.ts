import type { Slimmer } from './types.js';

interface Row {
  readonly name: RegExp;
  /** Tags that already are small are not matched. */
  readonly tag: RegExp;
  /** `$1` … refer to the tag's groups. */
  readonly to: readonly { readonly text: string; readonly megabytes?: number; readonly caution: string }[];
}

const MUSL = 'Alpine uses musl and BusyBox: native packages may have to be compiled, bash is missing';
const SLIM = 'compilers, curl, wget, git and man pages are missing';

/** Compressed sizes for linux/amd64 from docker-library/repo-info, August and September 2026. */
const ROWS = [
  {
    name: /^python$/,
    tag: /^(\d+(?:\.\d+)*)(-bookworm|-bullseye|-trixie)?$/,
    to: [
      { text: 'python:$1-slim$2', megabytes: 45.4, caution: SLIM },
      { text: 'python:$1-alpine', megabytes: 18, caution: MUSL },
    ],
  },
  {
    name: /^node$/,
    tag: /^((?:\d+(?:\.\d+)*)|lts|current)(-bookworm|-bullseye|-trixie)?$/,
    to: [
      { text: 'node:$1$2-slim', megabytes: 79.9, caution: SLIM },
      { text: 'node:$1-alpine', megabytes: 60.7, caution: MUSL },
    ],
  },
  {
    name: /^ruby$/,
    tag: /^(\d+(?:\.\d+)*)(-bookworm|-bullseye|-trixie)?$/,
    to: [
      { text: 'ruby:$1-slim$2', caution: SLIM },
      { text: 'ruby:$1-alpine', caution: MUSL },
    ],
  },
  {
    name: /^perl$/,
    tag: /^(\d+(?:\.\d+)*)(-bookworm|-bullseye|-trixie)?$/,
    to: [{ text: 'perl:$1-slim$2', caution: SLIM }],
  },
  {
    name: /^debian$/,
    tag: /^(bookworm|bullseye|trixie|stable|\d+(?:\.\d+)?)$/,
    to: [{ text: 'debian:$1-slim', megabytes: 28.2, caution: 'documentation and locales are missing' }],
  },
  {
    name: /^eclipse-temurin$/,
    tag: /^(\d+)-jdk(-jammy|-noble)?$/,
    to: [
      { text: 'eclipse-temurin:$1-jre$2', caution: 'javac and jshell are missing' },
      { text: 'eclipse-temurin:$1-jre-alpine', megabytes: 74.1, caution: MUSL },
    ],
  },
  {
    name: /^nginx$/,
    tag: /^(\d+(?:\.\d+)*|stable|mainline)(-bookworm|-trixie)?$/,
    to: [{ text: 'nginx:$1-alpine-slim', caution: MUSL }],
  },
  { name: /^httpd$/, tag: /^(\d+(?:\.\d+)*)(-bookworm|-trixie)?$/, to: [{ text: 'httpd:$1-alpine', caution: MUSL }] },
  { name: /^(postgres|redis)$/, tag: /^(\d+(?:\.\d+)*)(-bookworm|-trixie)?$/, to: [] },
  {
    name: /^mcr\.microsoft\.com\/dotnet\/(?:aspnet|runtime|runtime-deps)$/,
    tag: /^(8\.0|9\.0)$/,
    to: [{ text: 'jammy-chiseled', caution: 'there is no shell and no package manager' }],
  },
] as const satisfies readonly Row[];

/** Smaller images for the same purpose, smallest risk first; empty when none is known. */
export function slimmerThan(name: string, tag: string, written: string): readonly Slimmer[] {
  const row = (ROWS as readonly Row[]).find(candidate => candidate.name.test(name) && candidate.tag.test(tag));
  const match = row?.tag.exec(tag);
  if (!row || !match) return [];
  const prefix = written.slice(0, written.length - tag.length);
  return row.to.map(to => {
    const filled = to.text.replace(/\$(\d)/g, (_, group: string) => match[Number(group)] ?? '');
    const newTag = filled.includes(':') ? filled.slice(filled.indexOf(':') + 1) : `${tag}-${filled}`;
    return { reference: prefix + newTag, caution: to.caution, ...(to.megabytes === undefined ? {} : { megabytes: to.megabytes }) };
  });
}
