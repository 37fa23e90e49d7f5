import { type Input, sourceOf } from './inputs.js';
import type { ExitCode, Io } from './io.js';
import { forFile, type Settled } from './load-config.js';
import { failOnOf } from './verdict.js';

/** `lint --print-config`: what counts for each file, with the keys of a configuration file. */
export function printConfig(inputs: readonly Input[], settled: ReadonlyMap<string, Settled>, io: Io): ExitCode {
  const shown = inputs.flatMap(input => {
    const about = settled.get(input.folder);
    return about ? [{ path: input.path, ...keysOf(forFile(about, sourceOf(input))) }] : [];
  });
  io.out(`${JSON.stringify({ version: 1, files: shown }, undefined, 2)}\n`);
  return 0;
}

const keysOf = ({ options, output, shellcheck, source }: Settled): object => ({
  source: source ?? null,
  profile: options.profile,
  rules: Object.fromEntries(
    Object.entries(options.rules).map(([name, { severity, options: more }]) => [
      name,
      more && Object.keys(more).length > 0 ? { ...(severity ? { severity } : {}), ...more } : severity,
    ]),
  ),
  select: options.select,
  ignore: options.ignore,
  only: options.only ?? [],
  'fail-on': failOnOf({ options, output, shellcheck, source }, undefined),
  shellcheck,
  'label-schema': options.labelSchema,
  'strict-labels': options.strictLabels,
  'trusted-registries': options.trustedRegistries,
  'disable-ignore-comments': options.disableIgnorePragma,
});
