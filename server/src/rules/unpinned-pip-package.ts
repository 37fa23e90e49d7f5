import { type PackageAction, packageActions } from '../facts/packages/in-run.js';
import type { ShellWord } from '../shell/index.js';
import { hasFlag } from '../shell/options.js';
import { sayVersion } from './packages/unpinned.js';
import { defineRule } from './rule.js';

const VERSION = /===?|[<>~!]=|[<>]|\s@\s/;
const VCS = /^(?:[\w.-]+\s*@\s*)?(?:git|hg|svn|bzr)\+/;
const ARCHIVE = /\.(?:whl|zip|tar|tgz|tar\.(?:gz|bz2|xz|zst))$/i;

/** Whether nothing says which version is meant. A URL, a path and a local archive each name one thing. */
function isUnpinned(word: ShellWord): boolean {
  const { value } = word;
  if (value === '' || value.startsWith('.') || word.variables.length > 0 || /[$`]/.test(word.text)) return false;
  if (VCS.test(value)) return !/@[^/@]+$/.test(value.replace(/#.*$/, '').replace(/^[\w.-]+\s+@\s+/, ''));
  return !VERSION.test(value) && !value.includes('/') && !ARCHIVE.test(value);
}

/** `uv pip install x` and `uv tool install x` have verbs of their own. */
function named({ manager, verb, kind, packages }: PackageAction): readonly ShellWord[] {
  if (manager !== 'uv') return kind === 'install' && (manager === 'pip' || manager === 'pipx') ? packages : [];
  return /^(?:pip|tool)$/.test(verb.value) && packages[0]?.value === 'install' ? packages.slice(1) : [];
}

const HOW = 'name==version, or a requirements file with exact versions';

export default defineRule({
  id: 'unpinned-pip-package',
  codes: ['DL3013'],
  summary: 'A Python package is installed without a pinned version.',
  rationale:
    'Each build without a cached layer takes whatever version is newest on that day, so two builds of the same file differ and an upstream release can break yours. A requirements file with exact versions (`pip-compile`, `uv pip compile`, `pip freeze`) also pins what the packages themselves depend on.',
  category: 'reproducibility',
  practice: 'precise-versions',
  severity: 'warning',
  profile: 'strict',
  since: '0.1.0',
  examples: {
    bad: [
      { code: 'FROM python:3.13\nRUN pip install --no-cache-dir «flask» requests==2.32.3\n' },
      { code: 'FROM python:3.13\nRUN python3 -m pip install «git+https://github.com/pallets/click.git#egg=click»\n' },
      { code: 'FROM python:3.13\nRUN pip install «uvicorn[standard]»\n' },
      { code: 'FROM python:3.13\nRUN uv pip install --system «flask»\n' },
    ],
    good: [
      { code: 'FROM python:3.13\nRUN pip install flask==3.1.0 "requests>=2,<3"\n', why: 'The versions are given.' },
      {
        code: 'FROM python:3.13\nRUN pip install -r requirements.txt wheel\n',
        why: 'The requirements file says which versions.',
      },
      {
        code: 'FROM python:3.13\nRUN pip install --index-url https://pypi.example.com/simple .\n',
        why: 'The project itself is installed.',
      },
      {
        code: 'FROM python:3.13\nCOPY wheels /wheels\nRUN pip install --no-index --find-links=/wheels app\n',
        why: 'The folder says which version.',
      },
      { code: 'FROM python:3.13\nARG SPEC\nRUN pip install $SPEC\n', why: 'The variable may hold a version.' },
    ],
  },
  instruction: { keywords: ['RUN'] },
  check({ facts, report }) {
    for (const action of packageActions(facts)) {
      const { command, manager } = action;
      const packages = named(action);
      // From a folder of wheels comes the version that is there.
      if (hasFlag(command, '--no-index')) continue;
      if (hasFlag(command, 'r', '--requirement', 'c', '--constraint', '--group')) continue;
      if (packages.some(word => word.value === '.')) continue;
      for (const found of sayVersion(packages.filter(isUnpinned), HOW))
        report({ ...found, ...(manager === 'uv' ? { codes: [] } : {}) });
    }
  },
});
