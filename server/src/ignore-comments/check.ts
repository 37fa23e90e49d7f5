import { BOOLEAN } from '../dockerfile/index.js';

/** What `# check=` says; see BuildKit's `frontend/dockerfile/linter/linter.go`, ParseLintOptions. */
export interface CheckOptions {
  readonly skip: readonly CheckName[];
  readonly skipAll: boolean;
  readonly experimental: readonly CheckName[];
  readonly experimentalAll: boolean;
  /** The build fails when a check is not passed. */
  readonly error: boolean;
}

/** The name of a check as written; `start` is an offset into the value. */
export interface CheckName {
  readonly text: string;
  readonly start: number;
}

export type ParsedCheck =
  | { readonly options: CheckOptions }
  | { readonly problem: string; readonly start: number; readonly end: number };

/** Reads the value of a `check` directive exactly as BuildKit does: up to the first space, at most three parts. */
export function parseCheck(value: string): ParsedCheck {
  const space = value.indexOf(' ');
  const text = space < 0 ? value : value.slice(0, space);
  let skip: CheckName[] = [];
  let experimental: CheckName[] = [];
  let skipAll = false;
  let experimentalAll = false;
  let error = false;
  let start = 0;
  for (const part of splitAtMost(text, ';', 3)) {
    const end = start + part.length;
    const equals = part.indexOf('=');
    const key = (equals < 0 ? part : part.slice(0, equals)).trim();
    const given = equals < 0 ? '' : part.slice(equals + 1);
    const at = start + equals + 1;
    if (equals < 0 && part === '' && text !== '') {
      return {
        problem: 'Docker cannot read this directive. Write its options without spaces and without a “;” at the end.',
        start,
        end: value.length,
      };
    }
    if (equals < 0)
      return { problem: `“${key}” is not a check option. Use skip=, error= or experimental=.`, start, end };
    if (key === 'skip') {
      if (given.trim() === 'all') skipAll = true;
      else skip = namesIn(given, at);
    } else if (key === 'experimental') {
      if (given.trim() === 'all') experimentalAll = true;
      else experimental = namesIn(given, at);
    } else if (key === 'error') {
      const word = given.trim();
      if (!BOOLEAN.test(word))
        return { problem: `Docker cannot read “${word}”. Write error=true or error=false.`, start: at, end };
      error = /^(?:1|t)/i.test(word);
    } else
      return {
        problem: `“${key}” is not a check option. Use skip=, error= or experimental=.`,
        start,
        end: start + Math.max(equals, 0),
      };
    start = end + 1;
  }
  return { options: { skip, skipAll, experimental, experimentalAll, error } };
}

/** Go's strings.SplitN: the last part keeps the separators that are left. */
function splitAtMost(text: string, separator: string, count: number): string[] {
  const parts = text.split(separator);
  return parts.length <= count ? parts : [...parts.slice(0, count - 1), parts.slice(count - 1).join(separator)];
}

function namesIn(list: string, start: number): CheckName[] {
  let at = start;
  return list.split(',').flatMap(item => {
    const text = item.trim();
    const from = at + item.indexOf(text);
    at += item.length + 1;
    return text === '' ? [] : [{ text, start: from }];
  });
}
