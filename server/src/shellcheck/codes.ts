import type { Level } from './protocol.js';

/** Codes that say nothing true about a script inside a Dockerfile; off unless asked for. */
export const OFF_IN_DOCKERFILE = [
  { code: 1090, reason: 'The path of a sourced file is known only while the image is built.' },
  { code: 1091, reason: 'A sourced file is part of the image; it cannot be read from here.' },
  { code: 2148, reason: 'A RUN has no shebang: SHELL decides what runs it, and that shell is always given.' },
  {
    code: 2187,
    reason: 'A heredoc for ash is read as BusyBox or dash on purpose; a directive in it would add nothing.',
  },
] as const satisfies readonly { readonly code: number; readonly reason: string }[];

/** Codes that are off in CMD, ENTRYPOINT and HEALTHCHECK as well. */
export const OFF_AT_START = [
  {
    code: 2154,
    reason: 'Whoever starts the container may set further variables: `docker run -e`, Compose, Kubernetes.',
  },
] as const satisfies readonly { readonly code: number; readonly reason: string }[];

/** Codes that are off where the shell was started with `-e`, which ShellCheck cannot see. */
export const OFF_WITH_ERREXIT = [
  { code: 2164, reason: 'A `cd` that fails ends the script.' },
] as const satisfies readonly { readonly code: number; readonly reason: string }[];

/** Codes that are off in profile hadolint. */
export const OFF_FOR_HADOLINT = [
  { code: 2336, reason: 'It is newer than the ShellCheck in hadolint 2.15.1.' },
] as const satisfies readonly { readonly code: number; readonly reason: string }[];

/**
 * Codes that tell of the same problem as a rule, which goes by its id or one of its codes: where both are found in one
 * place, one report is enough. `at: 'command'` means the same command, `'instruction'` anywhere in the same instruction.
 */
export const OVERLAPS = [
  { code: 2024, with: 'DL3004', at: 'instruction', reason: 'What redirects is root where sudo is not needed.' },
  { code: 2103, with: 'DL3003', at: 'instruction', reason: 'WORKDIR makes the `cd` back needless as well.' },
  { code: 2164, with: 'DL3003', at: 'command', reason: 'WORKDIR fails by itself when the folder cannot be entered.' },
  {
    code: 3040,
    with: 'DL4006',
    at: 'instruction',
    reason: 'Choosing a shell that knows pipefail, with SHELL, solves both.',
  },
  { code: 'all', with: 'invalid-json-form', at: 'instruction', reason: 'It was not meant for a shell at all.' },
] as const satisfies readonly {
  readonly code: number | 'all';
  readonly with: string;
  readonly at: 'command' | 'instruction';
  readonly reason: string;
}[];

const SEVERITY = { error: 'error', warning: 'warning', info: 'info', style: 'hint' } as const satisfies Record<
  Level,
  string
>;
export type ShellcheckSeverity = (typeof SEVERITY)[Level];

/** ShellCheck's `style` is what editors call a hint. */
export const severityOf = (level: Level): ShellcheckSeverity => SEVERITY[level];
