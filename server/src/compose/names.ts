import { isComposeName } from '../../../shared/src/compose-names.js';

const BASES = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];
const OVERRIDES = [
  'compose.override.yaml',
  'compose.override.yml',
  'docker-compose.override.yaml',
  'docker-compose.override.yml',
];

/** A YAML file under another name that was given by somebody and has services. */
export const isComposeFile = (name: string, text: string): boolean =>
  isComposeName(name) || (/\.ya?ml$/i.test(name) && /^services:/m.test(text));

/** The names that Compose looks for by itself; the first that is there wins. */
export const BASE_NAMES: readonly string[] = BASES;
export const OVERRIDE_NAMES: readonly string[] = OVERRIDES;

/** A file that is made to be laid over another one, by its name. */
export const isOverrideName = (name: string): boolean =>
  /[._-]override(?:[._-]|$)/i.test(name.replace(/\.ya?ml$/i, ''));

/** A stack for developing, testing or showing something, by its name. */
export const isForTrying = (name: string): boolean =>
  /(?:^|[._-])(?:dev|devel|development|local|debug|test|tests|testing|it|ci|e2e|example|sample|demo)(?:[._-]|$)/i.test(
    name,
  );

/** A file that `docker stack deploy` is meant for, by its name. */
export const isForSwarm = (name: string): boolean => /(?:^|[._-])(?:stack|swarm)(?:[._-]|$)/i.test(name);
