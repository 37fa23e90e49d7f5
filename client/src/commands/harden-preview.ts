import { type WorkspaceEdit as CodeWorkspaceEdit, commands, type Uri, workspace } from 'vscode';
import type { WorkspaceEdit } from 'vscode-languageclient';

type Annotations = NonNullable<WorkspaceEdit['changeAnnotations']>;

/** Sorted by file, the preview would not show the annotations, which are the reasons for the changes. */
export async function groupByPractice(applied: Thenable<boolean>): Promise<void> {
  let over = false;
  void applied.then(() => {
    over = true;
  });
  // The preview takes a moment to open, and nothing tells when it is there; until then the command does nothing.
  for (const wait of [100, 200, 400, 800]) {
    await new Promise(resolve => {
      setTimeout(resolve, wait);
    });
    if (over) return;
    await commands.executeCommand('refactorPreview.groupByType').then(undefined, () => {});
  }
}

/**
 * The edits in one. Annotation ids are only unique within one answer. None asks for confirmation: what does is not
 * ticked in the preview, and everything in a plan is meant to be done unless the user takes it out.
 */
export function previewed(edits: readonly WorkspaceEdit[]): WorkspaceEdit {
  const documentChanges: NonNullable<WorkspaceEdit['documentChanges']> = [];
  const changeAnnotations: NonNullable<WorkspaceEdit['changeAnnotations']> = {};
  for (const [index, edit] of edits.entries()) {
    const own = (id: string): string => `${index}:${id}`;
    for (const [id, annotation] of Object.entries(edit.changeAnnotations ?? {})) {
      changeAnnotations[own(id)] = { ...annotation, needsConfirmation: false };
    }
    for (const change of edit.documentChanges ?? []) {
      if ('edits' in change) {
        const renamed = change.edits.map(item =>
          'annotationId' in item ? { ...item, annotationId: own(item.annotationId) } : item,
        );
        documentChanges.push({ ...change, edits: renamed });
      } else {
        documentChanges.push(
          change.annotationId === undefined ? change : { ...change, annotationId: own(change.annotationId) },
        );
      }
    }
  }
  return { documentChanges, changeAnnotations: withAllReasons(changeAnnotations) };
}

/** VS Code groups by label and shows the description of a group's first change, so that one tells those of all. */
function withAllReasons(annotations: Annotations): Annotations {
  const reasons = new Map<string, Set<string>>();
  for (const { label, description } of Object.values(annotations)) {
    const known = reasons.get(label) ?? new Set();
    reasons.set(label, description === undefined ? known : known.add(description));
  }
  const told = new Set<string>();
  return Object.fromEntries(
    Object.entries(annotations).map(([id, annotation]) => {
      if (told.has(annotation.label)) return [id, annotation];
      told.add(annotation.label);
      return [id, { ...annotation, description: [...(reasons.get(annotation.label) ?? [])].join('; ') }];
    }),
  );
}

/**
 * VS Code opens its preview when a part of the edit needs confirmation, and shows that part unticked. So one that
 * changes nothing is added: to create what exists, unless it exists. The preview leaves it out.
 */
export function openPreview(edit: CodeWorkspaceEdit, exists: Uri): void {
  edit.createFile(exists, { ignoreIfExists: true }, { label: 'Harden', needsConfirmation: true });
}

/** Unsaved buffers are in no folder; the extension's own is always there. */
export async function existing(storage: Uri): Promise<Uri> {
  await workspace.fs.createDirectory(storage);
  return storage;
}
