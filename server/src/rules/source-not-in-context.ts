import { type ContextSnapshot, contextEntry, contextHas, contextPath } from '../context/index.js';
import type { Placed } from '../dockerfile/index.js';
import { boundSources } from '../facts/files/bound-sources.js';
import { cleanPath, transferOf } from '../facts/files/transfer.js';
import type { FileFacts } from '../facts/index.js';
import { similarName } from '../text/closest.js';
import type { Span } from '../text/span.js';
import { defineRule, type Report } from './rule.js';

/** Files that people write or check in: no build makes them. */
const MANIFESTS: ReadonlySet<string> = new Set([
  'package.json',
  'package-lock.json',
  'yarn.lock',
  'pnpm-lock.yaml',
  'requirements.txt',
  'pyproject.toml',
  'poetry.lock',
  'uv.lock',
  'Pipfile',
  'Pipfile.lock',
  'go.mod',
  'go.sum',
  'Cargo.toml',
  'Cargo.lock',
  'Gemfile',
  'Gemfile.lock',
  'composer.json',
  'composer.lock',
  'pom.xml',
  'mix.exs',
  'mix.lock',
]);

export default defineRule({
  id: 'source-not-in-context',
  codes: [],
  summary: '`COPY`, `ADD` or a bind mount names a file that the build context does not have.',
  rationale:
    'A build sees the files of its context and nothing above it. `../` at the start of a source leads nowhere: BuildKit leaves it out and looks in the context itself, older builders refuse it. Start the build in the folder above (`docker build -f app/Dockerfile .`), or give it that folder with `--build-context`. Names are case-sensitive.',
  category: 'correctness',
  practice: 'explicit-copy',
  severity: 'warning',
  since: '0.2.0',
  links: ['https://docs.docker.com/build/concepts/context/'],
  examples: {
    bad: [
      {
        code: 'FROM alpine:3.22\nCOPY «../config.json» /app/\n',
        why: 'If the build context has a config.json, that is copied.',
      },
      {
        code: 'FROM alpine:3.22\nCOPY «../config.json» /app/\n',
        fixed: 'FROM alpine:3.22\nCOPY config.json /app/\n',
        files: { 'config.json': '{}' },
      },
      {
        code: 'FROM node:24\nCOPY package.json «Package-lock.json» /app/\n',
        fixed: 'FROM node:24\nCOPY package.json package-lock.json /app/\n',
        files: { 'package.json': '{}', 'package-lock.json': '{}' },
        why: 'Another case.',
      },
      {
        code: 'FROM golang:1.25\nRUN --mount=type=bind,source=«go.sum»,target=go.sum --mount=type=bind,source=go.mod,target=go.mod go mod download\n',
        files: { 'go.mod': 'module a\n' },
        why: 'Nothing makes a go.sum before the build.',
      },
    ],
    good: [
      {
        code: 'FROM alpine:3.22\nCOPY a/../config.json /app/\n',
        why: 'It stays inside.',
        files: { 'config.json': '{}' },
      },
      {
        code: 'FROM alpine:3.22 AS build\nFROM alpine:3.22\nCOPY --from=build ../app /app\n',
        why: 'Another stage is not a build context.',
      },
      {
        code: 'FROM alpine:3.22\nCOPY run.sh dist/app.js /app/\n',
        why: 'What is not there may be made before the build.',
        files: { 'run.sh': '' },
      },
      { code: 'FROM node:24\nCOPY package*.json /app/\n', why: 'A pattern.', files: { 'package.json': '{}' } },
    ],
  },
  reading: 'own',
  stage: { keywords: ['COPY', 'ADD', 'RUN'] },
  check({ facts, report }) {
    const named = [...facts.all('COPY'), ...facts.all('ADD'), ...facts.all('RUN')].flatMap(placed =>
      sourcesOf(facts, placed),
    );
    // A folder that has none of the files is hardly the build context.
    const context = facts.context?.isUnsure ? undefined : facts.context;
    const isContext = context !== undefined && named.some(({ path }) => path !== '.' && contextEntry(context, path));
    for (const source of named) {
      const found = isAbove(source.path)
        ? aboveContext(source, isContext ? context : undefined)
        : isContext
          ? missing(source, context)
          : undefined;
      if (found) report(source.placed, { span: source.span, ...found });
    }
  },
});

interface Source {
  readonly placed: Placed;
  /** Variables replaced. */
  readonly path: string;
  readonly span: Span;
  /** Written just as it is read. */
  readonly isPlain: boolean;
}

function sourcesOf(facts: FileFacts, placed: Placed): readonly Source[] {
  const { instruction } = placed;
  if (instruction.keyword === 'RUN')
    return boundSources(instruction).map(({ path, span }) => ({ placed, path, span, isPlain: true }));
  const transfer = transferOf(instruction, facts.stateBefore(placed).scope);
  if (!transfer || transfer.from) return [];
  return transfer.sources.flatMap(({ kind, text, certainty, glob, word }) =>
    kind !== 'local' || certainty === 'unknown' || glob || text.includes('\\')
      ? []
      : [
          {
            placed,
            path: text,
            span: word.span,
            isPlain: instruction.text.slice(word.span.start, word.span.end) === text,
          },
        ],
  );
}

const isAbove = (path: string): boolean => /^\/?\.\.(?:\/|$)/.test(cleanPath(path.replace(/^\/+/, '')));

type Verdict = Omit<Report, 'span'>;

function aboveContext({ path, span, isPlain }: Source, context: ContextSnapshot | undefined): Verdict {
  const inside = contextPath(path);
  const isThere = context && contextHas(context, path);
  if (isThere === false)
    return {
      message: `“${path}” is outside the build context, which has no “${inside}” either, so the build fails. Build from the folder above with \`-f\`.`,
      severity: 'error',
    };
  return {
    message: `Docker ignores “../” at the top of the build context, so this copies “${inside === '' ? '.' : inside}” from the context itself.`,
    // It is often the same file: a path from the folder of the Dockerfile, which is below the context.
    severity: 'hint',
    fixes:
      isThere && isPlain && inside !== ''
        ? [
            {
              title: `Change to “${inside}”`,
              safety: 'review',
              edits: [{ span, text: inside }],
              effect: { arguments: true, flags: true },
            },
          ]
        : [],
  };
}

function missing({ path, span, isPlain }: Source, context: ContextSnapshot): Verdict | undefined {
  const clean = contextPath(path);
  if (contextHas(context, path) !== false) return undefined;
  const folder = clean.slice(0, clean.lastIndexOf('/') + 1);
  const name = clean.slice(folder.length);
  const beside = context.entries
    .filter(entry => entry.path.startsWith(folder) && !entry.path.slice(folder.length).includes('/'))
    .map(entry => entry.path.slice(folder.length));
  const near = beside.find(other => other.toLowerCase() === name.toLowerCase());
  const guess = near ?? (MANIFESTS.has(name) ? undefined : similarManifest(name, beside));
  if (guess === undefined && !MANIFESTS.has(name)) return undefined;
  return {
    message: `The build context has no “${clean}”, and the build stops here.${guess === undefined ? '' : ` Did you mean “${folder}${guess}”?`}`,
    fixes:
      guess !== undefined && isPlain
        ? [
            {
              title: `Change to “${folder}${guess}”`,
              safety: 'review',
              edits: [{ span, text: path.slice(0, path.length - name.length) + guess }],
              effect: { arguments: true, flags: true },
            },
          ]
        : [],
  };
}

/** A slip in the name of a manifest that is there: `requirement.txt`. */
const similarManifest = (name: string, beside: readonly string[]): string | undefined =>
  name.length < 6
    ? undefined
    : similarName(
        name,
        beside.filter(other => MANIFESTS.has(other)),
      );
