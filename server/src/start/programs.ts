import type { FileFacts, Stage } from '../facts/index.js';
import { perLineage } from '../facts/per-lineage.js';
import { programFile } from './files.js';
import { readStart } from './reading.js';
import type { Step } from './types.js';

/** Programs that run what others have written: where it writes to is theirs to say, and most often beside itself. */
const INTERPRETERS =
  /^(?:python[\d.]*|pypy\d*|node|nodejs|bun|deno|ruby|perl|php|java|dotnet|elixir|erl|iex|mix|R|Rscript|julia|lua|npm|npx|yarn|pnpm|gunicorn|uvicorn|hypercorn|daphne|waitress-serve|uwsgi|celery|flask|django-admin|fastapi|sanic|streamlit|jupyter(?:-\w+)?|airflow|luigid|poetry|pipenv|uv|puma|unicorn|rackup|rails|rake|bundle|sidekiq|next|nest|nuxt|ts-node|tsx|nodemon|pm2(?:-\w+)?|serve|http-server|strapi|catalina\.sh|artisan|spark-submit|foreman|honcho)$/;

/** Passing commands of a script: what they are about is not what the container is there for. */
const PASSING = new Set(
  'exec export set echo printf cd test [ [[ true : sleep wait trap mkdir cp mv rm ln touch cat sed awk grep chmod tini dumb-init env command sh bash ash source . exit return eval if umask ulimit date shift read local envsubst curl wget nc ls find id kill ps'.split(
    ' ',
  ),
);

/** The commands that stay, or that do the work: not those that prepare it. */
export const programsOf = perLineage((facts: FileFacts, stage: Stage): readonly Step[] =>
  readStart(facts, stage).steps.filter(({ program }) => program !== '' && !PASSING.has(program)),
);

/** The first interpreter or application server that the start calls. */
export const interpreterOf = (facts: FileFacts, stage: Stage): Step | undefined =>
  programsOf(facts, stage).find(({ program }) => INTERPRETERS.test(program));

/** Whether a program is one that this Dockerfile puts into the image as a file: its own, not that of a package. */
export const isOwnProgram = (facts: FileFacts, stage: Stage, { path, workdir }: Step): boolean =>
  programFile(facts, stage, path, workdir) !== undefined;
