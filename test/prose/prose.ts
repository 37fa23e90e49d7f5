import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { TextlintKernel, type TextlintKernelOptions } from '@textlint/kernel';
import markdown from '@textlint/textlint-plugin-markdown';
import text from '@textlint/textlint-plugin-text';
import prh from 'textlint-rule-prh';

const ROOT = join(__dirname, '../..');

/** Not ours, generated from other texts that are checked, or the list of the words itself. */
const LEFT_OUT =
  /(?:^|\/)(?:node_modules|dist|\.[^/]+|samples)(?:\/|$)|^docs\/(?:rules\/|style\.md)|^test\/prose\/|THIRD_PARTY/;

/** Comments, and quoted text of several words. */
const PROSE = /\/\/.*|\/?\*.*|'[^'\n]* [^'\n]*'|"[^"\n]* [^"\n]*"|`[^`\n]* [^`\n]*`/g;

export interface Source {
  readonly file: string;
  readonly text: string;
}

/** All files with texts that somebody reads: documentation, messages and comments. */
export function sources(): readonly Source[] {
  return filesIn(ROOT).map(file => ({ file, text: readFileSync(join(ROOT, file), 'utf8') }));
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name);
    const name = relative(ROOT, path).replaceAll('\\', '/');
    if (LEFT_OUT.test(name)) return [];
    if (entry.isDirectory()) return filesIn(path);
    return /\.(?:ts|mjs|md)$|^package\.json$/.test(name) ? [name] : [];
  });
}

/** `file:line: word => replacement` for each word of docs/vocabulary.yml. */
export async function proseProblems(all: readonly Source[]): Promise<string[]> {
  const isMarkdown = ({ file }: Source): boolean => file.endsWith('.md');
  const code = all.filter(source => !isMarkdown(source)).map(source => ({ ...source, text: proseOf(source.text) }));
  return [...(await problemsOf(code, '.txt')), ...(await problemsOf(all.filter(isMarkdown), '.md'))];
}

/** The comments and texts of code, on the lines where they are. */
const proseOf = (code: string): string =>
  code
    .split('\n')
    .map(line => line.match(PROSE)?.join(' ') ?? '')
    .join('\n');

/** One text of them all: reading the vocabulary takes longer than looking through a file. */
async function problemsOf(all: readonly Source[], ext: '.md' | '.txt'): Promise<string[]> {
  const starts: { readonly file: string; readonly line: number }[] = [];
  let line = 1;
  for (const source of all) {
    starts.push({ file: source.file, line });
    line += source.text.split('\n').length;
  }
  const { messages } = await new TextlintKernel().lintText(all.map(source => source.text).join('\n'), {
    ...OPTIONS,
    ext,
  });
  return messages.map(({ message, loc }) => {
    const place = starts.findLast(start => start.line <= loc.start.line);
    return `${place?.file}:${loc.start.line - (place?.line ?? 0) + 1}: ${message.split('\n')[0]}`;
  });
}

const OPTIONS: Omit<TextlintKernelOptions, 'ext'> = {
  plugins: [
    { pluginId: 'markdown', plugin: markdown },
    { pluginId: 'text', plugin: text },
  ],
  rules: [{ ruleId: 'prh', rule: prh, options: { rulePaths: [join(ROOT, 'docs/vocabulary.yml')] } }],
};
