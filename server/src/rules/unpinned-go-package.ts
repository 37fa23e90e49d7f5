import { type FileFacts, packageActionsOf } from '../facts/index.js';
import { type RunPlace, runsOf } from '../facts/runs.js';
import type { ShellCommand, ShellWord } from '../shell/index.js';
import { defineRule } from './rule.js';
import { nameGoVersion } from './unpinned-go-package/complaint.js';

function isUnpinned(word: ShellWord): boolean {
  const { value } = word;
  if (value === '' || /^[./]/.test(value) || word.variables.length > 0 || /[$`]/.test(word.text)) return false;
  return !value.includes('@') || /@(?:latest|none|upgrade|patch)$/.test(value);
}

/** Names of branches, which move. */
const isBranch = (word: ShellWord): boolean => /@(?:main|master|HEAD|head|trunk|develop|dev|tip)$/.test(word.value);

/** Where a go.mod is, it says which version a package without one has. */
function hasModule(facts: FileFacts, run: RunPlace): boolean {
  const { script } = run.facts;
  if (script && /\bgo mod\b|\bgit clone\b|\bcd\b|go\.mod|-modfile|^go -C /.test(script.source.text)) return true;
  if (run.facts.mounts.some(({ type }) => type === 'bind')) return true;
  const below = run.stage ? facts.lineage(run.stage) : facts.preamble;
  return below.some(({ index, instruction }) => {
    if (index >= run.placed.index) return false;
    if (instruction.keyword === 'RUN') return /\bgo mod init\b|\bgit clone\b/.test(instruction.text);
    return (
      /^(?:COPY|ADD)$/.test(instruction.keyword) &&
      // A folder, or the file itself.
      (instruction.heredocs.length > 0 ||
        instruction.words
          .slice(0, -1)
          .some(({ text }) => /\bgo\.(?:mod|work|\*)|[*?$]/.test(text) || !/\.\w+$/.test(text)))
    );
  });
}

/** Without a dot in its first part a path names a package of the standard library or of the module itself. */
const isRemote = (word: ShellWord): boolean => /^[^/]*\./.test(word.value) && !/\.go$/.test(word.value);

export default defineRule({
  id: 'unpinned-go-package',
  codes: ['DL3062'],
  summary: 'A Go program is installed without a pinned version.',
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
      {
        code: 'FROM golang:1.25\nCOPY go.mod go.sum ./\nRUN go install example.com/tool/cmd/gen\n',
        why: 'go.mod says which version.',
      },
      { code: 'FROM golang:1.25\nRUN go install golang.org/x/tools/gopls@v0.18.1\n', why: 'The version is given.' },
      { code: 'FROM golang:1.25\nRUN go install ./cmd/app && go run .\n', why: 'The program is in the build context.' },
      { code: 'FROM golang:1.25\nRUN go run main.go\n', why: 'A file is not a module.' },
    ],
  },
  stage: { words: ['go'] },
  check({ facts, report }) {
    for (const run of runsOf(facts)) {
      for (const word of packagesOf(run.facts.commands.filter(({ base }) => base === 'go'))) {
        const moving = isBranch(word) && word.variables.length === 0;
        if (!moving && (!isUnpinned(word) || !isRemote(word))) continue;
        if (!word.value.includes('@') && hasModule(facts, run)) continue;
        report(run.placed, nameGoVersion(word));
      }
    }
  },
});

/** The packages that `go run`, `go install` and `go get` name. */
function packagesOf(commands: readonly ShellCommand[]): readonly ShellWord[] {
  return commands.flatMap(command => {
    const action = packageActionsOf(command);
    if (!action || !/^(?:run|install|get)$/.test(action.verb.value)) return [];
    // What follows the package of `go run` are arguments of the program.
    return action.verb.value === 'run' ? action.packages.slice(0, 1) : action.packages;
  });
}
