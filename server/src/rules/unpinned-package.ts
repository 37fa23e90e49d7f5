import { packageActionsOf } from '../facts/index.js';
import type { ShellCommand, ShellWord } from '../shell/index.js';
import { hasFlag } from '../shell/options.js';
import { listed } from '../text/listed.js';
import { defineRule } from './rule.js';

/** What a command installs by name, without a version, and how to give it one. */
interface Unpinned {
  readonly words: readonly ShellWord[];
  readonly how: string;
}

const known = (word: ShellWord): boolean => word.literal && word.value !== '' && !/^[./~]|:\/\//.test(word.value);

function unpinned(command: ShellCommand): Unpinned | undefined {
  const action = packageActionsOf(command);
  if (!action) return undefined;
  const { manager, verb, packages } = action;
  const words = packages.filter(known);
  switch (manager) {
    case 'cargo':
      // A path, a repository and a lock file beside it say which version.
      if (!/^(?:install|binstall)$/.test(verb.value) || hasFlag(command, '--version', '--vers', '--path', '--git'))
        return undefined;
      return { words: words.filter(({ value }) => !value.includes('@')), how: 'name@version' };
    case 'composer': {
      const [first, ...rest] = words;
      const names =
        verb.value === 'global' && first?.value === 'require'
          ? rest
          : /^(?:require|req|r)$/.test(verb.value)
            ? words
            : [];
      return { words: names.filter(({ value }) => value.includes('/') && !/[:=]/.test(value)), how: 'name:^1.2' };
    }
    case 'conda':
    case 'mamba':
    case 'micromamba':
      if (!/^(?:install|create)$/.test(verb.value) || hasFlag(command, 'f', '--file', '--clone')) return undefined;
      return { words: words.filter(({ value }) => !/[=<>]/.test(value)), how: 'name=version' };
    case 'pecl':
      if (verb.value !== 'install') return undefined;
      return {
        words: words.filter(({ value }) => !/-(?:\d|alpha|beta|stable|devel)|\.tgz$/.test(value)),
        how: 'name-version',
      };
    case 'dotnet':
      if (verb.value !== 'tool' || words[0]?.value !== 'install' || hasFlag(command, '--version')) return undefined;
      return { words: words.slice(1, 2).filter(({ value }) => !value.includes('@')), how: '--version 1.2.3' };
    default:
      return undefined;
  }
}

export default defineRule({
  id: 'unpinned-package',
  codes: [],
  summary: 'A package of Cargo, Composer, Conda, PECL or .NET is installed without saying which version.',
  rationale:
    'The newest release on the day of the build is installed, so builds of the same file differ, and a release with another interface breaks them. Give the version, or install from a lock file.',
  category: 'reproducibility',
  practice: 'precise-versions',
  severity: 'info',
  profile: 'strict',
  since: '0.1.0',
  examples: {
    bad: [
      { code: 'FROM rust:1.98\nRUN cargo install --locked «cargo-chef»\n' },
      { code: 'FROM php:8.5-fpm\nRUN pecl install «redis» xdebug-3.4.0 && docker-php-ext-enable redis\n' },
      { code: 'FROM continuumio/miniconda3:25.3.1-1\nRUN conda install -y -c conda-forge «numpy» pandas=2.3\n' },
      { code: 'FROM composer:2\nRUN composer global require «laravel/installer»\n' },
      { code: 'FROM mcr.microsoft.com/dotnet/sdk:10.0\nRUN dotnet tool install -g «dotnet-ef»\n' },
    ],
    good: [
      {
        code: 'FROM rust:1.98\nRUN cargo install cargo-chef@0.1.71 && cargo install --path .\n',
        why: 'A version, and a path.',
      },
      {
        code: 'FROM composer:2\nRUN composer require monolog/monolog:^3 && composer install\n',
        why: 'A version, and a lock file.',
      },
      {
        code: 'FROM condaforge/miniforge3:25.3.0-3\nRUN conda env create -f environment.yml && conda install --file a.txt\n',
        why: 'Files say which versions.',
      },
      {
        code: 'FROM mcr.microsoft.com/dotnet/sdk:10.0\nRUN dotnet tool install -g dotnet-ef --version 10.0.0\n',
        why: 'The version is an option.',
      },
      {
        code: 'FROM php:8.5-fpm\nARG XDEBUG\nRUN pecl install xdebug-$XDEBUG ./local.tgz\n',
        why: 'What a variable holds is not known.',
      },
    ],
  },
  on: ['RUN'],
  check({ facts, report }) {
    for (const command of facts.commands) {
      const found = unpinned(command);
      const [first] = found?.words ?? [];
      if (!found || !first) continue;
      const names = listed(found.words.map(word => word.value));
      report({ span: first.span, message: `Say which version to install (${names}): ${found.how}.` });
    }
  },
});
