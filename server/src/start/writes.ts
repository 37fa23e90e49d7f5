import { absolutePath } from '../facts/files/transfer.js';
import type { FileFacts, Stage } from '../facts/index.js';
import { perLineage } from '../facts/per-lineage.js';
import { readStart, startedByCompose } from './reading.js';
import type { Evidence, Step } from './types.js';

/** Something that the start of a container writes to. */
export interface StartWrite {
  /** Absolute; undefined where only the container knows it. */
  readonly path: string | undefined;
  /**
   * `file`: made, or written anew; `folder`: made where it is not there, and written to; `inside`: a file that is there is
   * replaced by another one, or changed.
   */
  readonly kind: 'file' | 'folder' | 'inside';
  readonly evidence: Evidence;
}

/** Everybody may write there, or it is not a file. */
const FOR_EVERYBODY = /^\/(?:tmp|var\/tmp|dev\/(?:null|stdout|stderr|shm|tty|fd)|proc\/(?:self|\d+))(?:\/|$)/;

/** What the start of a container is seen to write, by redirections, by what commands do, and by the arguments of its programs. */
export const startWrites = perLineage((facts: FileFacts, stage: Stage): readonly StartWrite[] => {
  const steps = [...readStart(facts, stage).steps, ...startedByCompose(facts, stage)];
  return steps
    .filter(step => !step.isTolerated)
    .flatMap(step => writesOf(step, steps))
    .filter(({ path }) => path === undefined || !FOR_EVERYBODY.test(path));
});

function writesOf(step: Step, steps: readonly Step[]): readonly StartWrite[] {
  const { evidence, redirected } = step;
  const found: StartWrite[] = redirected.map(path => ({ path: absolute(step, path), kind: 'file', evidence }));
  const add = (kind: StartWrite['kind'], words: readonly (string | undefined)[]): void => {
    for (const word of words) found.push({ path: absolute(step, word), kind, evidence });
  };
  const operands = step.args.filter(word => word === undefined || !word.startsWith('-'));
  const last = operands.length > 1 ? operands.slice(-1) : [];
  switch (step.program) {
    case 'mkdir': {
      const mayBeThere = step.args.some(word => word !== undefined && /^(?:-\w*p|--parents)/.test(word));
      // Without -p it fails where the folder is there already, so it is its parent that has to be given to the user.
      for (const word of withoutValues(step.args, /^(?:-[a-z]*m|--mode)$/))
        add(mayBeThere || isTested(word, steps) ? 'folder' : 'file', [word]);
      break;
    }
    case 'touch':
    case 'tee':
    case 'truncate':
      add('file', operands);
      break;
    case 'cp':
    case 'install':
    case 'rsync':
    case 'mv':
    case 'ln':
      add(last[0]?.endsWith('/') ? 'folder' : 'file', last);
      break;
    case 'sed':
    case 'perl':
      if (step.args.some(word => word !== undefined && /^(?:-[a-zA-Z]*i|--in-place)/.test(word)))
        add('inside', operands.slice(step.args.some(word => word === '-e' || word === '-f') ? 0 : 1));
      break;
    case 'chmod':
      add('inside', operands.slice(1));
      break;
    case 'rm':
    case 'rmdir':
      // Without -f a file that is not there is a mistake, with it nothing happens.
      if (!step.args.some(word => word !== undefined && /^-\w*f/.test(word))) add('inside', operands);
      break;
    case 'curl':
    case 'wget':
      add('file', valuesOf(step.args, /^(?:-[a-zA-Z]*[oO]|--output|--output-document)$/));
      break;
    case 'tar':
    case 'unzip':
      add('folder', valuesOf(step.args, /^(?:-C|-d|--directory)$/));
      break;
    default:
      if (!READS_ONLY.has(step.program)) found.push(...ofProgram(step));
  }
  return found;
}

/** `[ -d /data ] || mkdir /data`. */
const isTested = (path: string | undefined, steps: readonly Step[]): boolean =>
  steps.some(({ program, args }) => /^(?:\[|test)$/.test(program) && args.includes('-d') && args.includes(path));

/** Programs whose arguments are read, tested or printed. */
const READS_ONLY = new Set(
  'echo printf cat grep egrep test [ ls stat find head tail cut tr sort wc awk which command type sleep wait kill true false set export source . exec env exit return trap read shift eval sh bash ash dash exec envsubst basename dirname readlink realpath hash date id whoami uname hostname nc getent ps tini dumb-init'.split(
    ' ',
  ),
);

/** What an option is called that names something to write to. */
const OPTION =
  /^--?(?:[\w-]*[-_])?(?:log|logs|logfile|log-file|log-dir|logdir|pid|pidfile|pid-file|access-logfile|error-logfile|data|data-dir|datadir|database|db|db-path|store|storage|cache|cache-dir|upload|uploads|output|output-dir|state|state-dir|work-dir|tmp|tmpdir|socket|schedule)$/i;
const FILE = /\.(?:pid|sock|socket|log|lock|db|sqlite3?)$/;
const WRITTEN_BELOW = /^\/(?:var\/(?:log|lib|run|spool|cache)|run)\//;

/** Absolute paths among a program's arguments that it is to write to, by their option, their ending or their place. */
function ofProgram(step: Step): readonly StartWrite[] {
  const { args, evidence } = step;
  return args.flatMap((word, index): readonly StartWrite[] => {
    if (word === undefined) return [];
    const [, option, joined] = /^(--?[\w-]+)=(.*)$/.exec(word) ?? [];
    const before = args[index - 1];
    const name = option ?? (before !== undefined && /^--?[\w-]+$/.test(before) ? before : undefined);
    const value = (joined ?? word).replace(/^(?:unix|file):(?:\/\/)?(?=\/)/, '');
    if (!/^\/[\w./-]+$/.test(value) && !/^unix:/.test(joined ?? word)) return [];
    const isFile = FILE.test(value);
    if (!isFile && !WRITTEN_BELOW.test(value) && !(name !== undefined && OPTION.test(name))) return [];
    return [
      {
        path: absolute(step, value.replace(/^unix:/, '')),
        kind: isFile || /\.\w+$/.test(value) ? 'file' : 'folder',
        evidence,
      },
    ];
  });
}

function absolute({ workdir }: Step, path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  return path.startsWith('/') || workdir !== undefined ? absolutePath(path, workdir) : undefined;
}

const withoutValues = (args: Step['args'], option: RegExp): Step['args'] =>
  args.filter((word, index) => {
    const before = args[index - 1];
    return (word === undefined || !word.startsWith('-')) && !(before !== undefined && option.test(before));
  });

const valuesOf = (args: Step['args'], option: RegExp): Step['args'] =>
  args.filter((_, index) => {
    const before = args[index - 1];
    return before !== undefined && option.test(before);
  });
