import type { ShellCommand } from '../../shell/index.js';

interface Writer {
  /** The arguments with which it writes to the folder that it is started in. */
  readonly when: RegExp;
  /** With these it writes elsewhere, or not at all. */
  readonly unless?: RegExp;
}

const HELP = '--help|--version|--dry-run';
const NODE_ELSEWHERE = new RegExp(
  `(?:^| )(?:-g|--global|--location|--prefix|-C|--cwd|--dir|--modules-folder|--package-lock-only|--lockfile-only|${HELP})\\b`,
);
/** One name without folders. */
const NAME = '[\\w.-]*\\w';

const WRITERS: Readonly<Record<string, Writer>> = {
  npm: { when: /^(?:ci|clean-install|i|install)(?: |$)/, unless: NODE_ELSEWHERE },
  yarn: { when: /^(?:install)?(?: ?--[\w=-]+)*$/, unless: NODE_ELSEWHERE },
  pnpm: { when: /^(?:i|install)(?: |$)/, unless: NODE_ELSEWHERE },
  bun: { when: /^(?:i|install)(?: |$)/, unless: NODE_ELSEWHERE },
  composer: {
    when: /^(?:install|update)(?: |$)/,
    unless: new RegExp(`(?:^| )(?:-d|--working-dir|global|${HELP})\\b`),
  },
  uv: { when: /^sync(?: |$)/, unless: new RegExp(`(?:^| )(?:--directory|--project|--active|--system|${HELP})\\b`) },
  mkdir: { when: new RegExp(`^${NAME}$`) },
  touch: { when: new RegExp(`^${NAME}$`) },
  python: { when: new RegExp(`^-m venv ${NAME}$`) },
  python3: { when: new RegExp(`^-m venv ${NAME}$`) },
};

/** Whether a command makes something in the folder that it is started in, and fails when it may not. */
export function writesHere({ base, args }: ShellCommand): boolean {
  const writer = Object.hasOwn(WRITERS, base) ? WRITERS[base] : undefined;
  if (!writer || args.some(({ literal }) => !literal)) return false;
  const said = args.map(({ value }) => value).join(' ');
  return writer.when.test(said) && writer.unless?.test(said) !== true;
}
