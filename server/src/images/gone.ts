import type { Identity } from './identity.js';

/** What is wrong with a release or an image, and what to do. */
export interface EndOfLife {
  /** Without a full stop. */
  readonly message: string;
  /** The registry no longer has it, so that the build stops. */
  readonly isGone: boolean;
  /** The part of the reference to replace where the same image is found elsewhere. */
  readonly moved: { readonly from: string; readonly to: string } | undefined;
}

export const unsupported = (message: string): EndOfLife => ({ message, isGone: false, moved: undefined });

const OTHER_JAVA = 'Use eclipse-temurin or another build of OpenJDK';

/** Official images that are none any more, with the day (docker-library/official-images, its history), and what to use. */
const REMOVED: Readonly<Record<string, readonly [since: string, instead: string]>> = {
  adoptopenjdk: ['2021-10-08', OTHER_JAVA],
  celery: ['2017-06-23', 'Install it into a python image'],
  consul: ['2024-07-29', 'Use hashicorp/consul'],
  django: ['2017-05-19', 'Install it into a python image'],
  'express-gateway': ['2024-07-29', 'Use another gateway'],
  fsharp: ['2021-07-26', 'Use mcr.microsoft.com/dotnet/sdk'],
  glassfish: ['2016-10-11', 'Use another application server'],
  iojs: ['2017-04-21', 'Use node'],
  java: ['2017-02-27', OTHER_JAVA],
  jenkins: ['2018-08-13', 'Use jenkins/jenkins'],
  mono: ['2025-08-18', 'Use mcr.microsoft.com/dotnet/sdk'],
  mosquitto: ['2016-09-23', 'Use eclipse-mosquitto'],
  'nats-streaming': ['2024-07-29', 'Use nats'],
  opensuse: ['2021-10-08', 'Use opensuse/leap'],
  owncloud: ['2019-01-02', 'Use owncloud/server'],
  piwik: ['2018-10-01', 'Use matomo'],
  rails: ['2017-05-19', 'Install it into a ruby image'],
  sentry: ['2021-10-08', 'Use getsentry/sentry'],
  sl: ['2024-07-01', 'Use almalinux or rockylinux/rockylinux'],
  swarm: ['2021-10-08', 'Use the Swarm mode of Docker'],
  'ubuntu-debootstrap': ['2016-06-06', 'Use ubuntu'],
  'ubuntu-upstart': ['2016-06-06', 'Use ubuntu'],
  vault: ['2024-07-29', 'Use hashicorp/vault'],
};

interface Row {
  /** Matches the whole path with its registry. */
  readonly image: RegExp;
  readonly tag?: RegExp;
  readonly says: EndOfLife;
}

const OLD_JDK = 'The OpenJDK image under this tag gets no updates. Choose a tag with eclipse-temurin';
const CENTOS = 'Move to CentOS Stream, AlmaLinux or Rocky Linux';

const ROWS: readonly Row[] = [
  {
    image: /^centos$/,
    tag: /^(?:centos)?5/,
    says: unsupported(`CentOS 5 reached end of life on 2017-03-31. ${CENTOS}`),
  },
  {
    image: /^centos$/,
    tag: /^(?:centos)?6/,
    says: unsupported(`CentOS 6 reached end of life on 2020-11-30. ${CENTOS}`),
  },
  {
    image: /^centos$/,
    tag: /^(?:centos)?7/,
    says: unsupported(`CentOS 7 reached end of life on 2024-06-30. ${CENTOS}`),
  },
  {
    image: /^centos$/,
    tag: /^(?:(?:centos)?8(?!.*stream)|latest$|$)/,
    says: unsupported(`CentOS 8 reached end of life on 2021-12-31. ${CENTOS}`),
  },
  // hub.docker.com/_/openjdk: since 2022 early-access builds only.
  {
    image: /^openjdk$/,
    tag: /^(?:[789]|1\d|2[0-4])(?:[.-]|$)/,
    says: unsupported(`The openjdk image has had no updates since 2022. ${OTHER_JAVA}`),
  },
  // Both were built on those images (carlossg/docker-maven, gradle/docker-gradle, their history).
  {
    image: /^maven$/,
    tag: /(?:^|-)(?:adopt)?openjdk(?:-|\d|$)|^\d[\d.]*-(?:jdk-\d+(?:-slim|-alpine)?|alpine)$/,
    says: unsupported(OLD_JDK),
  },
  { image: /^gradle$/, tag: /(?:^|-)(?:adopt)?openjdk(?:-|\d|$)/, says: unsupported(OLD_JDK) },
  // No Gradle before 6 is built any more (docker-library/official-images, library/gradle).
  {
    image: /^gradle$/,
    tag: /^[1-5](?:[.-]|$)/,
    says: unsupported('This image of Gradle gets no updates. Move to gradle:9, or gradle:8'),
  },
  // github.com/bitnami/containers/issues/83267: all but `latest` moved in August 2025, and were deleted in September.
  {
    image: /^bitnami\/[a-z0-9-]+$/,
    tag: /^v?\d/,
    says: {
      message:
        'Bitnami took its images with versions away in September 2025. Use bitnamilegacy, which gets no updates, or another image',
      isGone: true,
      moved: { from: 'bitnami/', to: 'bitnamilegacy/' },
    },
  },
  // kubernetes.io/blog/2023/03/10/image-registry-redirect
  {
    image: /^k8s\.gcr\.io\//,
    says: {
      message: 'The registry k8s.gcr.io has had nothing new since 2023-04-03. Use registry.k8s.io',
      isGone: false,
      moved: { from: 'k8s.gcr.io/', to: 'registry.k8s.io/' },
    },
  },
  // github.com/dotnet/dotnet-docker and microsoft/containerregistry: moved in 2018.
  {
    image:
      /^microsoft\/(?:dotnet|aspnetcore|aspnetcore-build|aspnet|iis|windowsservercore|nanoserver|mssql-server-linux|powershell|azure-cli|dotnet-framework|servercore)$/,
    says: unsupported('Microsoft’s images have moved to mcr.microsoft.com, and get no updates here. Use the one there'),
  },
  {
    image: /^mcr\.microsoft\.com\/windows\/(?:servercore|nanoserver|windows)$/,
    // 1809 is the long-term release of 2019.
    tag: /^(?:sac2016|1703|1709|1803|1903|1909|2004|20h2)(?:[.-]|$)|^10\.0\.(?:16299|17134|18362|18363|19041|19042)\b/,
    says: unsupported('This Windows release gets no security updates. Move to ltsc2025 or ltsc2022'),
  },
];

/** What is known of an image that is no longer kept up under its name. */
export function goneImage(id: Identity): EndOfLife | undefined {
  const removed = id.official === undefined ? undefined : REMOVED[id.official];
  if (removed) {
    const [since, instead] = removed;
    return unsupported(`The ${id.official} image has had no updates since ${since}. ${instead}`);
  }
  const full = id.official ?? (id.registry === undefined ? id.path : `${id.registry}/${id.path}`);
  return ROWS.find(({ image, tag }) => image.test(full) && (tag === undefined || (!id.openTag && tag.test(id.tag))))
    ?.says;
}
