/** Names of Compose files, as glob patterns in lower case, for editors that choose documents by them. */
export const COMPOSE_PATTERNS = [
  'compose.yml',
  'compose.yaml',
  'compose.*.yml',
  'compose.*.yaml',
  'compose-*.yml',
  'compose-*.yaml',
  'docker-compose*.yml',
  'docker-compose*.yaml',
] as const;

const NAME = /^(?:docker-)?compose(?:[._-].*)?\.ya?ml$/i;

/** Whether a file is taken for a Compose file by its name alone, without its folder. */
export const isComposeName = (name: string): boolean => NAME.test(name);
