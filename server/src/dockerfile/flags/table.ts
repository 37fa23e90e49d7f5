import { choiceProblem } from './choice.js';
import { deviceProblem } from './device.js';
import { durationProblem, retriesProblem } from './duration.js';
import { chmodProblem } from './file-mode.js';
import { platformProblem, USUAL_PLATFORMS } from './platform.js';
import type { ValueProblem } from './value-problem.js';

/** What one flag of an instruction takes (Dockerfile reference; BuildKit 0.34.2, frontend/dockerfile/instructions/parse.go). */
export interface FlagSpec {
  /** On or off: `--link` or `--link=false`. Every other flag needs a value. */
  readonly isSwitch?: true;
  /** May be given more than once. */
  readonly repeats?: true;
  /** Whether BuildKit replaces variables in the value before it reads it. */
  readonly expands?: true;
  /** The values that it has, or those that most people need. */
  readonly values?: readonly string[];
  /** What BuildKit refuses about a value, variables replaced. Values that need more than themselves are read elsewhere. */
  readonly problem?: (value: string) => ValueProblem | undefined;
}

const DURATION: FlagSpec = { problem: durationProblem };
const OWNER: FlagSpec = { expands: true };
const MODE: FlagSpec = { expands: true, problem: chmodProblem };
const SWITCH: FlagSpec = { isSwitch: true };
const LIST: FlagSpec = { repeats: true };

const oneOf = (what: string, values: readonly string[]): FlagSpec => ({
  values,
  problem: value => choiceProblem(value, what, values),
});

export const FLAGS: Readonly<Record<string, Readonly<Record<string, FlagSpec>>>> = {
  ADD: {
    checksum: { expands: true },
    chmod: MODE,
    chown: OWNER,
    exclude: LIST,
    'keep-git-dir': SWITCH,
    link: SWITCH,
    unpack: SWITCH,
  },
  COPY: { chmod: MODE, chown: OWNER, exclude: LIST, from: {}, link: SWITCH, parents: SWITCH },
  FROM: { platform: { expands: true, values: USUAL_PLATFORMS, problem: platformProblem } },
  HEALTHCHECK: {
    interval: DURATION,
    retries: { problem: retriesProblem },
    'start-interval': DURATION,
    'start-period': DURATION,
    timeout: DURATION,
  },
  RUN: {
    device: { repeats: true, problem: deviceProblem },
    mount: { repeats: true, expands: true },
    network: oneOf('network mode', ['default', 'none', 'host']),
    security: oneOf('security mode', ['sandbox', 'insecure']),
  },
};
