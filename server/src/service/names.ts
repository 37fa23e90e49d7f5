import {
  type DocumentHighlight,
  DocumentHighlightKind,
  type Location,
  type Range,
  type WorkspaceEdit,
} from 'vscode-languageserver-types';
import type { NameHere } from '../features/names.js';
import type { RenameRefusal, Renaming } from '../features/rename.js';
import { positionAt } from '../text/line-index.js';
import type { Version } from './actions.js';
import { toRange, toTextEdit } from './convert.js';

type Place = Pick<Version, 'uri' | 'index'>;

export const toDefinitions = ({ uri, index }: Place, { definitions }: NameHere): Location[] =>
  definitions.map(span => ({ uri, range: toRange(index, span) }));

export const toReferences = ({ uri, index }: Place, { places }: NameHere, withDefinitions: boolean): Location[] =>
  places
    .filter(({ isDefinition }) => withDefinitions || !isDefinition)
    .map(({ span }) => ({ uri, range: toRange(index, span) }));

export const toHighlights = ({ index }: Place, { places }: NameHere): DocumentHighlight[] =>
  places.map(({ span, isDefinition }) => ({
    range: toRange(index, span),
    kind: isDefinition ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
  }));

export const toPlaceholder = (
  { index }: Place,
  { span }: NameHere,
): { readonly range: Range; readonly placeholder: string } => ({
  range: toRange(index, span),
  placeholder: index.text.slice(span.start, span.end),
});

/** A refusal as an editor shows it, with the line where it has one. */
export const refusalText = ({ index }: Place, { refusal, offset }: RenameRefusal): string =>
  offset === undefined ? refusal : `${refusal} (line ${positionAt(index, offset).line + 1}).`;

const ENVIRONMENT = 'environment';

/** What is in the environment of programs is to be looked at before it is changed, where the editor can show it. */
export function toRename(
  { uri, version, index }: Pick<Version, 'uri' | 'version' | 'index'>,
  { edits, isInEnvironment }: Renaming,
): WorkspaceEdit {
  const texts = edits.map(edit => toTextEdit(index, edit));
  if (!isInEnvironment) return { documentChanges: [{ textDocument: { uri, version }, edits: texts }] };
  return {
    documentChanges: [
      { textDocument: { uri, version }, edits: texts.map(edit => ({ ...edit, annotationId: ENVIRONMENT })) },
    ],
    changeAnnotations: {
      [ENVIRONMENT]: {
        label: 'Rename a variable of the environment',
        description: 'Programs that read it in the container know it by its old name.',
        needsConfirmation: true,
      },
    },
  };
}
