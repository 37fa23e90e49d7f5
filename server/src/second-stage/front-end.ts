import { parseReference } from '../dockerfile/index.js';
import type { Stage } from '../facts/index.js';
import { missingTag } from '../images/index.js';
import { isBelow, pathIn } from './paths.js';
import type { BuildCommand, Result, Runtime, Toolchain, Work } from './types.js';

/** Pages that a bundler makes and a small web server, installed for itself, hands out. */
export const FRONT_END: Toolchain = {
  isFor: ({ image }) => image.runtime === 'node',
  commands: new Set(['npm', 'yarn', 'pnpm', 'corepack']),
  // The server reads nothing but the folder that it is given.
  isSource: () => true,
  manifest: /(?:^|\/)package\.json$/,
  variables: /^(?:VITE_\w+|REACT_APP_\w+|PUBLIC_URL|GENERATE_SOURCEMAP|CI|NPM_CONFIG_\w+|npm_config_\w+|NODE_OPTIONS)$/,
  prepares: words =>
    words.some(word => /^(?:-g|--global|global)$/.test(word)) &&
    words.some(word => SERVERS.has(word.replace(VERSION, ''))),
  result: resultOf,
};

const VERSION = /(?<=.)@.*$/;
const SERVERS = new Set(['serve', 'http-server']);
/** Options of them that take a value. */
const WITH_VALUE = /^-(?:l|p|c|a|-listen|-port|-config)$/;

function resultOf({ started, commands, prepared, stage }: Work): Result | string {
  const { words, workdir } = started;
  const [program = '', ...args] = words;
  if (!SERVERS.has(program)) return 'the container does not start a server of static pages, such as “serve”';
  const installs = ({ command }: BuildCommand): boolean =>
    command.args.some(({ value }) => value.replace(VERSION, '') === program);
  if (!prepared.some(installs)) return `“${program}” is not seen to be installed for all`;
  if (args.some(word => /^(?:-c|--config)/.test(word) && program === 'serve'))
    return 'its server reads settings from a file';
  const operands = args.filter((word, index) => !word.startsWith('-') && !WITH_VALUE.test(args[index - 1] ?? ''));
  const [folder] = operands;
  const path = folder === undefined || operands.length > 1 ? undefined : pathIn(folder, workdir);
  if (path === undefined || path === workdir || /[$`]/.test(path))
    return 'the folder that the server hands out is not named';
  const root = commands.find(
    ({ command, workdir: at }) =>
      isBuild(command.args.map(({ value }) => value)) && at !== undefined && isBelow(path, at),
  );
  if (!root) return `no “npm run build” is seen to make ${folder}`;
  return { needed: [{ from: path, to: path }], runtime: () => runtimeOf(stage) };
}

const isBuild = (words: readonly string[]): boolean => words.some(word => /^build(?::[\w-]+)?$/.test(word));

/** Node itself is needed for the server, the compilers of the full image are not. */
function runtimeOf({ base, image }: Stage): Runtime | string {
  const reference = base.kind === 'image' && base.certainty === 'known' ? base.reference : undefined;
  if (!reference) return 'a variable decides the base image';
  const { tag, name, digest } = reference;
  const full = reference.text.slice(0, reference.tagEnd);
  if (digest !== undefined || image.family === 'alpine' || (tag !== undefined && /slim/.test(tag)))
    return { image: reference.text, packages: [] };
  const slim = tag === undefined || tag === 'latest' ? `${full.slice(0, reference.nameEnd)}:slim` : `${full}-slim`;
  return { image: missingTag(parseReference(slim)) || name !== 'node' ? reference.text : slim, packages: [] };
}
