import type { CreateFile, TextDocumentEdit } from 'vscode-languageserver-types';
import type { DockerignoreResult } from '../../../shared/src/protocol.js';
import type { ContextSnapshot } from '../context/index.js';
import { compileIgnore, leaks, takesBack } from '../context/index.js';
import { ignoreLines, isNamed, scriptsOf } from '../edits/ignore-lines.js';
import { analyse } from '../engine/lint.js';
import type { FileFacts } from '../facts/index.js';
import type { Counting } from '../text/line-index.js';
import { appending } from './convert.js';

/** What is known beside a Dockerfile, as this needs it. */
interface Beside {
  readonly context: ContextSnapshot | undefined;
  fileUri(path: string): string | undefined;
  fileText(path: string): string | undefined;
}

/** The answer, with its edit as the protocol's type. */
type Answer = Omit<DockerignoreResult, 'edit'> & {
  readonly edit:
    | {
        readonly documentChanges: (CreateFile | TextDocumentEdit)[];
        readonly changeAnnotations: Record<string, never>;
      }
    | undefined;
};

/** The `.dockerignore` that fits a Dockerfile, as a file to create or lines to add; no edit when nothing is missing. */
export function dockerignoreEdit(
  dockerfileUri: string,
  dockerfile: string,
  beside: Beside,
  counting: Counting = 'utf-16',
): Answer {
  const path = beside.context?.ignore?.path ?? '.dockerignore';
  const uri = beside.fileUri(path) ?? dockerfileUri;
  const { facts } = analyse(dockerfile, beside.context ? { context: beside.context } : {});
  const before = beside.fileText(path);
  const had = new Set((before ?? '').split(/\r?\n/).map(line => line.trim()));
  const lines = missingLines(facts, before ?? '').filter(line => !had.has(line));
  if (lines.length === 0 || beside.fileUri(path) === undefined) return { edit: undefined, uri };
  const insertion = appending(before ?? '', `${lines.join('\n')}\n`, counting);
  return {
    uri,
    edit: {
      documentChanges: [
        ...(before === undefined ? [{ kind: 'create' as const, uri, options: { ignoreIfExists: true } }] : []),
        { textDocument: { uri, version: null }, edits: [insertion] },
      ],
      changeAnnotations: {},
    },
  };
}

/** What the ecosystem suggests, and what really is there and should not get into an image. */
function missingLines(facts: FileFacts, existing: string): readonly string[] {
  const ignore = compileIgnore(existing);
  const suggested = ignoreLines(facts, ignore);
  const after = compileIgnore([existing, ...suggested].join('\n'));
  const found = facts.context ? leaks(facts.context, after, scriptsOf(facts)) : [];
  const more = [...new Set(found.map(leak => leak.line))];
  const files = facts.context?.entries.map(({ path }) => path) ?? [];
  const isWanted = (line: string): boolean =>
    !isNamed(facts, source => compileIgnore(line).verdict(source) !== 'kept') && !takesBack(ignore, [line], files);
  return [...suggested, ...more.filter(isWanted)];
}
