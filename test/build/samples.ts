/** One Dockerfile with its files, in the folder of this name below `samples/`. */
export interface Sample {
  readonly name: string;
  readonly what: string;
  /** The base of the final stage, as the table names it. */
  readonly base: string;
  /** Other bases that its stages start from. */
  readonly builders?: readonly string[];
  /** What COPY and ADD put into the image: files and folders that have to be the same in both. */
  readonly contents: readonly string[];
  /** It answers on this port and does not end by itself. */
  readonly port?: number;
  /** Why it does not build as it is; Harden has to correct it. */
  readonly broken?: string;
  /** Why Harden has to leave the user alone. */
  readonly staysRoot?: string;
  /** Archives to pack before the build, with the folder that goes in. */
  readonly archives?: Readonly<Record<string, string>>;
  /** A Dockerfile that is built on the image, and is what runs. */
  readonly downstream?: string;
}

/** What `downstream` Dockerfiles are built on. */
export const DOWNSTREAM_BASE = 'localhost/dockwright-onbuild';

// Those that need a long download come first, so that the others do not wait for them at the end.
export const SAMPLES: readonly Sample[] = [
  {
    name: 'apt-service',
    what: 'service with apt-get packages, legacy ENV, MAINTAINER, ADD, shell form',
    base: 'debian:bookworm',
    contents: ['/srv/app', '/etc/ssl/certs/ca-certificates.crt'],
    port: 18471,
  },
  {
    name: 'apt-tool',
    what: 'apt, ENTRYPOINT in shell form, Debian 13 without adduser',
    base: 'debian:trixie-slim',
    contents: ['/opt/report'],
  },
  {
    name: 'alpine-env',
    what: 'ENV and LABEL without =',
    base: 'alpine:3.22',
    contents: ['/opt/greeter'],
  },
  {
    name: 'alpine-groupadd',
    what: 'groupadd, which Alpine does not have',
    base: 'alpine:3.22',
    contents: ['/app'],
    broken: 'Alpine has no groupadd',
  },
  {
    name: 'python-web',
    what: 'service with pip packages',
    base: 'python:3.11-slim-bookworm',
    contents: ['/app'],
    port: 18472,
  },
  {
    name: 'python-worker',
    what: 'job that writes to a volume',
    base: 'python:3.11-slim-bookworm',
    contents: ['/usr/local/lib/worker'],
  },
  {
    name: 'node-web',
    what: 'service with npm packages; the image has a user',
    base: 'node:20-bookworm-slim',
    contents: ['/usr/src/app', '/etc/ssl/certs/ca-certificates.crt'],
    port: 18473,
  },
  {
    name: 'c-to-scratch',
    what: 'several stages, static program',
    base: 'scratch',
    builders: ['gcc:12'],
    contents: ['/hello'],
  },
  {
    name: 'c-to-distroless',
    what: 'several stages, image without a shell',
    base: 'gcr.io/distroless/static-debian12',
    builders: ['gcc:12'],
    contents: ['/usr/local/bin'],
  },
  {
    name: 'archive',
    what: 'ADD that unpacks, and ADD that only copies',
    base: 'debian:bookworm-slim',
    contents: ['/var/www', '/etc/site'],
    archives: { 'site.tar.gz': 'site' },
  },
  {
    name: 'merged-runs',
    what: 'clean-up in a later layer, RUN and COPY in a row',
    base: 'debian:bookworm-slim',
    contents: ['/opt/tool'],
  },
  {
    name: 'existing-user',
    what: 'a user is created and never used',
    base: 'debian:bookworm-slim',
    contents: ['/home/clerk'],
  },
  {
    name: 'drops-privileges',
    what: 'entry point that drops root with gosu',
    base: 'debian:bookworm-slim',
    contents: ['/entry.sh'],
    staysRoot: 'its entry point needs root, and drops it',
  },
  {
    name: 'sudo-and-cd',
    what: 'sudo, cd, a database made in the build',
    base: 'debian:bookworm-slim',
    contents: ['/opt/db/schema.sql'],
  },
  {
    name: 'onbuild',
    what: 'triggers for images built on it',
    base: 'debian:bookworm-slim',
    contents: ['/srv/pages'],
    downstream: 'downstream.Dockerfile',
    staysRoot: 'its triggers install packages',
  },
  {
    name: 'heredoc',
    what: 'COPY and RUN with heredocs',
    base: 'debian:bookworm-slim',
    contents: ['/etc/motd', '/opt/heredoc'],
  },
  {
    name: 'uploads',
    what: 'service that writes to directories made for it',
    base: 'python:3.11-slim-bookworm',
    contents: ['/srv/app/app.py'],
    port: 18474,
  },
  {
    name: 'sqlite',
    what: 'database in a file, made in the build and written to at run time',
    base: 'python:3.11-slim-bookworm',
    contents: ['/opt/shop'],
  },
  {
    name: 'node-cache',
    what: 'service that keeps pages in `.next/cache`',
    base: 'node:20-bookworm-slim',
    contents: ['/app/.next/page.html', '/app/server.js'],
    port: 18475,
  },
  {
    name: 'named-owner',
    what: 'files that belong to a user by number',
    base: 'debian:bookworm-slim',
    contents: ['/srv/notes/note.sh'],
  },
  {
    name: 'backtick-crlf',
    what: 'lines that go on with a backtick and end in CRLF',
    base: 'debian:bookworm-slim',
    contents: ['/opt/report.sh'],
  },
  {
    name: 'root-home',
    what: 'program in /root, which only root may enter',
    base: 'debian:bookworm-slim',
    contents: ['/root/tool.sh'],
    staysRoot: 'what it runs is in /root',
  },
  {
    name: 'root-script',
    what: 'entry point that changes owners',
    base: 'debian:bookworm-slim',
    contents: ['/usr/local/bin/entry.sh'],
    staysRoot: 'its entry point changes owners',
  },
];
