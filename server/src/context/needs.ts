/**
 * RUN commands that read the repository's history, as builds do that stamp a version, or that run what may do so: a
 * makefile or a script of the context (`./build.sh`, `sh scripts/build`), which often asks git for the version.
 */
export const MAY_READ_HISTORY =
  /(?:^|[\s;&|("'])(?:\.\/\w|(?:ba|da|a)?sh\s+(?!-c\b)[\w./-]|(?:scripts?|hack|tools|build|ci)\/\w)|\b(?:make|mage|just|goreleaser|bazel|nix)\s|\bgit\s+(?:-\S+\s+\S+\s+)*(?:describe|rev-parse|rev-list|log|show|status|submodule|tag)\b|setuptools[_-]scm|hatch-vcs|versioneer|gitversion|buildvcs/i;

/** RUN commands that install what is in such a folder; without one the host's own folder is what the image gets. */
export const INSTALLS = {
  node_modules: /\b(?:npm|yarn|pnpm|bun)\b/,
  venv: /\b(?:pip[\d.]*|uv|poetry|pipenv|pdm|conda|venv)\b/,
} as const;

/** The settings of tools that put values from `.env` files into what browsers load. */
const BUNDLERS = /(?:^|\/)(?:vite|next|nuxt|astro|svelte|vue|gatsby|craco|rsbuild|remix)[.-]config\.[cm]?[jt]s$/;
const BUILDS =
  /\b(?:npm|yarn|pnpm|bun)\b[^;&|\n]*\bbuild\b|\b(?:vite|next|nuxt|astro|gatsby|react-scripts)\s+(?:build|generate)\b/;

/** Whether a bundler reads `.env` and `.env.production` in the build, whose values are public by then. */
export const readsEnvFiles = (files: readonly string[], scripts: readonly string[]): boolean =>
  scripts.some(script => BUILDS.test(script)) && files.some(file => BUNDLERS.test(file));

/** Such a file; what ends in `local` is for one machine, and secret. */
export const ENV_OF_BUNDLER = /^\.env(?:\.(?:production|development|staging))?$/;
