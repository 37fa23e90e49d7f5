import type { Change } from './edits.js';
import { withKey } from './mount-edits.js';
import type { Port } from './ports.js';
import type { Project, Service } from './project.js';

/** Opens a port to the host only. */
export function onLoopback(project: Project, service: Service, { item, address, published }: Port): Change {
  const path = ['services', service.name, 'ports'];
  if (item.kind === 'mapping') return address === '' ? withKey(project, item, 'host_ip', '127.0.0.1', path) : undefined;
  if (item.kind !== 'scalar') return undefined;
  const bare = item.raw.replace(/^(?:0\.0\.0\.0|\[[0:]*\]|::):/, '');
  return written(project, item, `127.0.0.1:${published === '' ? ':' : ''}${bare}`, path);
}

/** Publishes another port of the container. */
export function withTarget(project: Project, service: Service, { item, target }: Port, port: number): Change {
  if (item.kind !== 'scalar' || !item.raw.endsWith(target)) return undefined;
  const text = `${item.raw.slice(0, item.raw.length - target.length)}${port}`;
  return written(project, item, text, ['services', service.name, 'ports']);
}

/** In the quotes that the item has; without any it gets some, as older readers take `22:22` for a number. */
function written(project: Project, item: Port['item'], text: string, path: readonly string[]): Change {
  if (item.kind !== 'scalar' || item.source !== project.own.source || item.isAlias || item.quote === 'block')
    return undefined;
  const quote = item.quote === 'single' ? "'" : '"';
  return { edits: [{ span: item.span, text: quote + text + quote }], effect: { paths: [path] } };
}
