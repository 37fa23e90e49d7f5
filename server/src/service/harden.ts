import type { ChangeAnnotation, TextDocumentEdit } from 'vscode-languageserver-types';
import type { HardenResult } from '../../../shared/src/protocol.js';
import { type HardenEdit, PRACTICES, planHarden } from '../harden/index.js';
import { lineIndex } from '../text/line-index.js';
import type { OnRefusal, Version } from './actions.js';
import { toTextEdit } from './convert.js';

/** Harden as one edit whose annotations let the editor's preview show, group and deselect each change. */
export function hardenEdit(version: Version, onRefusal: OnRefusal): HardenResult {
  const before = version.result.dockerfile.text;
  const plan = planHarden(before, version.options, onRefusal);
  const left = plan.left
    .filter(finding => finding.severity !== 'hint')
    .map(finding => ({ rule: finding.rule, message: finding.message }));
  const applied = plan.applied.map(({ rule, title }) => ({ rule, title }));
  if (plan.edits.length === 0) return { edit: undefined, applied, left, refusal: plan.refusal };
  const index = lineIndex(before);
  const changeAnnotations: Record<string, ChangeAnnotation> = {};
  const edits = plan.edits.map((edit, number) => {
    const id = `change-${number}`;
    changeAnnotations[id] = annotation(edit);
    return { ...toTextEdit(index, edit), annotationId: id };
  });
  const documentEdit: TextDocumentEdit = {
    textDocument: { uri: version.uri, version: version.version < 0 ? null : version.version },
    edits,
  };
  return { edit: { documentChanges: [documentEdit], changeAnnotations }, applied, left, refusal: undefined };
}

const annotation = (edit: HardenEdit): ChangeAnnotation => ({
  label: PRACTICES[edit.practice],
  description: edit.reasons.join('; '),
  needsConfirmation: true,
});
