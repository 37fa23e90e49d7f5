import { type CompiledIgnore, compileIgnore } from './ignore.js';
import { contextPath } from './snapshot.js';

interface Suggestion {
  /** Lines that belong together, such as a pattern and its exception. */
  readonly lines: readonly string[];
  /** A path that they keep out, to see whether another pattern does so already. */
  readonly sample: string;
  /** A product of a build: a Dockerfile may copy it on purpose. */
  readonly isOutput?: boolean;
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
const output = (line: string): Suggestion => ({ ...one(line), isOutput: true });

/** What each ecosystem writes beside its sources: the `.gitignore` templates of github/gitignore and the tools' own docs. */
const ECOSYSTEMS: readonly Ecosystem[] = [
  {
    suggestions: [
      one('.git'),
      { lines: ['**/.env', '**/.env.*', '!**/.env.example'], sample: 'a/.env.local' },
      one('**/*.pem'),
      one('**/*.key'),
      one('**/id_rsa*', 'a/id_rsa'),
      one('**/id_ed25519*', 'a/id_ed25519'),
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
      one('**/node_modules'),
      output('dist'),
      output('.next'),
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
      one('.venv'),
      one('venv'),
      one('.pytest_cache'),
      one('.mypy_cache'),
      one('.ruff_cache'),
      one('**/*.egg-info'),
    ],
  },
  { marker: /^go\.mod$/, suggestions: [output('bin'), one('**/*.test')] },
  { marker: /^pom\.xml$/, suggestions: [output('**/target')] },
  { marker: /^(?:build|settings)\.gradle(?:\.kts)?$/, suggestions: [output('**/build'), one('**/.gradle')] },
  { marker: /\.(?:cs|fs|vb)proj$|\.slnx?$/, suggestions: [output('**/bin'), output('**/obj'), one('.vs')] },
  { marker: /^Gemfile$/, suggestions: [one('.bundle'), output('vendor/bundle'), one('log/*'), one('tmp/*')] },
  { marker: /^composer\.json$/, suggestions: [output('vendor'), one('storage/logs/*')] },
  { marker: /^Cargo\.toml$/, suggestions: [output('target')] },
  { marker: /^mix\.exs$/, suggestions: [output('_build'), output('deps')] },
  { marker: /\.tf$/, suggestions: [one('**/.terraform'), one('**/*.tfstate*', 'a/a.tfstate')] },
];

/**
 * Lines for the ignore file of a project with these files. None keeps out what a COPY or ADD names (`copySources`, as
 * written, variables expanded where they are known), and none repeats what `existing` does.
 */
export function suggestIgnore(
  files: readonly string[],
  copySources: readonly string[],
  existing?: CompiledIgnore,
): string[] {
  const names = new Set(files.map(file => file.slice(file.lastIndexOf('/') + 1)));
  const sources = copySources.map(contextPath).filter(source => source !== '');
  // A source that is not known may be the product of the build.
  const isOpen = copySources.some(source => source.includes('$'));
  const lines: string[] = [];
  for (const { marker, suggestions } of ECOSYSTEMS) {
    if (marker && ![...names].some(name => marker.test(name))) continue;
    for (const suggestion of suggestions) {
      if (suggestion.isOutput && isOpen) continue;
      if (existing?.ignores(suggestion.sample)) continue;
      if (sources.some(source => keepsOut(suggestion.lines, source))) continue;
      for (const line of suggestion.lines) if (!lines.includes(line)) lines.push(line);
    }
  }
  return lines;
}

/** Whether the lines keep out a source, or, for a source with wildcards, something that it may mean. */
function keepsOut(lines: readonly string[], source: string): boolean {
  const ignore = compileIgnore(lines.join('\n'));
  if (ignore.ignores(source)) return true;
  if (!/[*?[]/.test(source)) return false;
  // `COPY *.js*`, `COPY conf/* /etc/`: what the wildcard is asked for by name is kept.
  const literals = lines.filter(line => !line.startsWith('!')).map(line => line.replace(/^\*\*\//, ''));
  const glob = compileIgnore(source);
  return literals.some(literal => !literal.includes('*') && glob.ignores(literal) && !/^\*+$/.test(source));
}
