import type { FileFacts, Stage } from '../facts/index.js';
import { launchOf } from '../start/index.js';
import type { Started } from './types.js';

/** What a shell does beyond running one command with its words. `${NAME}` is a word. */
const MORE_THAN_WORDS = /[;&|<>`()\n]|\$\(|\{[^}]*,/;

/** The one program that ENTRYPOINT and CMD start; a text where that is not known. */
export function startedBy(facts: FileFacts, stage: Stage): Started | string {
  const { entrypoint, command } = launchOf(facts, stage);
  const { workdir } = stage.exit;
  const first = (entrypoint ?? command)?.instruction;
  if (!first) return 'there is no CMD or ENTRYPOINT';
  if (!first.json) return inShell(first.arguments.text, workdir);
  const words = first.json.map(({ text }) => text);
  if (entrypoint && command) {
    if (!command.instruction.json) return 'CMD is in shell form, and ENTRYPOINT gets it as arguments';
    words.push(...command.instruction.json.map(({ text }) => text));
  }
  const [shell = '', option, text, ...others] = words;
  if (/^(?:\/bin\/)?sh$/.test(shell) && option === '-c' && text !== undefined && others.length === 0)
    return inShell(text, workdir);
  return { words, workdir, isExec: true };
}

function inShell(text: string, workdir: string | undefined): Started | string {
  const line = text.trim().replace(/^exec\s+/, '');
  if (MORE_THAN_WORDS.test(line)) return 'the container starts with more than one command';
  const words = (line.match(/"[^"]*"|'[^']*'|[^\s"']+/g) ?? []).map(word => word.replace(/^(["'])(.*)\1$/, '$2'));
  const [program = ''] = words;
  if (/[=$]/.test(program)) return 'it is not known which program the container starts';
  return { words, workdir, isExec: false };
}
