import { readConfig, withConfig } from '../config/config.js';
import { lint as lintText } from '../engine/lint.js';
import { docsUrl } from '../explain/docs-url.js';
import { planHarden } from '../harden/index.js';
import { optionsByName } from '../profiles/by-name.js';
import { DEFAULT_OPTIONS, type Finding as EngineFinding, type LintOptions } from '../profiles/types.js';
import { type LineIndex, lineIndex, positionAt } from '../text/line-index.js';
import type { Span } from '../text/span.js';
import type * as api from './dockwright.cjs';

/** The library, for Node.js: pure functions over a text. dockwright.d.cts is what users see of it. */
export const lint: typeof api.lint = (text, options = {}) => {
  const { findings } = lintText(textOf(text), optionsOf(options));
  return { findings: published(text, findings) };
};

export const harden: typeof api.harden = (text, options = {}) => {
  const { after, applied, left, notes, refusal } = planHarden(textOf(text), optionsOf(options));
  return {
    text: after,
    applied: applied.map(({ rule, title, safety }) => ({ rule, title, safety })),
    left: published(after, left),
    notes,
    ...(refusal === undefined ? {} : { refusal }),
  };
};

/** Whoever has no types may give anything. */
function textOf(text: unknown): string {
  if (typeof text !== 'string') throw new TypeError('The first argument is the text of a Dockerfile, not its path.');
  return text;
}

function optionsOf({ fileName, ...settings }: api.Options): LintOptions {
  const { options, output, shellcheck, problems, ...ofFiles } = readConfig(
    JSON.stringify(settings),
    '.dockwright.json',
  );
  const [problem] = problems.filter(({ severity }) => severity === 'error');
  if (problem) throw new TypeError(problem.message);
  if (Object.keys(ofFiles).length > 0)
    throw new TypeError(`The library reads no files: ${Object.keys(ofFiles).join(' and ')} cannot be given.`);
  if (Object.keys(output).length > 0)
    throw new TypeError('fail-on is for the command line: look at severities instead.');
  if (Object.keys(shellcheck).length > 0) throw new TypeError('The library does not run ShellCheck.');
  return { ...withConfig(DEFAULT_OPTIONS, options), ...(fileName === undefined ? {} : optionsByName(fileName)) };
}

function published(text: string, findings: readonly EngineFinding[]): api.Finding[] {
  const index = lineIndex(text);
  return findings.map(({ rule, codes, severity, message, span, fixes }) => ({
    rule,
    codes,
    severity,
    message,
    range: rangeOf(index, span),
    docs: docsUrl(rule),
    // Those that change another file have no edits here.
    fixes: fixes
      .filter(({ edits }) => edits.length > 0)
      .map(({ title, safety, preferred, edits }) => ({
        title,
        safety,
        preferred,
        edits: edits
          .toSorted((a, b) => a.span.start - b.span.start)
          .map(edit => ({ range: rangeOf(index, edit.span), text: edit.text })),
      })),
  }));
}

const rangeOf = (index: LineIndex, { start, end }: Span): api.Range => ({
  start: positionAt(index, start),
  end: positionAt(index, end),
});
