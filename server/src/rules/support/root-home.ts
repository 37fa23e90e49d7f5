import type { FileFacts, Stage } from '../../facts/index.js';
import { expand } from '../../facts/index.js';
import { hasFlag } from './commands.js';
import { transferOf, unquoted } from './transfer.js';

/** `/root` or something below it, as a word or as an entry of a list like PATH. */
const IN_ROOT = /(?:^|[:=,"'\s])\/root(?:\/|$|[:,"'\s])/;

/**
 * What the container's start takes from root's home, which no other user may enter (mode 0700 in every distribution);
 * undefined when there is no sign of it.
 */
export function takenFromRootHome(facts: FileFacts, stage: Stage): string | undefined {
  const { workdir } = stage.exit;
  if (workdir !== undefined && IN_ROOT.test(workdir)) return `its WORKDIR is ${workdir}`;
  for (const placed of facts.lineage(stage)) {
    const { instruction } = placed;
    const { scope } = facts.stateBefore(placed);
    switch (instruction.keyword) {
      case 'ENV':
        for (const { key, value } of instruction.pairs) {
          const text = unquoted(expand(value ?? '', scope, instruction.escape).text);
          if (IN_ROOT.test(text) && !isBuildCache(key)) return `${key} names ${folderIn(text)}`;
        }
        break;
      case 'COPY':
      case 'ADD': {
        const path = transferOf(instruction, scope)?.path;
        if (path !== undefined && IN_ROOT.test(path)) return `${instruction.keyword} puts files into ${path}`;
        break;
      }
      case 'CMD':
      case 'ENTRYPOINT': {
        const { text } = instruction.arguments;
        if (IN_ROOT.test(text)) return `${instruction.keyword} names ${folderIn(text)}`;
        if (instruction.json === undefined && /(?:^|[\s="'])(?:~|\$HOME|\$\{HOME\})\//.test(text))
          return `${instruction.keyword} names a file in the home directory`;
        break;
      }
      case 'RUN':
        for (const command of facts.at(placed).commands)
          if (/^pip[\d.]*$/.test(command.base) && hasFlag(command, '--user'))
            return 'pip install --user puts packages into /root/.local';
        break;
    }
  }
  return undefined;
}

/** Caches of build tools: what the program needs is not in them. */
const isBuildCache = (name: string): boolean =>
  /^(?:PIP|POETRY|UV|YARN|NPM|PNPM|GO|CARGO_HOME|COMPOSER|CCACHE|NUGET)\w*CACHE|CCACHE_DIR/i.test(name);

const folderIn = (text: string): string => /\/root(?:\/[^\s:,"'\]]*)?/.exec(text)?.[0] ?? '/root';
