import { type ContextSnapshot, compileIgnore, contextEntry } from '../../context/index.js';

/** What the installation of a package manager reads of the project, where it can be sure that it reads no more. */
interface Lists {
  /** Its text may show that more is read; `needsMore`. */
  readonly list: string;
  /** Read as well where they are there. */
  readonly beside?: readonly string[];
  /** Where one of them is there, it may be read, or say that others are. */
  readonly unsureWith?: readonly string[];
  readonly needsMore?: RegExp;
  /** A folder that it fills: a COPY after it must not put the one of the build context over it. */
  readonly fills?: string;
}

/** Scripts that run at the installation, parts of the project, and packages that look for its files when they are installed. */
const OF_PACKAGE_JSON =
  /"(?:pre|post)?(?:install|prepare|prepublish)"\s*:|"(?:file|link|workspace|portal|patch):|:\s*"\.{0,2}\/|"workspaces"|atchedDependencies"|"bundle(?:d)?Dependencies"|"(?:@prisma\/client|prisma|zenstack|puppeteer|nuxt|patch-package)"/;

const NODE: Omit<Lists, 'list'> = {
  needsMore: OF_PACKAGE_JSON,
  fills: 'node_modules',
};

const LISTS: Readonly<Record<string, Lists>> = {
  npm: {
    ...NODE,
    list: 'package.json',
    beside: ['package-lock.json', 'npm-shrinkwrap.json', '.npmrc'],
    unsureWith: ['binding.gyp'],
  },
  yarn: {
    ...NODE,
    list: 'package.json',
    beside: ['yarn.lock', '.npmrc'],
    unsureWith: ['.yarnrc', '.yarnrc.yml', '.yarn', '.pnp.cjs', 'binding.gyp'],
  },
  pnpm: {
    ...NODE,
    list: 'package.json',
    beside: ['pnpm-lock.yaml', '.npmrc'],
    unsureWith: ['pnpm-workspace.yaml', '.pnpmfile.cjs', 'binding.gyp'],
  },
  go: {
    list: 'go.mod',
    beside: ['go.sum'],
    unsureWith: ['go.work', 'vendor'],
    needsMore: /=>\s*(?:\.|\/)/,
  },
  bundle: {
    list: 'Gemfile',
    beside: ['Gemfile.lock'],
    unsureWith: ['.bundle'],
    needsMore: /gemspec|path\b|\bfile:|eval_gemfile|require_relative|File\./,
  },
  composer: {
    list: 'composer.json',
    beside: ['composer.lock'],
    unsureWith: ['symfony.lock', 'auth.json'],
    needsMore: /"(?:path|artifact|allow-plugins)"|patches/,
    fills: 'vendor',
  },
  poetry: {
    list: 'pyproject.toml',
    beside: ['poetry.lock'],
    unsureWith: ['poetry.toml', '.venv'],
    needsMore: /\bpath\s*=|file:/,
  },
  pipenv: {
    list: 'Pipfile',
    beside: ['Pipfile.lock'],
    unsureWith: ['.venv'],
    needsMore: /\bpath\s*=|editable|file:/,
  },
  uv: {
    list: 'pyproject.toml',
    beside: ['uv.lock', '.python-version'],
    unsureWith: ['uv.toml'],
    needsMore: /workspace|\bpath\s*=|file:/,
    fills: '.venv',
  },
  maven: {
    list: 'pom.xml',
    unsureWith: ['.mvn'],
    needsMore: /<modules?>|<systemPath>|<relativePath>\s*[^<\s]/,
  },
};

/** Lines of a requirements file that name other files. */
const OF_REQUIREMENTS = /^\s*(?:-[ercf]|--(?:editable|requirement|constraint|find-links)|\.|\/|file:)|@\s*file:/m;
const isLocalArchive = (line: string): boolean => /^[^#:]+\.(?:whl|zip|tar\.gz)\s*$/.test(line);

/**
 * The files in the root of the build context that an installation needs, and nothing else of it; undefined where that is
 * not certain. `list` is the file that the command itself names.
 */
export function filesToInstall(
  context: ContextSnapshot,
  manager: string,
  list: string,
  needsLock: boolean,
): readonly string[] | undefined {
  const row =
    manager === 'pip'
      ? { list, needsMore: OF_REQUIREMENTS }
      : manager === 'dotnet'
        ? ofDotnet(context)
        : LISTS[manager];
  if (!row || !context.complete || context.isUnsure) return undefined;
  const ignore = compileIgnore(context.ignore?.text ?? '');
  const isThere = (path: string): boolean => contextEntry(context, path) !== undefined;
  const text = contextEntry(context, row.list)?.text;
  const needsText = manager !== 'dotnet';
  if (!isThere(row.list) || (needsText && (text === undefined || row.needsMore?.test(text) !== false)))
    return undefined;
  if (text?.split('\n').some(isLocalArchive)) return undefined;
  if (row.unsureWith?.some(isThere)) return undefined;
  if (row.fills !== undefined && ignore.verdict(row.fills) !== 'ignored') return undefined;
  const beside = row.beside?.filter(isThere) ?? [];
  if (needsLock && !beside.some(name => /lock|shrinkwrap/.test(name))) return undefined;
  const files = [row.list, ...beside];
  return files.every(name => ignore.verdict(name) === 'kept') ? files : undefined;
}

/** A project that is alone in the context: no other one can be part of it. */
function ofDotnet({ entries }: ContextSnapshot): Lists | undefined {
  const projects = entries.filter(({ path }) => /\.(?:cs|fs|vb)proj$|\.slnx?$/.test(path));
  const [project] = projects;
  if (!project || projects.length > 1 || !/^[\w.-]+proj$/.test(project.path)) return undefined;
  return {
    list: project.path,
    beside: ['NuGet.Config', 'NuGet.config', 'nuget.config', 'global.json'],
    unsureWith: [
      'Directory.Build.props',
      'Directory.Build.targets',
      'Directory.Packages.props',
      'packages.lock.json',
      'paket.dependencies',
    ],
    fills: 'obj',
  };
}
