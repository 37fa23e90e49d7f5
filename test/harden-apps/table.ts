import type { App } from './app.js';
import { APPS } from './apps/index.js';
import type { Checked, Seen } from './check.js';

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0);

const again = ({ again: counted }: Seen): string => (counted ? `${counted.run} of ${counted.of}` : '');

const cells = (seen: Seen | undefined): readonly string[] =>
  seen ? [megabytes(seen.bytes), `${seen.layers}`, `${seen.uid}`, again(seen)] : ['does not build', '', '', ''];

export const startOf = ({ name, what }: App): string => `| **${name}**: ${what} |`;

const row = ({ app, before, after }: Checked): string =>
  `${startOf(app)} ${[...cells(before), ...cells(after), app.root ?? ''].join(' | ')} |`;

/** `docs/hardened.md`; of applications that were not run, what `page` said before. */
export function hardenedPage(checked: readonly Checked[], page: string): string {
  const known = page.split('\n');
  const rows = APPS.flatMap(app => {
    const seen = checked.find(one => one.app === app);
    return seen ? [row(seen)] : known.filter(line => line.startsWith(startOf(app)));
  });
  const kept = APPS.filter(({ root }) => root !== undefined).length;
  return [
    '# Applications before and after Harden',
    '',
    `${APPS.length} small applications, each built by BuildKit and started by Docker Engine, as it is and after Harden: the same answers, the same files written, healthy where there is a HEALTHCHECK, and stopped when it is asked to. ${kept} of them have to stay root, and do. \`npm run test:harden\` shows them all again, and \`-- --write\` makes this page.`,
    '',
    'Of each image: megabytes, layers, uid, and the RUNs that are carried out again after a change of one source file. Debian’s images are made by debootstrap; stubs stand in for Python’s, Node’s and Alpine’s, with Debian’s or this machine’s programs under the names that the images have.',
    '',
    '| application | MB before | layers | uid | RUNs again | MB after | layers | uid | RUNs again | why it stays root |',
    '|---|--:|--:|--:|--:|--:|--:|--:|--:|---|',
    ...rows,
    '',
  ].join('\n');
}
