/** Go's filepath.Clean for `/` paths. */
export function cleanPath(path: string): string {
  if (path === '') return '.';
  const rooted = path.startsWith('/');
  const out: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') out.push(part);
    else if (out.length > 0 && out.at(-1) !== '..') out.pop();
    else if (!rooted) out.push(part);
  }
  const text = out.join('/');
  return rooted ? `/${text}` : text === '' ? '.' : text;
}

const SPACE = String.raw`[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+`;
const ENDS = new RegExp(`^${SPACE}|${SPACE}$`, 'g');

/** Go's strings.TrimSpace: unlike JavaScript's it keeps U+FEFF and drops U+0085. */
export const trimSpace = (text: string): string => text.replace(ENDS, '');
