import type { InitializeParams } from 'vscode-languageserver';
import type { InitializationOptions } from '../../../shared/src/protocol.js';
import { isRecord } from '../../../shared/src/record.js';
import type { EditAbilities } from '../service/edit-for-client.js';

/** What a client can do, by what it says at `initialize`. */
export interface ClientAbilities {
  /** How it counts lines and characters. */
  counting: 'utf-16' | 'utf-8';
  /** It asks for diagnostics itself, and can be told to ask again. */
  pulls: boolean;
  dynamicConfiguration: boolean;
  /** It watches files for the server. */
  watchesFiles: boolean;
  /** It tells when folders are opened or closed. */
  tellsFolders: boolean;
  /** It asks for the edit of a code action when somebody has chosen it. */
  resolvesEdits: boolean;
  /** It knows code actions that are more than commands. */
  takesActions: boolean;
  /** It applies edits that the server sends. */
  appliesEdits: boolean;
  edits: EditAbilities;
  /** It opens a page when it is asked to. */
  opensPages: boolean;
  /** It shows Markdown in a hover. */
  showsMarkdown: boolean;
  /** It shows an outline as a tree. */
  showsOutlineTree: boolean;
  shellcheckFiles: InitializationOptions['shellcheckFiles'];
  /** It shows the status that is not part of the protocol. */
  showsStatus: boolean;
  /** It reads files for the server, by requests that are no part of the protocol. */
  readsFiles: boolean;
}

export const NO_ABILITIES: Readonly<ClientAbilities> = {
  counting: 'utf-16',
  pulls: false,
  dynamicConfiguration: false,
  watchesFiles: false,
  tellsFolders: false,
  resolvesEdits: false,
  takesActions: false,
  appliesEdits: false,
  edits: { documentChanges: false, createsFiles: false, annotations: false },
  opensPages: false,
  showsMarkdown: true,
  showsOutlineTree: false,
  shellcheckFiles: undefined,
  showsStatus: false,
  readsFiles: false,
};

export function abilitiesOf({ capabilities, initializationOptions }: InitializeParams): ClientAbilities {
  const { general, textDocument, window, workspace } = capabilities;
  const options: Record<string, unknown> = isRecord(initializationOptions) ? initializationOptions : {};
  const actions = textDocument?.codeAction;
  const edits = workspace?.workspaceEdit;
  const formats = textDocument?.hover?.contentFormat ?? [];
  return {
    counting: countingOf(general?.positionEncodings),
    // ShellCheck's findings come later than the others. A client that pulls but cannot be told to pull again (Neovim 0.11)
    // would see them with the next key only. A client that gets both kinds would show everything twice.
    pulls:
      textDocument?.diagnostic !== undefined &&
      workspace?.diagnostics?.refreshSupport === true &&
      options['diagnostics'] !== 'push',
    dynamicConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    tellsFolders: workspace?.workspaceFolders === true,
    resolvesEdits: actions?.dataSupport === true && actions.resolveSupport?.properties.includes('edit') === true,
    takesActions: actions?.codeActionLiteralSupport !== undefined,
    appliesEdits: workspace?.applyEdit === true,
    edits: {
      documentChanges: edits?.documentChanges === true,
      createsFiles: edits?.resourceOperations?.includes('create') === true,
      annotations: edits?.changeAnnotationSupport !== undefined,
    },
    opensPages: window?.showDocument?.support === true,
    // The first one is what it likes best; one that says nothing is as old as the time when all was Markdown.
    showsMarkdown: formats[0] !== 'plaintext',
    showsOutlineTree: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    shellcheckFiles: shellcheckFiles(options['shellcheckFiles']),
    showsStatus: options['status'] === true,
    readsFiles: options['files'] === true,
  };
}

/**
 * UTF-16, in which texts are held here and which every client has to know, also when its list leaves it out (LSP,
 * PositionEncodingKind); only one that lists UTF-8 and not UTF-16 gets that.
 */
const countingOf = (encodings: readonly string[] = []): ClientAbilities['counting'] =>
  encodings.includes('utf-8') && !encodings.includes('utf-16') ? 'utf-8' : 'utf-16';

function shellcheckFiles(files: unknown): InitializationOptions['shellcheckFiles'] {
  if (!isRecord(files) || typeof files['worker'] !== 'string' || typeof files['wasm'] !== 'string') return undefined;
  return { worker: files['worker'], wasm: files['wasm'] };
}
