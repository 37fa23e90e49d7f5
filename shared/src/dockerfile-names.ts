/**
 * Names of Dockerfiles, as glob patterns in lower case; names are compared without regard to case. The patterns are those
 * that package.json gives to VS Code.
 */
export const DOCKERFILE_PATTERNS = [
  'dockerfile',
  'containerfile',
  'dockerfile.*',
  'dockerfile-*',
  'dockerfile_*',
  'containerfile.*',
  'containerfile-*',
  'containerfile_*',
  '*.dockerfile',
  '*.containerfile',
] as const;

/** Ends of names that are about a Dockerfile, or that tools leave beside one: `Dockerfile.md`, `Dockerfile.orig`, `Dockerfile~`. */
const OTHER_ENDS = [
  // What goes into the build context.
  'dockerignore',
  'containerignore',
  // Backups of editors, merges and package managers.
  'bak',
  'backup',
  'old',
  'orig',
  'rej',
  'swo',
  'swp',
  'tmp',
  'diff',
  'patch',
  // Documents, scripts and data.
  'adoc',
  'json',
  'markdown',
  'md',
  'ps1',
  'rst',
  'sh',
  'txt',
  'yaml',
  'yml',
] as const;

/** Source code about Dockerfiles is named in lower case, as in `dockerfile_test.go`; `Dockerfile.go` builds something in Go. */
const SOURCE_ENDS = [
  'c',
  'cc',
  'cpp',
  'cs',
  'go',
  'h',
  'java',
  'js',
  'jsx',
  'kt',
  'lua',
  'mjs',
  'php',
  'pl',
  'py',
  'rb',
  'rs',
  'scala',
  'swift',
  'ts',
  'tsx',
  'vim',
  'xml',
] as const;

const NAME = /^(?:docker|container)file(?:$|[._-].)|\.(?:docker|container)file$/i;
const OTHER = new RegExp(`(?:~|\\.(?:${OTHER_ENDS.join('|')}))$`, 'i');
const SOURCE = new RegExp(`^(?:docker|container)file.*\\.(?:${SOURCE_ENDS.join('|')})$`);

/** Whether the name says that it is something else than a Dockerfile, such as a document. */
export const isOtherName = (name: string): boolean => OTHER.test(name) || SOURCE.test(name);

/** Whether a file is taken for a Dockerfile by its name alone, without its folder. */
export const isDockerfileName = (name: string): boolean => NAME.test(name) && !isOtherName(name);
