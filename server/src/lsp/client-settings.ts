import type { Connection, InitializeParams } from 'vscode-languageserver';
import { isRecord } from '../../../shared/src/record.js';
import { DEFAULT_SETTINGS, parseSettings, type Settings } from '../../../shared/src/settings.js';

/** The settings of the editor, by whatever way it tells them. */
export interface ClientSettings {
  initialize(params: InitializeParams): void;
  /** What came with `workspace/didChangeConfiguration`. */
  pushed(settings: unknown): void;
  of(uri: string): Promise<Settings>;
}

type Given = Readonly<Record<string, unknown>>;

const SECTION = 'dockwright';
const KEYS = Object.keys(DEFAULT_SETTINGS);

export function createClientSettings(connection: Connection): ClientSettings {
  let asks = false;
  let atStart: Given = {};
  let later: Given = {};

  async function asked(uri: string): Promise<Given> {
    if (!asks) return {};
    try {
      return ours(await connection.workspace.getConfiguration({ scopeUri: uri, section: SECTION }));
    } catch {
      return {};
    }
  }

  return {
    initialize({ capabilities, initializationOptions }) {
      asks = capabilities.workspace?.configuration === true;
      atStart = ours(initializationOptions);
    },
    pushed(settings) {
      later = ours(settings);
    },
    // What the editor answers about this very file says the most, and what was said at the start the least.
    of: async uri => parseSettings({ ...atStart, ...later, ...(await asked(uri)) }),
  };
}

/** Our part of what a client sends: under our name, else whatever has the name of a setting of ours. */
function ours(value: unknown): Given {
  if (!isRecord(value)) return {};
  for (const wrapper of [SECTION, 'settings']) if (isRecord(value[wrapper])) return ours(value[wrapper]);
  return Object.fromEntries(Object.entries(value).filter(([key]) => KEYS.includes(key)));
}
