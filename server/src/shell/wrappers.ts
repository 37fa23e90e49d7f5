import type { ShellWord } from './types.js';

interface Wrapper {
  /** Options that take a value of their own, parted by spaces. */
  readonly values?: string;
  /** Operands before the command: the user of `gosu`. */
  readonly skip?: number;
  /** `NAME=value` may be before the command. */
  readonly assignments?: boolean;
  /** The verb that makes it a wrapper: `conda run`. */
  readonly verb?: string;
  /** Options with which it runs nothing: `command -v`. */
  readonly never?: RegExp;
}

/** Programs that run a script given after `-c`. */
export const SHELLS: ReadonlySet<string> = new Set([
  'sh',
  'bash',
  'ash',
  'dash',
  'ksh',
  'zsh',
  // As another user: `su app -c '…'`.
  'su',
  'runuser',
]);

/** Commands that run the command in their arguments (their manual pages). */
const WRAPPERS: Readonly<Record<string, Wrapper>> = {
  sudo: { values: '-u -g -h -p -C -r -t -U -R -D -T --user --group --chdir --host --prompt', assignments: true },
  doas: { values: '-u -C' },
  env: { values: '-u --unset -C --chdir -S', assignments: true },
  exec: { values: '-a' },
  command: { never: /^-\w*[vV]/ },
  builtin: {},
  busybox: {},
  nohup: {},
  setsid: {},
  fakeroot: { values: '-l -s -i -b --lib --faked' },
  stdbuf: { values: '-i -o -e --input --output --error' },
  unbuffer: {},
  time: { values: '-f -o' },
  nice: { values: '-n --adjustment' },
  ionice: { values: '-c -n -p' },
  eatmydata: {},
  tini: { values: '-p -e' },
  'dumb-init': { values: '-r --rewrite' },
  catatonit: {},
  'xvfb-run': {
    values: '-e -f -n -p -s -w --error-file --auth-file --server-num --xauth-protocol --server-args --wait',
  },
  'dbus-run-session': { values: '--config-file --dbus-daemon' },
  xargs: {
    values: '-n -P -I -L -s -d -a -E --max-args --max-procs --max-chars --delimiter --arg-file',
  },
  timeout: { values: '-s -k --signal --kill-after', skip: 1 },
  flock: { values: '-w -E --timeout --conflict-exit-code', skip: 1 },
  gosu: { skip: 1 },
  'su-exec': { skip: 1 },
  's6-setuidgid': { skip: 1 },
  chroot: { values: '--userspec --groups', skip: 1 },
  runuser: { values: '-u -g -G --user --group --supp-group' },
  setpriv: { values: '--reuid --regid --groups --inh-caps --ambient-caps --bounding-set --securebits --pdeathsig' },
  conda: { verb: 'run', values: '-n --name -p --prefix --cwd' },
  mamba: { verb: 'run', values: '-n --name -p --prefix --cwd' },
  micromamba: { verb: 'run', values: '-n --name -p --prefix --cwd -a --attach -r --root-prefix' },
};

/** What has to be looked at again for what it runs. */
export const RUNNERS: ReadonlySet<string> = new Set([...SHELLS, 'find', ...Object.keys(WRAPPERS)]);

/** The number of the argument that names the command which `base` runs; undefined when it runs none. */
export function wrappedIndex(base: string, args: readonly ShellWord[]): number | undefined {
  const wrapper = Object.hasOwn(WRAPPERS, base) ? WRAPPERS[base] : undefined;
  if (!wrapper) return undefined;
  const values = wrapper.values?.split(' ') ?? [];
  let index = 0;
  if (wrapper.verb !== undefined) {
    if (args[0]?.value !== wrapper.verb) return undefined;
    index++;
  }
  while (index < args.length) {
    const word = args[index]?.value ?? '';
    if (word === '--') {
      index++;
      break;
    }
    if (wrapper.never?.test(word)) return undefined;
    if (word.startsWith('-')) index += values.includes(word) ? 2 : 1;
    else if (wrapper.assignments && /^\w+=/.test(word)) index++;
    else break;
  }
  return index + (wrapper.skip ?? 0);
}

/** `find … -exec rm {} +`: the ranges of arguments that are commands. */
export function executed(args: readonly ShellWord[]): readonly { readonly start: number; readonly end: number }[] {
  const ranges: { start: number; end: number }[] = [];
  for (let index = 0; index < args.length; index++) {
    if (!/^-(?:exec|execdir|ok|okdir)$/.test(args[index]?.value ?? '')) continue;
    const length = args.slice(index + 1).findIndex(({ value }) => value === ';' || value === '+');
    if (length < 1) break;
    ranges.push({ start: index + 1, end: index + 1 + length });
    index += length;
  }
  return ranges;
}
