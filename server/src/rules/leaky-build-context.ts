import {
  type CompiledIgnore,
  type ContextSnapshot,
  compileIgnore,
  contextHas,
  contextPath,
  type Leak,
  leaks,
  mayLeak,
} from '../context/index.js';
import type { Placed } from '../dockerfile/index.js';
import { ignoreLines, isNamed, scriptsOf } from '../edits/ignore-lines.js';
import { isExcluded } from '../facts/files/excluded.js';
import { transferOf } from '../facts/files/transfer.js';
import type { FileFacts } from '../facts/index.js';
import { defineRule, type RuleFix } from './rule.js';

export default defineRule({
  id: 'leaky-build-context',
  codes: [],
  summary: 'A copied folder contains files that do not belong in an image.',
  rationale:
    'Without a `.dockerignore` that keeps them out, copying a folder takes everything in it: repository history, installed packages of another platform, keys and passwords. All of it is also sent to the builder each time, and every change to it invalidates the cache.',
  category: 'security',
  practice: 'explicit-copy',
  severity: 'warning',
  since: '0.1.0',
  links: ['https://docs.docker.com/build/concepts/context/#dockerignore-files'],
  examples: {
    bad: [
      {
        code: 'FROM node:24\nCOPY «.» /app\nRUN npm ci\n',
        files: { 'index.js': '', '.git/config': '', 'node_modules/a/index.js': '' },
      },
      {
        code: 'FROM node:24\nCOPY «.» /app\n',
        files: { 'index.js': '', '.env': 'A=1', '.dockerignore': '.git\nnode_modules\n' },
        why: 'The ignore file misses one.',
      },
      {
        code: 'FROM node:24\nCOPY «conf» /conf\n',
        files: { 'conf/id_rsa': '', 'conf/a.ini': '' },
        why: 'A folder below.',
      },
      {
        code: 'FROM node:24\nCOPY --exclude=conf/*.key «conf» /conf\n',
        files: { 'conf/server.key': '' },
        why: 'The pattern is not relative to the folder that is copied.',
      },
    ],
    good: [
      {
        code: 'FROM node:24\nCOPY . /app\n',
        why: 'The ignore file keeps them out.',
        files: { '.git/config': '', '.env': '', '.dockerignore': '.git\n**/.env\n' },
      },
      {
        code: 'FROM node:24\nCOPY src /app/src\n',
        why: 'Only a folder without them.',
        files: { 'src/a.js': '', '.git/config': '', '.env': '' },
      },
      {
        code: 'FROM node:24\nCOPY . /app\n',
        why: 'No RUN installs packages, so those of the folder are what the image gets.',
        files: { 'index.js': '', 'node_modules/a/index.js': '' },
      },
      {
        code: 'FROM golang:1.26 AS build\nCOPY . /src\nRUN go build -ldflags "-X main.version=$(git describe)"\n',
        why: 'The build reads the history.',
        files: { 'go.mod': '', '.git/config': '' },
      },
      {
        code: 'FROM golang:1.26 AS build\nCOPY . /src\nRUN make server\n',
        why: 'A makefile may ask git for the version.',
        files: { 'go.mod': '', '.git/config': '', Makefile: '' },
      },
      { code: 'FROM node:24\nCOPY . /app\n', why: 'Nobody knows what is beside the file.' },
      {
        code: 'FROM node:24\nCOPY --exclude=**/.env --exclude=.git --exclude=node_modules/* . /app\nRUN npm ci\n',
        why: 'The COPY leaves them out.',
        files: { '.git/config': '', '.env': '', 'app/.env': '', 'node_modules/a/index.js': '' },
      },
      {
        code: 'FROM node:24\nARG KEYS=*.key\nCOPY --exclude=$KEYS conf /conf\nCOPY --exclude=* . /app\n',
        why: 'Patterns are relative to the source.',
        files: { 'conf/server.key': '', '.env': '' },
      },
      {
        code: 'FROM node:24\nCOPY app/package.json ./\nCOPY . /app\n',
        why: 'app/ is missing, so the build context is another folder.',
        files: { '.git/config': '' },
      },
    ],
  },
  reading: 'own',
  file: {},
  check({ facts, report }) {
    const { context } = facts;
    if (!context || context.isUnsure || !mayLeak(context)) return;
    const copies = [...facts.all('COPY'), ...facts.all('ADD')].sort((a, b) => a.index - b.index);
    const sources = copies.flatMap(placed => localSources(facts, placed));
    if (
      sources.length === 0 ||
      !isThisContext(
        context,
        sources.map(source => source.path),
      )
    )
      return;
    const ignore = compileIgnore(context.ignore?.text ?? '');
    const all = leaks(context, ignore, scriptsOf(facts));
    const told = new Set<Leak>();
    for (const { placed, span, path } of sources) {
      const found = all.filter(
        leak => !told.has(leak) && isBelow(leak.path, path) && !isKeptOut(facts, placed, leak.path, path),
      );
      if (found.length === 0) continue;
      for (const leak of found) told.add(leak);
      const secret = found.some(leak => leak.why === 'secret');
      const names =
        found
          .slice(0, 3)
          .map(leak => leak.path)
          .join(', ') + (found.length > 3 ? ' and more' : '');
      report(placed, {
        span,
        message: `This also copies ${names}. Keep ${found.length > 1 ? 'them' : 'it'} out with ${context.ignore?.path ?? 'a .dockerignore'}${secret ? ', and mount what the program reads when the container starts' : ''}.`,
        ...(secret && facts.roleOf(placed).inFinalImage ? {} : { severity: 'info' as const }),
        fixes: ignoreMore(facts, context, ignore, found),
      });
    }
  },
});

/** Sources in the build context; an empty path is all of it. */
function localSources(facts: FileFacts, placed: Placed) {
  const transfer = transferOf(placed.instruction, facts.stateBefore(placed).scope);
  if (!transfer || transfer.from) return [];
  return transfer.sources.flatMap(source => {
    if (source.kind !== 'local' || source.certainty === 'unknown') return [];
    const path = contextPath(source.text);
    return [{ placed, span: source.word.span, path: path === '*' || path === '**' ? '' : path }];
  });
}

/** The folder of the Dockerfile need not be the build context: a source that is not there tells. */
function isThisContext(context: ContextSnapshot, paths: readonly string[]): boolean {
  return paths.every(path => {
    const [first = '', ...rest] = path.split('/');
    return rest.length === 0 || /[*?[]/.test(first) || contextHas(context, first) !== false;
  });
}

const isBelow = (path: string, folder: string): boolean => folder === '' || path.startsWith(`${folder}/`);

/** Whether the COPY itself leaves the leak out. */
function isKeptOut(facts: FileFacts, placed: Placed, leak: string, source: string): boolean {
  const kind = facts.context?.entries.find(entry => entry.path === leak)?.kind ?? 'directory';
  return isExcluded(
    placed.instruction,
    facts.stateBefore(placed).scope,
    source === '' ? leak : leak.slice(source.length + 1),
    kind,
  );
}

function ignoreMore(
  facts: FileFacts,
  context: ContextSnapshot,
  ignore: CompiledIgnore,
  found: readonly Leak[],
): RuleFix[] {
  const suggested = context.ignore ? [] : ignoreLines(facts, ignore);
  const covered = compileIgnore(suggested.join('\n'));
  const lines = [
    ...suggested,
    ...new Set(found.filter(leak => covered.verdict(leak.path) === 'kept').map(leak => leak.line)),
  ];
  const path = context.ignore?.path ?? '.dockerignore';
  // Never keep out what a COPY names itself.
  const after = compileIgnore(`${context.ignore?.text ?? ''}\n${lines.join('\n')}`);
  const keepsOut = (source: string): boolean =>
    after.verdict(source) !== 'kept' && ignore.verdict(source) !== 'ignored';
  if (lines.length === 0 || isNamed(facts, keepsOut)) return [];
  const title = context.ignore
    ? `Add ${lines.length === 1 ? lines[0] : `${lines.length} lines`} to ${path}`
    : `Create ${path}`;
  // A key may be what the program reads in the container: that it is missing then is for a person to decide.
  const safety = found.some(leak => leak.why === 'secret' && !/\.env\b/.test(leak.path)) ? 'manual' : 'review';
  return [{ title, safety, edits: [], file: { path, append: `${lines.join('\n')}\n` } }];
}
