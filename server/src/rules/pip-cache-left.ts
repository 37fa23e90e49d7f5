import { perInstruction } from '../dockerfile/index.js';
import { type FileFacts, find, type InstructionFacts, type PackageAction } from '../facts/index.js';
import { isOptionVariable, packageActions } from '../facts/packages/in-run.js';
import { rootBase } from '../facts/root-base.js';
import { type RunPlace, runsOf } from '../facts/runs.js';
import { perScript, type ShellCommand } from '../shell/index.js';
import { flagValue, hasFlag } from '../shell/options.js';
import { addNoCacheDir } from './pip-cache-left/complaint.js';
import { defineRule } from './rule.js';

const NAME = 'PIP_NO_CACHE_DIR';

function switchedOff(facts: InstructionFacts): boolean {
  const text = facts.script?.source.text ?? '';
  const inline = /PIP_NO_CACHE_DIR=["']?([^\s"';&]*)/.exec(text)?.[1];
  // pip turns the cache off for every value it can read, "false" included (pip, cmdoptions.py, _handle_no_cache_dir).
  const variable = find(facts.scope, NAME);
  return Boolean(inline) || (variable !== undefined && variable.value !== '');
}

function isCached(facts: InstructionFacts, { command }: PackageAction): boolean {
  const targets = facts.mounts
    .filter(({ type }) => type === 'cache' || type === 'tmpfs')
    .map(({ target }) => target ?? '');
  const set = flagValue(command, '--cache-dir') ?? find(facts.scope, 'PIP_CACHE_DIR')?.value;
  return targets.some(
    target => /\.cache(?:\/|$)|pip/.test(target) || /^\/root\/?$/.test(target) || (set?.startsWith(target) ?? false),
  );
}

/** Takes the cache away again in the same layer. */
const clears = (command: ShellCommand): boolean => {
  if (command.base === 'rm' || command.base === 'find')
    return command.args.some(word => /\.cache(?:\/pip)?(?:\/\*)?\/?$/.test(word.value));
  return (
    /^(?:pip|python)/.test(command.base) && /(?:^|\s)cache\s+purge/.test(command.args.map(word => word.value).join(' '))
  );
};

const isCleared = perScript(({ commands }) => commands.some(clears));

const CONFIGURES = /\bconfig [^;&|]*\bset [^;&|]*no-cache-dir|(?<!--)no-cache-dir\s*=|\bpip\.(?:conf|ini)\b/;
const mentionsConfiguration = perInstruction(({ text }) => CONFIGURES.test(text));

/** Whether pip was configured before, by a command or a file; what the file says is not known. */
function isConfigured(facts: FileFacts, run: RunPlace): boolean {
  const below = run.stage ? facts.lineage(run.stage) : facts.preamble;
  return below.some(
    ({ index, instruction }) =>
      index <= run.placed.index &&
      /^(?:RUN|COPY|ADD|ONBUILD)$/.test(instruction.keyword) &&
      mentionsConfiguration(instruction),
  );
}

export default defineRule({
  id: 'pip-cache-left',
  codes: ['DL3042'],
  summary: '`pip install` leaves its download cache in the image.',
  rationale:
    'pip keeps every downloaded and built package below `~/.cache/pip`. Nothing reads them again in the finished image, so they only make it larger. `--no-cache-dir`, `ENV PIP_NO_CACHE_DIR=1` or a cache mount on that folder keep them out.',
  category: 'size',
  practice: 'small-images',
  severity: 'info',
  since: '0.1.0',
  examples: {
    bad: [
      {
        code: 'FROM python:3.13\nRUN «pip install» -r requirements.txt\n',
        fixed: 'FROM python:3.13\nRUN pip install --no-cache-dir -r requirements.txt\n',
      },
      {
        code: 'FROM python:3.13\nRUN apt-get update \\\n    && «python3 -m pip install» \\\n        flask==3.1.0\n',
        fixed:
          'FROM python:3.13\nRUN apt-get update \\\n    && python3 -m pip install --no-cache-dir \\\n        flask==3.1.0\n',
      },
    ],
    good: [
      {
        code: 'FROM python:3.13\nENV PIP_NO_CACHE_DIR=1\nRUN pip install flask\n',
        why: 'The variable turns the cache off.',
      },
      {
        code: 'FROM python:3.13\nRUN --mount=type=cache,target=/root/.cache/pip pip install flask\n',
        why: 'The cache is outside the image.',
      },
      {
        code: 'FROM python:3.13\nRUN pip install --no-index --find-links=/wheels app\n',
        why: 'Nothing is downloaded.',
      },
      { code: 'FROM python:3.13\nRUN pipenv install flask && pipx install black\n', why: 'These are no pip.' },
      {
        code: 'FROM python:3.13 AS build\nRUN pip install flask\nFROM python:3.13\nCOPY --from=build /app /app\n',
        why: 'The stage is not part of the image.',
      },
      { code: 'FROM python:3.13\nRUN pip install flask && rm -rf /root/.cache\n', why: 'The same layer removes it.' },
      {
        code: 'FROM python:3.13\nRUN pip config set global.no-cache-dir true\nRUN pip install flask\n',
        why: 'It is switched off in the configuration.',
      },
      { code: 'FROM python:3.13\nRUN pip install $PIP_OPTIONS flask\n', why: 'The option may be in the variable.' },
    ],
  },
  stage: { words: ['pip'] },
  check({ facts, report }) {
    for (const run of runsOf(facts)) {
      const actions = packageActions(run.facts, 'install').filter(
        ({ manager, command }) => manager === 'pip' && command.name && !hasFlag(command, '--no-cache-dir'),
      );
      if (actions.length === 0 || switchedOff(run.facts)) continue;
      for (const action of actions)
        if (!isFine(facts, run, action) && !isCached(run.facts, action))
          report(run.placed, {
            ...addNoCacheDir(action.command, action.verb),
            minor: isLittle(action) || mayBeOff(run),
          });
    }
  },
});

/** Packages of hundreds of megabytes. */
const LARGE =
  /^(?:torch|tensorflow|jax|nvidia|vllm|xgboost|paddle|cupy|pyspark|transformers|opencv|scipy|pandas|onnx)/i;

/** What image this is, only the build knows, and it may have switched the cache off. */
function mayBeOff({ stage }: RunPlace): boolean {
  const base = rootBase(stage);
  return base?.kind === 'image' && base.certainty === 'unknown';
}

/** One or two packages by their names: what they leave is not much. */
const isLittle = ({ packages, command }: PackageAction): boolean =>
  packages.length > 0 &&
  packages.length <= 2 &&
  !hasFlag(command, 'r', 'e', '--requirement', '--editable') &&
  packages.every(({ value }) => !LARGE.test(value) && !/^[./]/.test(value));

/** What hadolint does not ask: whether the layer is shipped at all, and other ways to have no cache. */
function isFine(facts: FileFacts, run: RunPlace, { command }: PackageAction): boolean {
  if (!run.onbuild && !run.facts.stage.inFinalImage) return true;
  // optparse takes a unique beginning of an option for the option.
  if (hasFlag(command, '--no-cache', '--no-cache-di', '--no-index', '--dry-run', '--help', 'h')) return true;
  const { script } = run.facts;
  return command.args.some(isOptionVariable) || (script !== undefined && isCleared(script)) || isConfigured(facts, run);
}
