import { rowOf } from './needs.js';
import { numbersIn, type Port } from './ports.js';
import type { Service } from './project.js';
import { imageOf } from './service-facts.js';

/** Where data stores listen. */
const DATA_STORES = new Set([
  5432, 3306, 6379, 27017, 9200, 9300, 5672, 15672, 11211, 1433, 1521, 9042, 8086, 2379, 9092, 5984, 7687, 8123,
]);

/** Whether a port is that of a database, a cache or a queue. */
export function isDataStorePort(service: Service, { target }: Port): boolean {
  if (numbersIn(target).some(port => DATA_STORES.has(port))) return true;
  const kind = rowOf(service)?.kind;
  return kind === 'database' || kind === 'cache' || kind === 'queue';
}

const PROXIES =
  /(?:^|[/_-])(?:traefik|caddy|nginx|haproxy|swag|envoy|httpd|apache|openresty|kong|varnish|cloudflared|nginx-proxy|proxy)(?:$|[/_-])/i;
/** What is there to be reached from outside: mail, names, VPNs, games, chats, trackers. */
const PUBLIC_IMAGES =
  /mailserver|postfix|wireguard|openvpn|gluetun|pihole|pi-hole|adguard|coredns|bind9|minecraft|turn|coturn|jitsi|mumble|teamspeak|syncthing|torrent|mosquitto|emqx|tor\b/i;

/** Whether everybody is meant to reach a port: that of a web server on 80 and 443, or of what else serves the world. */
export function isForEverybody(service: Service, { published, target, protocol }: Port): boolean {
  const image = imageOf(service)?.path ?? service.name;
  if (PUBLIC_IMAGES.test(image)) return true;
  // Names are asked for by everybody.
  if (numbersIn(target).includes(53)) return true;
  const isWeb = numbersIn(published || target).some(port => port === 80 || port === 443);
  if (isWeb && (PROXIES.test(image) || PROXIES.test(service.name))) return true;
  return protocol === 'udp' && numbersIn(published).includes(443);
}
