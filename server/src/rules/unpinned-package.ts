import { reportsUnpinned, sayVersion } from './packages/unpinned.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'unpinned-package',
  codes: [],
  summary: 'A package of Cargo, Composer, Conda, PECL or .NET is installed without a pinned version.',
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
  ...reportsUnpinned(['cargo', 'composer', 'conda', 'mamba', 'micromamba', 'pecl', 'dotnet'], sayVersion),
});
