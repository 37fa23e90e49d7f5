import { contextEntry } from '../context/index.js';
import { type Instruction, perInstruction } from '../dockerfile/index.js';
import { baseName } from '../facts/files/transfer.js';
import type { FileFacts, Stage } from '../facts/index.js';
import { perLineage } from '../facts/per-lineage.js';
import { readStart } from './reading.js';
import type { Evidence } from './types.js';
import { startWrites } from './writes.js';

/** Containers that people work in; their tools expect root or sudo. */
export function isForDevelopment(facts: FileFacts, stage: Stage): boolean {
  if (
    facts.stages.some(
      ({ base }) =>
        base.kind === 'image' &&
        base.text.includes('devcontainer') &&
        /(?:^|\/)devcontainers?(?:\/|$)/.test(base.reference.path),
    )
  )
    return true;
  if (/(?:^|\/)\.devcontainer(?:\/|$)/.test(facts.context?.folder ?? '')) return true;
  return stage.name !== undefined && /devcontainer/.test(stage.name);
}

/** GitHub starts the container of an action as root on purpose: another user cannot write to the workspace. */
export const isGitHubAction = ({ context }: FileFacts): boolean =>
  context !== undefined &&
  ['action.yml', 'action.yaml'].some(path =>
    /^\s*using:\s*["']?docker\b/m.test(contextEntry(context, path)?.text ?? ''),
  );

const BUILDS =
  /(?<![^\s"'/])(mvnw?|gradlew?|sbt|lein|cargo|webpack(?:-dev-server)?|vite(?:\.js)?(?! preview| build)|go run|mkdocs|nodemon|hugo server|jekyll serve|docusaurus start|meteor(?= run|$)|storybook|gatsby develop|react-scripts start|vue-cli-service serve|[\w-]+ dev|dotnet (?:run|watch)|mix phx\.server|ng serve|(?:next|nuxt|remix|astro) (?:dev|build)|(?:npm|pnpm|yarn)(?: run)? (?:dev|build|watch)(?::\w+)?)(?=$|[\s"',;&])/;

/** The command by which the start builds the program each time. */
export function buildsAtStart(
  facts: FileFacts,
  stage: Stage,
): { readonly command: string; readonly evidence: Evidence } | undefined {
  for (const { path, args, evidence } of readStart(facts, stage).steps) {
    const command = BUILDS.exec([path, ...args].join(' '))?.[1];
    if (command !== undefined) return { command, evidence };
  }
  return undefined;
}

/** Programs that do a piece of work with files and end, or wait for somebody to work in the container. */
const WORK =
  /^(?:zip|tar|cp|mv|rm|ls|cat|echo|true|find|rsync|make|cmake|ninja|bazel|pytest|tox|nox|rspec|phpunit|jest|golangci-lint|shellcheck|eslint)(?= |$)|^(?:npm|yarn|pnpm|go|cargo|mvn|gradle|dotnet|bun|deno|mix|rake|bundle exec (?:rspec|rake)) (?:run )?(?:test|lint|check|build|ci)\b/;
const WAITS = /^sleep\b|^tail -f \/dev\/null/;

/** They run what follows them, or only set something for it. */
const AROUND = new Set('exec env command sh bash ash dash tini dumb-init catatonit set : [ test wait trap'.split(' '));

/** The commands that CMD and ENTRYPOINT themselves name, each as its words. */
const launched = perLineage((facts: FileFacts, stage: Stage): readonly { name: string; words: string }[] =>
  readStart(facts, stage)
    .steps.filter(({ program, evidence: { where } }) => /^(?:CMD|ENTRYPOINT)$/.test(where) && !AROUND.has(program))
    .map(({ program, args }) => ({ name: program, words: [program, ...args].join(' ') })),
);

/** Print only, unless they are told to write elsewhere. */
const PRINTS = /^(?:cat|echo|ls|true)$/;

/** The command with which the container does a piece of work and ends, such as a test: it serves nobody. */
export function worksAndEnds(facts: FileFacts, stage: Stage): string | undefined {
  const commands = launched(facts, stage);
  if (!commands.every(({ words }) => WORK.test(words))) return undefined;
  return (commands.find(({ name }) => !PRINTS.test(name)) ?? commands[0])?.name;
}

/** The program that waits, so that somebody can enter the container; nothing listens in it. */
export function waitsOnly(facts: FileFacts, stage: Stage): string | undefined {
  const commands = launched(facts, stage);
  const last = commands.at(-1);
  return last && WAITS.test(last.words) && commands.every(({ words }) => WORK.test(words) || WAITS.test(words))
    ? last.name
    : undefined;
}

/** Whether nothing of what CMD and ENTRYPOINT name does more than to print or to wait. */
export const onlyPrints = (facts: FileFacts, stage: Stage): boolean =>
  launched(facts, stage).every(({ name, words }) => PRINTS.test(name) || WAITS.test(words)) &&
  startWrites(facts, stage).length === 0;

const INTERPRETERS =
  /^(?:(?:ba|da|a|k|z)?sh|pwsh|python[\d.]*|node|irb|ruby|php|jshell|perl|lua|ghci|iex|erl|julia|R|swift|scala|groovysh)$/;

/** What a CMD or ENTRYPOINT starts, as words: the name of the program without its folders, and its arguments. */
function startedBy({ json, arguments: { text } }: Instruction): readonly string[] {
  const words = json?.map(word => word.text) ?? text.replace(/^exec\s+/, '').split(/\s+/);
  const names = words.map(baseName);
  if (!/^(?:tini|dumb-init|catatonit)$/.test(names[0] ?? '')) return [names[0] ?? '', ...words.slice(1)];
  const program = words.findIndex((word, index) => index > 0 && !word.startsWith('-'));
  return program < 0 ? [] : [names[program] ?? '', ...words.slice(program + 1)];
}

const isInterpreter = perInstruction((instruction): boolean => {
  const [name = '', ...rest] = startedBy(instruction);
  return INTERPRETERS.test(name) && rest.every(word => /^(?:-[ail]|--login)$/.test(word));
});

/** `CMD ["python3"]`: nothing to serve, but something to try out; images of languages and tools to build on end so. */
export function startsInterpreter(facts: FileFacts, stage: Stage): boolean {
  const last = facts.last(stage, 'CMD') ?? facts.last(stage, 'ENTRYPOINT');
  return last !== undefined && isInterpreter(last.instruction);
}
