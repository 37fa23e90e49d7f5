import { find, type InstructionFacts } from '../facts/index.js';
import { packageActions } from '../facts/packages/in-run.js';
import type { ShellCommand } from '../shell/index.js';
import { hasFlag } from '../shell/options.js';
import { clearCache } from './packages/clear-cache.js';
import { onlyFillsCache } from './packages/only-fills-cache.js';
import { defineRule } from './rule.js';

const INSTALLS = new Set([
  'install',
  'i',
  'in',
  'add',
  'ci',
  'clean-install',
  'ic',
  'install-clean',
  'isntall',
  'update',
  'up',
]);

function isCleared({ base, args }: ShellCommand): boolean {
  if (base === 'rm')
    return args.some(word => /\.npm(?:\/\*|\/_cacache)?\/?$|\/tmp\/\*|\/root\/\*|_cacache/.test(word.value));
  if (base !== 'npm') return false;
  const [verb, what] = args.filter(({ value }) => !value.startsWith('-')).map(({ value }) => value);
  return verb === 'cache' && /^(?:clean|clear|rm)$/.test(what ?? '');
}

/** The cache is elsewhere, or outside the layer. */
function isElsewhere(facts: InstructionFacts): boolean {
  if (find(facts.scope, 'NPM_CONFIG_CACHE') ?? find(facts.scope, 'npm_config_cache')) return true;
  if (/npm_config_cache=|npm (?:config )?set (?:-\S+ )*cache[= ]/i.test(facts.script?.source.text ?? '')) return true;
  return facts.mounts.some(
    ({ type, target }) => (type === 'cache' || type === 'tmpfs') && /npm|\.cache|^\/root\/?$|^~/.test(target ?? ''),
  );
}

export default defineRule({
  id: 'npm-cache-left',
  codes: [],
  summary: 'npm leaves its download cache in the image.',
  rationale:
    'npm keeps a copy of every downloaded package below `~/.npm`, beside the installed one in node_modules. Nothing reads it again in the finished image. Empty it in the same RUN, or put it on a cache mount.',
  category: 'size',
  practice: 'small-images',
  severity: 'info',
  since: '0.1.0',
  examples: {
    bad: [
      {
        code: 'FROM node:24\nRUN «npm ci» --omit=dev\n',
        fixed: 'FROM node:24\nRUN npm ci --omit=dev && npm cache clean --force\n',
      },
      {
        code: 'FROM node:24\nRUN npm config set fund false \\\n  && «npm install» -g typescript@5.9.2\n',
        fixed:
          'FROM node:24\nRUN npm config set fund false \\\n  && npm install -g typescript@5.9.2 \\\n  && npm cache clean --force\n',
      },
      {
        code: 'FROM alpine:3.22\nRUN apk add --no-cache nodejs npm && «npm install» -g serve@14 && apk del npm\n',
        fixed:
          'FROM alpine:3.22\nRUN apk add --no-cache nodejs npm && npm install -g serve@14 && npm cache clean --force && apk del npm\n',
        why: 'npm itself is removed later.',
      },
    ],
    good: [
      { code: 'FROM node:24\nRUN npm ci && npm cache clean --force\n', why: 'The cache is emptied.' },
      {
        code: 'FROM node:24\nRUN --mount=type=cache,target=/root/.npm npm ci\n',
        why: 'The cache is outside the image.',
      },
      {
        code: 'FROM node:24 AS build\nRUN npm ci\nFROM nginx:1.27\nCOPY --from=build /app/dist /usr/share/nginx/html\n',
        why: 'The stage is not part of the image.',
      },
      { code: 'FROM node:24\nRUN npm ci && rm -rf /root/.npm\n', why: 'The folder is removed.' },
      {
        code: 'FROM node:24\nRUN npm config set cache /tmp/npm && npm ci && rm -rf /tmp/npm\n',
        why: 'It was put elsewhere.',
      },
      { code: 'FROM node:24\nRUN npm ci && npm cache --force clean\n', why: 'The option may be before the verb.' },
    ],
  },
  instruction: { keywords: ['RUN'], words: ['npm'] },
  check({ instruction, facts, onbuild, report }) {
    if (!onbuild && !facts.stage.inFinalImage) return;
    const installs = packageActions(facts).filter(
      ({ manager, verb, command }) =>
        manager === 'npm' &&
        INSTALLS.has(verb.value) &&
        !hasFlag(command, '--cache', '--dry-run', '--package-lock-only'),
    );
    const last = installs.at(-1);
    if (!last || facts.commands.some(isCleared) || isElsewhere(facts) || onlyFillsCache(facts)) return;
    const edit = clearCache(instruction, facts, last.command, 'npm cache clean --force');
    report({
      span: { start: last.command.span.start, end: last.verb.span.end },
      message: 'The npm cache stays in the image unused. Clean it in the same RUN.',
      // A single tool is not much.
      minor: installs.every(({ command, packages }) => packages.length === 1 && hasFlag(command, 'g', '--global')),
      fixes: edit ? [{ title: 'Add npm cache clean --force', safety: 'safe', edits: [edit] }] : [],
    });
  },
});
