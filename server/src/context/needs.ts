/** RUN commands that read the repository's history, as builds do that stamp a version. */
export const READS_HISTORY =
  /\bgit\s+(?:-\S+\s+\S+\s+)*(?:describe|rev-parse|rev-list|log|show|status|submodule|tag)\b|setuptools[_-]scm|hatch-vcs|versioneer|gitversion|buildvcs/i;

/** RUN commands that install what lies in such a folder; without one the host's own folder is what the image gets. */
export const INSTALLS = {
  node_modules: /\b(?:npm|yarn|pnpm|bun)\b/,
  venv: /\b(?:pip[\d.]*|uv|poetry|pipenv|pdm|conda|venv)\b/,
} as const;
