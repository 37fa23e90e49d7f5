import type { ShellCommand, ShellWord } from '../shell/index.js';
import { defineRule } from './rule.js';
import { seenByHadolint } from './support/hadolint.js';

/** Build flags whose value is a word of its own (go help build). */
const VALUES = new Set([
  '-p',
  '-asmflags',
  '-buildmode',
  '-buildvcs',
  '-compiler',
  '-gccgoflags',
  '-gcflags',
  '-installsuffix',
  '-ldflags',
  '-mod',
  '-modfile',
  '-overlay',
  '-pgo',
  '-pkgdir',
  '-tags',
  '-toolexec',
  '-exec',
  '-C',
  '-covermode',
  '-coverpkg',
]);

function operands(command: ShellCommand, skipValues: boolean): ShellWord[] {
  const words: ShellWord[] = [];
  for (let index = 1; index < command.args.length; index++) {
    const word = command.args[index];
    if (!word) break;
    if (!word.value.startsWith('-')) words.push(word);
    else if (skipValues && VALUES.has(word.value.replace(/^--/, '-'))) index++;
  }
  return words;
}

function isUnpinned(word: ShellWord): boolean {
  const { value } = word;
  if (value === '' || /^[./]/.test(value) || word.variables.length > 0 || /[$`]/.test(word.text)) return false;
  return !value.includes('@') || /@(?:latest|none|upgrade|patch)$/.test(value);
}

/** Without a dot in its first part a path names a package of the standard library or of the module itself. */
const isRemote = (word: ShellWord): boolean => /^[^/]*\./.test(word.value) && !/\.go$/.test(word.value);

export default defineRule({
  id: 'unpinned-go-package',
  codes: ['DL3062'],
  summary: 'A Go program is installed without saying which version.',
  rationale:
    '`go install module@latest` takes the newest version on the day of the build, so builds of the same file differ. Name the version: `go install module@v1.2.3`.',
  category: 'reproducibility',
  practice: 'precise-versions',
  severity: 'warning',
  profile: 'strict',
  since: '0.1.0',
  examples: {
    bad: [
      { code: 'FROM golang:1.25\nRUN go install «golang.org/x/tools/gopls@latest»\n' },
      { code: 'FROM golang:1.25\nRUN go install -tags netgo «example.com/tool»\n' },
      { code: 'FROM golang:1.25\nRUN go run «example.com/gen» --out x.go\n' },
    ],
    good: [
      { code: 'FROM golang:1.25\nRUN go install golang.org/x/tools/gopls@v0.18.1\n', why: 'The version is given.' },
      { code: 'FROM golang:1.25\nRUN go install ./cmd/app && go run .\n', why: 'The program is in the build context.' },
      { code: 'FROM golang:1.25\nRUN go run main.go\n', why: 'A file is not a module.' },
    ],
  },
  on: ['RUN'],
  check({ facts, reading, report }) {
    const exact = reading === 'hadolint';
    const commands = facts.commands.filter(command => command.base === 'go' && (!exact || seenByHadolint(command)));
    const found = (verb: string): ShellWord[] =>
      commands
        .filter(command => command.args[0]?.value === verb)
        .flatMap(command => {
          const words = operands(command, !exact);
          // What follows the package of `go run` are arguments of the program.
          return verb === 'run' ? words.slice(0, 1) : words;
        });
    const run = found('run');
    const words = exact && run.length > 0 ? run : [...run, ...found('install'), ...found('get')];
    for (const word of words) {
      if (!isUnpinned(word) || (!exact && !isRemote(word))) continue;
      const name = word.value.replace(/@.*$/, '');
      report({ span: word.span, message: `Name the version to use, such as ${name}@v1.2.3.` });
      if (exact) return;
    }
  },
});
