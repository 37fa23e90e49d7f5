import type { Identity } from './identity.js';
import { REMOVED_NAMES } from './official-names.js';

/** What is wrong with a release or an image, and what to do. */
export interface EndOfLife {
  /** Without a full stop. */
  readonly message: string;
  /** The registry no longer has it, so that the build stops. */
  readonly isGone: boolean;
  /** The image that the message names, or means, as what to move to. */
  readonly next?: string;
  /** The part of the reference to replace where the same image is found elsewhere. */
  readonly moved: { readonly from: string; readonly to: string } | undefined;
}

export const unsupported = (message: string, next?: string): EndOfLife => ({
  message,
  isGone: false,
  moved: undefined,
  ...(next === undefined ? {} : { next }),
});

const OTHER_JAVA = 'Use eclipse-temurin or another build of OpenJDK';

/** What to use instead of images that are no longer official. */
const INSTEAD: Readonly<Record<string, string>> = {
  adoptopenjdk: OTHER_JAVA,
  centos: 'Take CentOS Stream from quay.io/centos/centos, or use AlmaLinux or Rocky Linux',
  celery: 'Install it into a python image',
  consul: 'Use hashicorp/consul',
  django: 'Install it into a python image',
  'express-gateway': 'Use another gateway',
  fsharp: 'Use mcr.microsoft.com/dotnet/sdk',
  glassfish: 'Use another application server',
  iojs: 'Use node',
  java: OTHER_JAVA,
  jenkins: 'Use jenkins/jenkins',
  mono: 'Use mcr.microsoft.com/dotnet/sdk',
  mosquitto: 'Use eclipse-mosquitto',
  'nats-streaming': 'Use nats',
  opensuse: 'Use opensuse/leap',
  owncloud: 'Use owncloud/server',
  piwik: 'Use matomo',
  rails: 'Install it into a ruby image',
  sentry: 'Use getsentry/sentry',
  sl: 'Use almalinux or rockylinux/rockylinux',
  swarm: 'Use the Swarm mode of Docker',
  'ubuntu-debootstrap': 'Use ubuntu',
  'ubuntu-upstart': 'Use ubuntu',
  vault: 'Use hashicorp/vault',
};

const removed = new Map(
  REMOVED_NAMES.split(' ').map(pair => {
    const [name = '', since = ''] = pair.split(':');
    return [name, since] as const;
  }),
);

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
  // No Gradle before 6 is built any longer (docker-library/official-images, library/gradle).
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
  const full = id.official ?? (id.registry === undefined ? id.path : `${id.registry}/${id.path}`);
  const row = ROWS.find(
    ({ image, tag }) => image.test(full) && (tag === undefined || (!id.openTag && tag.test(id.tag))),
  );
  const since = id.official === undefined ? undefined : removed.get(id.official);
  if (row || since === undefined) return row?.says;
  const instead = INSTEAD[full] ?? 'Use another image';
  return unsupported(`The ${full} image has had no updates since ${since}. ${instead}`);
}
