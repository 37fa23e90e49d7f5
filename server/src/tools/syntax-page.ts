import { FEATURES } from '../rules/syntax-version-too-old/features.js';

/** Which version of the Dockerfile syntax knows what. */
export const syntaxPage = (): string =>
  [
    '# What needs which `# syntax=`',
    '',
    'A file that names a version is read with that version. [syntax-version-too-old](rules/syntax-version-too-old.md) reports what it does not know; `docker/dockerfile:1` knows all of it.',
    '',
    '| feature | first version | first labs version | source |',
    '|---|---|---|---|',
    ...[...FEATURES]
      .sort((a, b) => a.since - b.since)
      .map(
        ({ name, since, labs, source }) =>
          `| ${name} | 1.${since} | ${labs === undefined ? '' : labs === 0 ? 'experimental' : `1.${labs}-labs`} | <${source}> |`,
      ),
    '',
    '<!-- Made by `npm run generate` from server/src/rules/syntax-version-too-old/features.ts. -->',
    '',
  ].join('\n');
