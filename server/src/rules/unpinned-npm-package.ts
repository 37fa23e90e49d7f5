import { type PackageAction, packageActions } from '../facts/packages/in-run.js';
import type { ShellWord } from '../shell/index.js';
import { sayVersion } from './packages/unpinned.js';
import { defineRule } from './rule.js';

const LOCAL = /^(?:\/|\.\.?(?:\/|$)|~\/)|\.(?:tar|tar\.gz|tgz)$/;
const GIT = /^git(?:\+\w+)?:/;

function isUnpinned(word: ShellWord): boolean {
  const { value } = word;
  if (value === '' || word.variables.length > 0 || /[$`]/.test(word.text) || LOCAL.test(value)) return false;
  if (GIT.test(value)) return !value.includes('#');
  if (/^(?:https?|file):/.test(value)) return false;
  return !value.slice(1).includes('@');
}

/** `user/repo#v1` and `github:user/repo#v1`. */
const isPinnedRepository = ({ value }: ShellWord): boolean => /^[^@#\s]+\/[^#\s]+#./.test(value);
/** Tags that move with every release. */
const isMoving = ({ value }: ShellWord): boolean => /.@(?:latest|next|canary|nightly|beta)$/.test(value);

/** The packages that a command names: `npm install x`, `yarn global add x`, `pnpm add x`, `bun add x`. */
function named({ manager, verb, kind, packages }: PackageAction): readonly ShellWord[] {
  switch (manager) {
    case 'npm':
    case 'pnpm':
    case 'bun':
      return kind === 'install' ? packages : [];
    case 'yarn': {
      if (verb.value === 'add') return packages;
      const add = packages.findIndex(({ value }) => value === 'add');
      return (verb.value === 'global' && add === 0) || (verb.value === 'workspace' && add === 1)
        ? packages.slice(add + 1)
        : [];
    }
    default:
      return [];
  }
}

const unpinnedOf = (action: PackageAction): readonly ShellWord[] =>
  named(action).filter(word => (isUnpinned(word) && !isPinnedRepository(word)) || isMoving(word));

export default defineRule({
  id: 'unpinned-npm-package',
  codes: ['DL3016'],
  summary: 'An npm package is installed without a pinned version.',
  rationale:
    'Without a version npm takes whatever is tagged `latest` on the day of the build, so builds of the same file differ. Write `name@version`, or list the package in package.json and install with `npm ci` from a lock file.',
  category: 'reproducibility',
  practice: 'precise-versions',
  severity: 'warning',
  profile: 'strict',
  since: '0.1.0',
  examples: {
    bad: [
      { code: 'FROM node:24\nRUN npm install -g «typescript» eslint@9.17.0\n' },
      { code: 'FROM node:24\nRUN npm install --registry https://npm.example.com «@acme/tool»\n' },
      {
        code: 'FROM node:24\nRUN yarn global add «serve» && pnpm add -g «turbo@latest»\n',
        why: 'Whatever installs it.',
      },
      { code: 'FROM node:24\nRUN npm install «git+https://github.com/npm/cli.git»\n' },
    ],
    good: [
      { code: 'FROM node:24\nRUN npm install -g typescript@5.9.2\n', why: 'The version is given.' },
      {
        code: 'FROM node:24\nCOPY package.json ./\nRUN npm install --unsafe-perm\n',
        why: 'package.json says what to install.',
      },
      { code: 'FROM node:24\nRUN npm install ./pack.tgz ../lib\n', why: 'Local files are what they are.' },
      { code: 'FROM node:24\nRUN npm install acme/tool#v1.2.0\n', why: 'A tag of a repository.' },
      { code: 'FROM node:24\nRUN npm run install\n', why: 'This runs a script.' },
    ],
  },
  instruction: { keywords: ['RUN'] },
  check({ facts, report }) {
    for (const action of packageActions(facts)) {
      for (const found of sayVersion(unpinnedOf(action), 'name@version'))
        report({ ...found, ...(action.manager === 'npm' ? {} : { codes: [] }) });
    }
  },
});
