import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { style } from './style.js';

/** A unified diff that `git apply` and `patch -p1` understand; empty when nothing changed. */
export function unifiedDiff(path: string, before: string, after: string, color: boolean): string {
  if (before === after) return '';
  const shown = path.replaceAll('\\', '/');
  const [from, to] = /^(?:\/|[a-zA-Z]:)/.test(shown) ? [shown, shown] : [`a/${shown}`, `b/${shown}`];
  const patch = createTwoFilesPatch(from, to, before, after, undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  });
  return color ? patch.split('\n').map(colored).join('\n') : patch;
}

function colored(line: string): string {
  if (line.startsWith('---') || line.startsWith('+++')) return style('bold', line);
  if (line.startsWith('@@')) return style('cyan', line);
  if (line.startsWith('+')) return style('green', line);
  return line.startsWith('-') ? style('red', line) : line;
}
