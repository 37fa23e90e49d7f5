import { need } from '../lib/execute.js';
import { builtGoProgram } from '../lib/go-programs.js';
import { textAt } from '../lib/json.js';

const VERSION = '2.40.3';

/** Docker Compose as a program of its own, built from its module unless the cache has it. */
export async function composeProgram(): Promise<string> {
  const module = `github.com/docker/compose/v2@v${VERSION}`;
  const source = textAt(JSON.parse(await need('go', ['mod', 'download', '-json', module])), 'Dir');
  return builtGoProgram(`docker-compose-${VERSION}`, source, './cmd');
}
