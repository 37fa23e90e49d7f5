import { readdirSync } from 'node:fs';

/** About how many files a command line leads to, if threads are of use for them at all: ShellCheck has its own. */
export function likelyFiles(argv: readonly string[]): number {
  if (!argv.includes('--no-shellcheck') || argv.some(word => /^(?:-j|--jobs)/.test(word))) return 0;
  const paths = argv.filter(word => !word.startsWith('-'));
  let count = 0;
  for (const path of paths.length > 0 ? paths : ['.']) count += filesAt(path);
  return count;
}

function filesAt(path: string): number {
  try {
    return readdirSync(path).filter(name => /(?:docker|container)file/i.test(name)).length;
  } catch {
    return 1;
  }
}
