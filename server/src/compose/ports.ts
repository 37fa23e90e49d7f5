import { perService } from './per-service.js';
import { itemsOf, type Place, type Scalar, scalarAt, type Value, valueAt } from './value.js';

/** A port of a container that is published on the host. */
export interface Port extends Place {
  readonly item: Value;
  /** The address of the host, without brackets; empty where none is given, which is all of them. */
  readonly address: string;
  /** A port or a range of the host; empty for one that Docker chooses. */
  readonly published: string;
  /** A port or a range of the container. */
  readonly target: string;
  readonly protocol: string;
  /** False when a variable decides about some of it. */
  readonly isKnown: boolean;
}

export const portsOf = perService(({ body }): readonly Port[] =>
  itemsOf(valueAt(body, 'ports')).flatMap(item => {
    const port = item.kind === 'scalar' ? shortPort(item) : item.kind === 'mapping' ? longPort(item) : undefined;
    return port ?? [];
  }),
);

const SHORT = /^(?:(\[[^\]]*\]|[^/[\]]*?):)??(?:(\d+(?:-\d+)?)?:)?(\d+(?:-\d+)?)(?:\/(\w+))?$/;

function shortPort(item: Scalar): Port | undefined {
  const match = SHORT.exec(item.text.trim());
  if (!match) return undefined;
  const [, address = '', published = '', target = '', protocol = 'tcp'] = match;
  const { source, span, isKnown } = item;
  return { item, source, span, address: address.replace(/^\[|\]$/g, ''), published, target, protocol, isKnown };
}

function longPort(item: Value): Port | undefined {
  const target = scalarAt(item, 'target');
  if (!target) return undefined;
  const [address, published, protocol] = ['host_ip', 'published', 'protocol'].map(key => scalarAt(item, key));
  const { source, span } = item;
  return {
    item,
    source,
    span,
    address: (address?.text ?? '').replace(/^\[|\]$/g, ''),
    published: published?.text ?? '',
    target: target.text,
    protocol: protocol?.text ?? 'tcp',
    isKnown: [target, address, published, protocol].every(one => one?.isKnown !== false),
  };
}

/** Whether every machine that reaches the host reaches the port: `0.0.0.0`, `::` and what else spells them. */
export const isOpen = ({ address }: Port): boolean => /^(?:[0:.]*|::ffff:0*\.?[0.:]*)$/i.test(address);

/** The first and the last port of a range; undefined for what is none. */
export function rangeOf(range: string): { readonly from: number; readonly to: number } | undefined {
  const [first = '', last = first] = range.split('-');
  const [from, to] = [Number(first), Number(last)];
  return Number.isInteger(from) && Number.isInteger(to) && from >= 1 && to >= from ? { from, to } : undefined;
}

/** The ports of a range, at most some thousands. */
export function numbersIn(range: string): readonly number[] {
  const found = rangeOf(range);
  if (!found) return [];
  const { from, to } = found;
  if (from === to) return [from];
  return Array.from({ length: Math.min(to - from + 1, 5000) }, (_, index) => from + index);
}

/** Whether the container serves one of these ports there. */
export const servesAny = ({ target }: Port, ports: ReadonlySet<number>): boolean =>
  numbersIn(target).some(port => ports.has(port));
