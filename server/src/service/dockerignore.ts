import type { DockerignoreResult } from '../../../shared/src/protocol.js';
import type { ContextSnapshot } from '../context/index.js';
import { compileIgnore, suggestIgnore } from '../context/index.js';
import { analyse } from '../engine/lint.js';
import { lineIndex } from '../text/line-index.js';
import { toRange } from './convert.js';

/** What is known beside a Dockerfile, as this needs it. */
interface Beside {
  readonly context: ContextSnapshot | undefined;
  fileUri(path: string): string | undefined;
  fileText(path: string): string | undefined;
}

/** Paths that the file copies from the build context, as written: no suggestion may keep them out. */
function copied(text: string): string[] {
  const { facts } = analyse(text);
  return [...facts.all('COPY'), ...facts.all('ADD')]
    .filter(({ instruction }) => instruction.flag('from') === undefined)
    .flatMap(({ instruction }) => instruction.words.slice(0, -1).map(word => word.text));
}

/** The `.dockerignore` that fits a Dockerfile, as a file to create or lines to add; no edit when nothing is missing. */
export function dockerignoreEdit(dockerfileUri: string, dockerfile: string, beside: Beside): DockerignoreResult {
  const path = beside.context?.ignore?.path ?? '.dockerignore';
  const uri = beside.fileUri(path) ?? dockerfileUri;
  const files = beside.context?.entries.map(entry => entry.path) ?? [];
  const before = beside.fileText(path);
  const had = new Set((before ?? '').split(/\r?\n/).map(line => line.trim()));
  const lines = suggestIgnore(files, copied(dockerfile), compileIgnore(before ?? '')).filter(line => !had.has(line));
  if (lines.length === 0 || beside.fileUri(path) === undefined) return { edit: undefined, uri };
  const text = `${lines.join('\n')}\n`;
  const at = before?.length ?? 0;
  const gap = before === undefined || before === '' || before.endsWith('\n') ? '' : '\n';
  const insertion = { range: toRange(lineIndex(before ?? ''), { start: at, end: at }), newText: gap + text };
  return {
    uri,
    edit: {
      documentChanges: [
        ...(before === undefined ? [{ kind: 'create', uri, options: { ignoreIfExists: true } }] : []),
        { textDocument: { uri, version: null }, edits: [insertion] },
      ],
      changeAnnotations: {},
    },
  };
}
