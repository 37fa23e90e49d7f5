import type { FileFacts, Stage } from '../../facts/index.js';
import { perLineage } from '../../facts/per-lineage.js';
import { ownWorkdir } from './start-writes.js';

/** Commands of frameworks and tools that make or fill a database, which is a file beside the program where SQLite is used. */
const MAKES =
  /\bmanage\.py\s+(?:migrate|loaddata|syncdb|createsuperuser)|\b(?:flask|rails|rake|mix|ecto|aerich|prisma|drizzle-kit|typeorm|sequelize|knex)\b[^;&|\n]*\b(?:db|migrat\w*|upgrade|ecto)\b|\balembic\s+upgrade|\bsqlite3\s+(?!-)\S|\bcreate_all\b|\binit[-_]?db\b|\bartisan\s+(?:migrate|db:)|\bdoctrine:(?:schema|migrations|database)|\.sqlite3?\b|\.db\b/;

const NAMED = /\.(?:db|sqlite3?)$/;

/**
 * The folder of the program where the build makes a database file, or the build context has one: its owner would be root, and
 * each write to it would fail. Undefined where nothing shows one.
 */
export const databasesIn = perLineage((facts: FileFacts, stage: Stage): string | undefined => {
  const folder = ownWorkdir(facts, stage);
  if (folder === undefined) return undefined;
  const isMade = facts
    .lineage(stage)
    .some(({ instruction: { keyword, text } }) => keyword === 'RUN' && MAKES.test(text));
  const isCopied =
    facts.has(stage, 'COPY') &&
    (facts.context?.entries.some(
      ({ kind, path }) => kind === 'file' && NAMED.test(path) && path.split('/').length < 4,
    ) ??
      false);
  return isMade || isCopied ? folder : undefined;
});

/** Gives whatever there is of them to a user; there may be none. */
export const giveDatabases = (folder: string, owner: string): string =>
  `find ${folder} \\( -name '*.db' -o -name '*.sqlite' -o -name '*.sqlite3' \\) -exec chown ${owner} {} +`;
