const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;
const GROUP = /^[0-9a-f]{1,4}$/i;

/** An IPv4 or IPv6 address without brackets or zone, as Go's net.ParseIP takes it. */
export function isAddress(text: string): boolean {
  if (IPV4.test(text)) return true;
  if (!text.includes(':')) return false;
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap(half => (half === '' ? [] : half.split(':')));
  const last = groups.at(-1);
  const isMapped = last?.includes('.') === true;
  if (isMapped && !IPV4.test(last ?? '')) return false;
  const count = groups.length + (isMapped ? 1 : 0);
  const valid = (isMapped ? groups.slice(0, -1) : groups).every(group => GROUP.test(group));
  return valid && (halves.length === 2 ? count < 8 : count === 8);
}

/** What BuildKit refuses about the host's part of a port, `[ip:]host:` (dockerfile2llb/convert_expose.go). */
export function hostProblem(host: string, ends: readonly string[]): string | undefined {
  const colon = host.lastIndexOf(':', host.length - 2);
  const address = colon < 0 ? '' : host.slice(0, colon);
  const ports = host.slice(colon + 1, -1);
  const bare = /^\[(.*)\]$/.exec(address)?.[1] ?? address;
  if (address !== '' && !isAddress(bare)) return `“${address}” is not an IP address.`;
  if (ports === '') return undefined;
  const range = rangeOf(ports.split('-', 2));
  if (!range) return `“${ports}” is not a port or a range of ports.`;
  const own = rangeOf(ends);
  if (own && own.last !== own.first && own.last - own.first !== range.last - range.first)
    return `The ranges “${ports}” and “${ends.join('-')}” are not equally long.`;
  return undefined;
}

function rangeOf(ends: readonly string[]): { readonly first: number; readonly last: number } | undefined {
  const [from = '', to = from] = ends;
  if (!/^\d+$/.test(from) || !/^\d+$/.test(to)) return undefined;
  const range = { first: Number(from), last: Number(to) };
  return range.first <= range.last && range.last <= 65_535 ? range : undefined;
}
