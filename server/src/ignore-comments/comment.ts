import { canonicalName } from '../profiles/rule-names.js';
import { rulesOfKics } from '../standards/kics.js';
import type { Span } from '../text/span.js';

export type IgnoreScope = 'instruction' | 'stage' | 'file';

export interface IgnoredName {
  readonly text: string;
  /** See canonicalName. */
  readonly key: string;
  /** Absolute. */
  readonly span: Span;
}

/** A comment that asks not to report something. */
export interface IgnoreComment {
  readonly tool: 'dockwright' | 'hadolint' | 'trivy' | 'shellcheck' | 'dockerfile-utils' | 'checkov' | 'tally' | 'kics';
  readonly scope: IgnoreScope;
  /** Above the first line of a block it is about all of the block: above FROM, about the stage. */
  readonly isForBlock?: true;
  readonly names: readonly IgnoredName[];
}

/** A comment that was meant as one of ours, but says nothing that is understood. */
export interface Misspelt {
  readonly tool: 'misspelt';
  readonly span: Span;
}

const OWN = /^#\s*dockwright:?\s+(?:(file|stage)-)?ignore\s*=/i;
const OWN_ATTEMPT = /^#\s*dockwright\b.*\b(?:ignore|disable|skip|off)\b/i;
const HADOLINT = /^#\s*hadolint\s+(?:(global|stage)\s+)?ignore\s*=/;
// What hadolint itself accepts: upper-case codes only, nothing after them but a further comment.
const HADOLINT_EXACT =
  /^#[ \t]*hadolint[ \t]+(?:(?:global|stage)[ \t]+)?ignore[ \t]*=[ \t]*[DLSC0-9]+(?:[ \t]*,[ \t]*[DLSC0-9]+)*[ \t]*(?:#.*)?$/;
/** ShellCheck's own directive. Docker takes comments out of a RUN, so ShellCheck never sees it there. */
const SHELLCHECK = /^#\s*shellcheck\s+(?:\S+=\S+\s+)*?disable=(\S+)/;
/** The comment of rcjsuen’s language server: nothing is to be said of the next instruction. */
const DOCKERFILE_UTILS = /^#\s*dockerfile-utils:\s*ignore\s*$/i;
/** Checkov's, which is about the whole file wherever it is; what follows the colon is the reason. */
const CHECKOV = /^#\s*(?:checkov|bridgecrew):skip=([\w-]+)/;
/** tally's, whose names may begin with the tool that a rule is taken from: `hadolint/DL3008`. */
const TALLY = /^#\s*tally\s+(global\s+)?ignore\s*=\s*([\w/-]+(?:\s*,\s*[\w/-]+)*)/i;
/** KICS's: without an id it is about everything that KICS checks. */
const KICS = /^#\s*kics-scan\s+(?:(ignore-line|ignore-block|ignore)\s*$|disable=([\da-f-]+(?:\s*,\s*[\da-f-]+)*))/i;
/** The key of a comment that names no rule and means them all. */
export const EVERYTHING = 'everything ';
const TRIVY = /trivy:ignore:([\w-]+)/g;

/**
 * Reads one comment. `raw` begins at its `#`, which is at offset `start` of the file. With `exact`, hadolint's
 * comments must be written as hadolint demands.
 */
export function readIgnore(raw: string, start: number, exact: boolean): IgnoreComment | Misspelt | undefined {
  // Most comments are prose; the word is in every form of ours and theirs.
  if (!/ignore|dockwright|shellcheck|:skip=|kics-scan/i.test(raw)) return undefined;
  const own = OWN.exec(raw);
  if (own) {
    const scope = own[1] ? (own[1].toLowerCase() === 'file' ? 'file' : 'stage') : 'instruction';
    const names = namesFrom(raw, own[0].length, start);
    return names.length > 0
      ? { tool: 'dockwright', scope, names }
      : { tool: 'misspelt', span: { start, end: start + raw.length } };
  }
  const hadolint = HADOLINT.exec(raw);
  if (hadolint) {
    if (exact && !HADOLINT_EXACT.test(raw)) return undefined;
    const scope = hadolint[1] === 'global' ? 'file' : hadolint[1] === 'stage' ? 'stage' : 'instruction';
    return { tool: 'hadolint', scope, names: namesFrom(raw, hadolint[0].length, start) };
  }
  if (DOCKERFILE_UTILS.test(raw)) {
    const name = { text: 'all', key: EVERYTHING, span: { start, end: start + raw.length } };
    return { tool: 'dockerfile-utils', scope: 'instruction', names: [name] };
  }
  const shellcheck = SHELLCHECK.exec(raw);
  if (shellcheck) {
    const list = shellcheck[1] ?? '';
    return {
      tool: 'shellcheck',
      scope: 'instruction',
      names: shellcheckNames(list, start + shellcheck[0].length - list.length),
    };
  }
  if (/^#\s*trivy:ignore:/.test(raw)) {
    // An expiry (`:exp:2030-01-01`) is read over: what is reported must not depend on the day.
    const names = [...raw.matchAll(TRIVY)].map(match =>
      named(match[1] ?? '', start + match.index + 'trivy:ignore:'.length),
    );
    return { tool: 'trivy', scope: 'instruction', isForBlock: true, names };
  }
  const checkov = CHECKOV.exec(raw);
  if (checkov) {
    const name = checkov[1] ?? '';
    return { tool: 'checkov', scope: 'file', names: [named(name, start + checkov[0].length - name.length)] };
  }
  const kics = KICS.exec(raw);
  if (kics) return kicsComment(kics, start);
  const tally = TALLY.exec(raw);
  if (tally) {
    const list = tally[2] ?? '';
    const names = tallyNames(list, start + tally[0].length - list.length);
    return { tool: 'tally', scope: tally[1] ? 'file' : 'instruction', names };
  }
  return OWN_ATTEMPT.test(raw) ? { tool: 'misspelt', span: { start, end: start + raw.length } } : undefined;
}

const named = (text: string, start: number): IgnoredName => ({
  text,
  key: canonicalName(text),
  span: { start, end: start + text.length },
});

function kicsComment([raw, what, list = '']: RegExpExecArray, start: number): IgnoreComment {
  const from = start + raw.length - list.length;
  const listed = [...list.matchAll(/[^\s,]+/g)].flatMap(({ 0: text, index }) => {
    const span = { start: from + index, end: from + index + text.length };
    return rulesOfKics(text).map(rule => ({ text, key: canonicalName(rule), span }));
  });
  const all = { text: 'all', key: EVERYTHING, span: { start, end: start + raw.length } };
  const isForFile = what === undefined || /^ignore$/i.test(what);
  return {
    tool: 'kics',
    scope: isForFile ? 'file' : 'instruction',
    ...(/block$/i.test(what ?? '') ? { isForBlock: true } : {}),
    names: what === undefined ? listed : [all],
  };
}

/** `SC2086,2046,all`: the letters may be left out. */
function shellcheckNames(list: string, start: number): IgnoredName[] {
  return [...list.matchAll(/[^,]+/g)].flatMap(({ 0: text, index }) => {
    const span = { start: start + index, end: start + index + text.length };
    const code = /^(?:SC)?(\d{4})$/.exec(text)?.[1];
    if (code) return [{ text, key: canonicalName(`SC${code}`), span }];
    return text === 'all' ? [{ text, key: 'shellcheck', span }] : [];
  });
}

function tallyNames(list: string, start: number): IgnoredName[] {
  return [...list.matchAll(/(?:\w+\/)?([\w-]+)/g)].map(({ 0: whole, 1: name = '', index }) =>
    named(name, start + index + whole.length - name.length),
  );
}

/** Names with commas between them; what follows without a comma is the reason. */
function namesFrom(raw: string, from: number, start: number): IgnoredName[] {
  const item = /\s*([A-Za-z](?:[\w.-]*[\w-])?)\s*(,?)/y;
  item.lastIndex = from;
  const names: IgnoredName[] = [];
  for (let match = item.exec(raw); match; match = item.exec(raw)) {
    const [whole, text = '', comma] = match;
    names.push(named(text, start + match.index + whole.indexOf(text)));
    if (comma === '') break;
  }
  return names;
}
