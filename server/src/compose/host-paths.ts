import { realPath } from './mounts.js';

/** Folders of which everything below is the system's, and where writing is as good as root. */
const BELOW =
  /^\/(?:etc|root|boot|proc|var\/lib\/(?:docker|containerd|kubelet)|usr\/(?:bin|sbin|lib|lib64)|bin|sbin|lib\/modules)(?:\/|$)/;
/** Folders that hold such ones; what is deeper in them may be anybody's. */
const EXACTLY = /^\/(?:|var|var\/lib|usr|lib|lib64)$/;
/** Parts of them that are nobody's secret, or a program's own. */
const HARMLESS =
  /^\/etc\/(?:localtime|timezone|resolv\.conf|hosts|hostname|machine-id|os-release|ssl\/certs|ca-certificates|pki\/tls\/certs)(?:\/|$)|^\/usr\/share\/zoneinfo|^\/etc\/(?:letsencrypt|nginx|haproxy|traefik|prometheus|grafana|wireguard|openvpn|docker\/daemon\.json|gitlab|mosquitto|timezone)(?:\/|$)|^\/proc\/(?:cpuinfo|meminfo)/;

/** A path of the host where writing is as good as root. */
export function isSystemPath(from: string): boolean {
  const path = realPath(from);
  return path.startsWith('/') && (BELOW.test(path) || EXACTLY.test(path)) && !HARMLESS.test(path);
}

const PRIVATE =
  /^(?:~|\/home|\/home\/[^/]+|\/Users|\/Users\/[^/]+)$|^(?:~|\/home\/[^/]+|\/root|\/Users\/[^/]+|\$\{?HOME\}?)\/\.(?:ssh|aws|docker|kube|gnupg|azure|config\/gcloud)(?:\/|$)|^\/sys(?:\/|$)|^\/dev$/;
/** What is handed over on purpose. */
const AGENTS = /\.(?:sock|agent)$|\/known_hosts$|\.pub$|\/\.docker\/config\.json$/;

/** What programs of the host listen at or keep while they run; sockets of container runtimes are another finding. */
export const isRunPath = (from: string): boolean => /^\/run\/./.test(realPath(from));

/** A path of the host with something that is nobody else's business. */
export const isPrivatePath = (from: string): boolean => {
  const path = realPath(from);
  return PRIVATE.test(path) && !AGENTS.test(path);
};

const WATCHES =
  /node[-_]exporter|cadvisor|netdata|datadog|telegraf|glances|promtail|filebeat|metricbeat|fluent|vector|alloy|otel|opentelemetry|agent|beszel|dashdot|homepage|scrutiny|falco|crowdsec|wazuh|newrelic|dozzle|watchtower/i;

/** Whether a program that watches the host sees what it watches. */
export function isForWatching(from: string, isReadOnly: boolean, image: string): boolean {
  const path = realPath(from);
  if (/^\/sys\/(?:fs\/cgroup|class|devices|block|firmware)/.test(path)) return true;
  return isReadOnly && WATCHES.test(image) && /^\/(?:sys|proc|dev|var|etc|$)/.test(path);
}
