import { commands, type Diagnostic, env, languages, Uri, window, workspace } from 'vscode';

/** Shows a rule's page: the one packed with the extension, so that it works without a network; else the one its finding links to. */
export async function openRuleDocs(extension: Uri, rule: string | undefined): Promise<void> {
  const id = rule ?? (await chooseRule());
  if (id === undefined) return;
  const page = Uri.joinPath(extension, 'docs', 'rules', `${id}.md`);
  // Only names that can be a rule's: the argument may come from a link in a hover.
  if (/^[a-z][a-z0-9-]*$/.test(id) && (await exists(page))) {
    await showPage(page);
    return;
  }
  if (/^SC\d{4}$/.test(id)) {
    const codes = Uri.joinPath(extension, 'docs', 'rules', 'shellcheck.md');
    if (await explains(codes, id)) {
      await showPage(codes.with({ fragment: id.toLowerCase() }));
      return;
    }
  }
  const target = ourDiagnostics().find(diagnostic => ruleOf(diagnostic) === id)?.code;
  if (typeof target === 'object') await env.openExternal(target.target);
  else window.showInformationMessage(`There is no documentation for “${id}”.`);
}

/** As its text where VS Code has no preview, as in some builds for the web. */
async function showPage(page: Uri): Promise<void> {
  const known = await commands.getCommands();
  if (known.includes(PREVIEW)) await commands.executeCommand(PREVIEW, page);
  else await window.showTextDocument(page);
}

const PREVIEW = 'markdown.showPreview';

/** The rules with findings on the cursor's line, else in the file. */
async function chooseRule(): Promise<string | undefined> {
  const line = window.activeTextEditor?.selection.active.line;
  const all = ourDiagnostics();
  const here = all.filter(({ range }) => line !== undefined && range.start.line <= line && line <= range.end.line);
  const found = here.length > 0 ? here : all;
  const rules = new Map(found.map(diagnostic => [ruleOf(diagnostic), diagnostic.message]));
  const [only] = rules.keys();
  if (only === undefined) {
    window.showInformationMessage('The active editor has no findings to explain.');
    return undefined;
  }
  if (rules.size === 1) return only;
  const items = [...rules].map(([label, detail]) => ({ label, detail }));
  return (await window.showQuickPick(items, { placeHolder: 'Explain which rule?' }))?.label;
}

function ourDiagnostics(): readonly Diagnostic[] {
  const uri = window.activeTextEditor?.document.uri;
  return uri ? languages.getDiagnostics(uri).filter(diagnostic => diagnostic.source === 'dockwright') : [];
}

function ruleOf({ code }: Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}

/** Whether a page has a section about a code. */
async function explains(page: Uri, code: string): Promise<boolean> {
  try {
    return new TextDecoder().decode(await workspace.fs.readFile(page)).includes(`## ${code}\n`);
  } catch {
    return false;
  }
}

async function exists(uri: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
