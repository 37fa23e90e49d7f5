import type { CheckedStack } from './check.js';
import { STACKS } from './stacks/index.js';

const row = ({ stack, applied, protections }: CheckedStack): string => {
  const { containers, noCapabilities, readOnly, noNewPrivileges } = protections;
  const cells = [containers, noCapabilities, readOnly, noNewPrivileges, applied.length];
  return `| **${stack.name}**: ${stack.what} | ${cells.join(' | ')} |`;
};

/** `docs/hardened-stacks.md`. */
export const stacksPage = (checked: readonly CheckedStack[]): string =>
  [
    '# Compose projects before and after Harden',
    '',
    `${STACKS.length} small Compose projects, each started with \`docker compose up --wait\` as it is and after Harden of its Compose file: the same answers to the same requests, the same output of jobs, healthy where there is a health check, and no container that had to be started again. \`npm run test:stacks\` shows them all again, and \`-- --write\` makes this page.`,
    '',
    'Of each: its containers, how many of them run without Linux capabilities that nobody gave back, on a read-only root file system and without a way to new privileges afterwards, and the changes that Harden made. Stand-ins made of Debian’s packages take the place of the images of nginx, Redis, PostgreSQL, memcached, Python and Node.js.',
    '',
    '| project | containers | `cap_drop: ALL` | read-only | no new privileges | changes |',
    '|---|--:|--:|--:|--:|--:|',
    ...checked.map(row),
    '',
  ].join('\n');
