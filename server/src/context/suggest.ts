import { type CompiledIgnore, compileIgnore } from './ignore.js';
import { isSecretFile } from './leaks.js';
import { isLetIn } from './let-in.js';
import { INSTALLS, MAY_READ_HISTORY, readsEnvFiles } from './needs.js';
import { contextPath } from './snapshot.js';

interface Suggestion {
  /** Lines that belong together, such as a pattern and its exception. */
  readonly lines: readonly string[];
  /** A path that they keep out, to see whether another pattern does so already. */
  readonly sample: string;
  /** What the build or an installation makes: kept out only where some RUN matches, since else the host's is meant. */
  readonly madeBy?: RegExp;
  /** Kept out unless some RUN matches. */
  readonly neededBy?: RegExp;
  /** The lines instead where a bundler reads the others in the build. */
  readonly bundled?: readonly string[];
  /** Meant for secrets: not when it would keep out another file too. */
  readonly secret?: true;
}

interface Ecosystem {
  /** Matches the base name of some file of the project; undefined for all projects. */
  readonly marker?: RegExp;
  readonly suggestions: readonly Suggestion[];
}

const one = (line: string, sample = line.replace(/\*\*\//, 'a/').replace(/\*/g, 'a')): Suggestion => ({
  lines: [line],
  sample,
});
const made = (line: string, madeBy: RegExp): Suggestion => ({ ...one(line), madeBy });
const secret = (line: string, sample?: string): Suggestion => ({ ...one(line, sample), secret: true });

/** What each ecosystem writes beside its sources: the `.gitignore` templates of github/gitignore and the tools' own docs. */
const ECOSYSTEMS: readonly Ecosystem[] = [
  {
    suggestions: [
      { ...one('.git'), neededBy: MAY_READ_HISTORY },
      {
        lines: ['**/.env', '**/.env.*', '!**/.env.example'],
        sample: 'a/.env.local',
        secret: true,
        bundled: ['**/.env.local', '**/.env.*.local'],
      },
      secret('**/*.pem'),
      secret('**/*.key'),
      secret('**/id_rsa*', 'a/id_rsa'),
      secret('**/id_ed25519*', 'a/id_ed25519'),
      one('**/.DS_Store'),
      one('.vscode'),
      one('.idea'),
      one('Dockerfile*', 'Dockerfile'),
      one('.dockerignore'),
      one('compose*.y*ml', 'compose.yaml'),
      one('docker-compose*.y*ml', 'docker-compose.yml'),
      one('**/*.log'),
    ],
  },
  {
    marker: /^package\.json$/,
    suggestions: [
      made('**/node_modules', INSTALLS.node_modules),
      made('dist', /\bbuild\b/),
      made('.next', /\bbuild\b/),
      one('coverage'),
      one('.npm'),
      one('.nyc_output'),
    ],
  },
  {
    marker: /^(?:pyproject\.toml|requirements.*\.txt|setup\.(?:py|cfg)|Pipfile|poetry\.lock|uv\.lock)$/,
    suggestions: [
      one('**/__pycache__'),
      one('**/*.py[cod]', 'a/a.pyc'),
      made('.venv', INSTALLS.venv),
      made('venv', INSTALLS.venv),
      one('.pytest_cache'),
      one('.mypy_cache'),
      one('.ruff_cache'),
      one('**/*.egg-info'),
    ],
  },
  { marker: /^go\.mod$/, suggestions: [made('bin', /\b(?:go|make)\b/), one('**/*.test')] },
  { marker: /^pom\.xml$/, suggestions: [made('**/target', /\bmvnw?\b/)] },
  {
    marker: /^(?:build|settings)\.gradle(?:\.kts)?$/,
    suggestions: [made('**/build', /\bgradlew?\b/), one('**/.gradle')],
  },
  {
    marker: /\.(?:cs|fs|vb)proj$|\.slnx?$/,
    suggestions: [made('**/bin', /\bdotnet\b/), made('**/obj', /\bdotnet\b/), one('.vs')],
  },
  {
    marker: /^Gemfile$/,
    suggestions: [one('.bundle'), made('vendor/bundle', /\bbundle\b/), one('log/*'), one('tmp/*')],
  },
  { marker: /^composer\.json$/, suggestions: [made('vendor', /\bcomposer\b/), one('storage/logs/*')] },
  { marker: /^Cargo\.toml$/, suggestions: [made('target', /\bcargo\b/)] },
  { marker: /^mix\.exs$/, suggestions: [made('_build', /\bmix\b/), made('deps', /\bmix\b/)] },
  { marker: /\.tf$/, suggestions: [one('**/.terraform'), one('**/*.tfstate*', 'a/a.tfstate')] },
];

/** Whether a file of this name says that a project is in its folder. */
export const isProjectFile = (name: string): boolean => ECOSYSTEMS.some(({ marker }) => marker?.test(name) === true);

export interface SuggestFor {
  /** Paths of the build context. */
  readonly files: readonly string[];
  /** What COPY and ADD name, as written, variables expanded where they are known. */
  readonly sources: readonly string[];
  /** The texts of the RUN instructions. */
  readonly scripts: readonly string[];
  readonly existing?: CompiledIgnore;
}

/** Lines for the ignore file of a project. None keeps out what a COPY or ADD names or the build needs, and none repeats what `existing` does. */
export function suggestIgnore({ files, sources: named, scripts, existing }: SuggestFor): string[] {
  const { ecosystems, keepsOutOther } = viewOf(files);
  const sources = named.map(contextPath).filter(source => source !== '');
  // A source that is not known may be the product of the build.
  const isOpen = named.some(source => source.includes('$'));
  const runs = (what: RegExp): boolean => scripts.some(script => what.test(script));
  const lines: string[] = [];
  const isBundled = readsEnvFiles(files, scripts);
  for (const { suggestions } of ecosystems) {
    for (const one of suggestions) {
      const suggestion = isBundled && one.bundled ? { ...one, lines: one.bundled, secret: undefined } : one;
      if (suggestion.madeBy && (isOpen || !runs(suggestion.madeBy))) continue;
      if (suggestion.neededBy && runs(suggestion.neededBy)) continue;
      if (existing && existing.verdict(suggestion.sample) !== 'kept') continue;
      if (sources.some(source => keepsOut(suggestion.lines, source))) continue;
      if (suggestion.secret && keepsOutOther(suggestion)) continue;
      if (existing && takesBack(existing, suggestion.lines, files)) continue;
      for (const line of suggestion.lines) if (!lines.includes(line)) lines.push(line);
    }
  }
  return lines;
}

/**
 * Whether the lines, after those that are there, may keep out again what one of them lets in: a file that is there, or the
 * very path that it names.
 */
export function takesBack(existing: CompiledIgnore, lines: readonly string[], files: readonly string[]): boolean {
  if (!existing.hasNegation) return false;
  const ignore = compileIgnore(lines.join('\n'));
  const named = existing.patterns.flatMap(({ negated, pattern }) => (negated ? pattern.replace(/^\*\*\//, 'a/') : []));
  return (
    named.some(path => ignore.verdict(path) !== 'kept') ||
    files.some(path => ignore.verdict(path) !== 'kept' && isLetIn(existing, path))
  );
}

/** The longest text of each line that must be in a path which the line keeps out; to look for it costs least. */
const piecesOf = (lines: readonly string[]): readonly string[] =>
  lines
    .filter(line => !line.startsWith('!'))
    .map(line =>
      line
        .replace(/^\*\*\//, '')
        .replace(/\[[^\]]*\]/g, '*')
        .split(/[*?]/)
        .reduce((longest, piece) => (piece.length > longest.length ? piece : longest)),
    );

interface View {
  readonly ecosystems: readonly Ecosystem[];
  /** Whether lines that are meant for secrets keep out a file that is none: a certificate, a public key, `.env.test`. */
  keepsOutOther(suggestion: Suggestion): boolean;
}

// By the list, for many Dockerfiles may share one context.
const views = new WeakMap<readonly string[], View>();

function viewOf(files: readonly string[]): View {
  let view = views.get(files);
  if (!view) {
    const names = new Set(files.map(file => file.slice(file.lastIndexOf('/') + 1)));
    const known = new Map<Suggestion, boolean>();
    view = {
      ecosystems: ECOSYSTEMS.filter(({ marker }) => !marker || [...names].some(name => marker.test(name))),
      keepsOutOther: suggestion => {
        let answer = known.get(suggestion);
        if (answer === undefined) {
          const ignore = compileIgnore(suggestion.lines.join('\n'));
          const pieces = piecesOf(suggestion.lines);
          answer = files.some(
            file =>
              pieces.some(piece => file.includes(piece)) && !isSecretFile(file) && ignore.verdict(file) !== 'kept',
          );
          known.set(suggestion, answer);
        }
        return answer;
      },
    };
    views.set(files, view);
  }
  return view;
}

/** Whether the lines may keep out a source, or, for a source with wildcards, something that it may mean. */
function keepsOut(lines: readonly string[], source: string): boolean {
  if (compileIgnore(lines.join('\n')).verdict(source) !== 'kept') return true;
  if (!/[*?[]/.test(source)) return false;
  // `COPY *.js*`, `COPY conf/* /etc/`: what the wildcard is asked for by name is kept.
  const literals = lines.filter(line => !line.startsWith('!')).map(line => line.replace(/^\*\*\//, ''));
  const glob = compileIgnore(source);
  return literals.some(literal => !literal.includes('*') && glob.verdict(literal) !== 'kept' && !/^\*+$/.test(source));
}
