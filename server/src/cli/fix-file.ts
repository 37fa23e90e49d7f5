import { join } from 'node:path';
import { isDockerfileName, isOtherName } from '../../../shared/src/dockerfile-names.js';
import { parseDockerfile, problemsIn } from '../dockerfile/index.js';
import { fixText } from '../fixes/index.js';
import type { LintOptions } from '../profiles/types.js';
import type { GoodText } from './read-text.js';
import { saveText } from './save-file.js';

export type FixLevel = 'safe' | 'review' | undefined;

/** A text after fixing, and how many fixes were applied. */
export interface FixedText {
  readonly text: string;
  readonly applied: number;
  /** Why nothing was fixed, as the end of a sentence about the file. */
  readonly refusal?: string;
}

/** Why a file must not be fixed, as the end of a sentence about it; undefined when it may. */
export function whyNotFixed(name: string, { text, isUtf8 }: GoodText): string | undefined {
  if (!isUtf8) return 'is not valid UTF-8, so it was not changed: save it as UTF-8.';
  // It may be anything, named by a pattern that the shell has expanded: a README of titles and code parses, too.
  if (isOtherName(name)) return 'is not named like a Dockerfile, so it was not changed.';
  if (!isDockerfileName(name) && problemsIn(parseDockerfile(text)).length > 0)
    return 'is not named like a Dockerfile and has syntax errors, so it was not changed.';
  return undefined;
}

/** What fixing makes of a text; undefined when nobody asks for it. */
export function fixedBy(name: string, read: GoodText, options: LintOptions, fix: FixLevel): FixedText | undefined {
  if (!fix) return undefined;
  const refusal = whyNotFixed(name, read);
  if (refusal !== undefined) return { text: read.text, applied: 0, refusal };
  const batch = fixText(read.text, options, fix);
  return { text: batch.text, applied: batch.applied.length };
}

/** Writes what fixing has changed. Returns why that could not be done. */
export function saveFixed(
  { folder, name }: { readonly folder: string; readonly name: string },
  before: string,
  after: string,
): string | undefined {
  return after === before ? undefined : saveText(join(folder, name), before, after);
}
