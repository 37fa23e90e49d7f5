import type { Placed } from '../../dockerfile/index.js';
import { readAccount } from '../../facts/accounts/commands.js';
import type { ShellCommand } from '../../shell/index.js';
import type { BuiltImage, Layer } from './image-source.js';

/** What the Dockerfiles of one build of an image say. */
export interface ImageFacts {
  readonly env: ReadonlySet<string>;
  /** As written; undefined: root, as nothing says otherwise. */
  readonly user: string | undefined;
  readonly ports: readonly string[];
  readonly volumes: readonly string[];
  /** The words of the exec form, or the command of the shell form as one. */
  readonly entrypoint: readonly string[];
  /** `name:id` of users and groups that it creates; the id is empty where the system chooses it. */
  readonly users: ReadonlySet<string>;
  readonly groups: ReadonlySet<string>;
}

export function factsOf({ layers, root }: BuiltImage): ImageFacts {
  const env = new Set<string>();
  const users = new Set<string>();
  const groups = new Set<string>();
  const ports: string[] = [];
  const volumes: string[] = [];
  let user: string | undefined;
  let entrypoint: readonly string[] = [];
  for (const { facts, stage } of layers.toReversed()) {
    for (const placed of stage.instructions) {
      const { instruction } = placed;
      switch (instruction.keyword) {
        case 'ENV':
          for (const { key } of instruction.pairs) env.add(key);
          break;
        case 'USER':
          user = instruction.arguments.text;
          break;
        case 'EXPOSE':
          ports.push(...instruction.words.map(({ text }) => text));
          break;
        case 'VOLUME':
          volumes.push(...(instruction.json ?? instruction.words).map(({ text }) => text));
          break;
        case 'ENTRYPOINT':
          entrypoint = instruction.json?.map(({ text }) => text) ?? [instruction.arguments.text];
          break;
        case 'RUN':
          for (const command of commandsOf({ facts, stage }, placed)) {
            readUsers(command, /^alpine/.test(root), users, groups);
          }
          break;
        default:
          break;
      }
    }
  }
  return { env, user, ports, volumes, entrypoint, users, groups };
}

const commandsOf = ({ facts }: Layer, placed: Placed): readonly ShellCommand[] => facts.at(placed).commands;

function readUsers(command: ShellCommand, isAlpine: boolean, users: Set<string>, groups: Set<string>): void {
  const dialect = /^(?:user|group)/.test(command.base) ? 'shadow' : isAlpine ? 'busybox' : 'debian';
  const account = readAccount(command, dialect);
  const [name] = account?.names ?? [];
  if (!account || name === undefined) return;
  (account.kind === 'user' ? users : groups).add(`${name}:${account.id ?? ''}`);
}
