import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { createProfile, installExtension, type Profile, serveDesktop } from './desktop-host.js';
import { Editor } from './editor.js';
import type { Vscode } from './install.js';
import { serveWeb } from './web-host.js';

export interface Opened {
  readonly editor: Editor;
  readonly page: Page;
  readonly close: () => Promise<void>;
}

export interface OpenOptions {
  /** An absolute path; in the web host the folder is mounted. */
  readonly folder: string;
  readonly file: string;
  /** Where screenshots of this window go, below `out/e2e`. */
  readonly shots: string;
  /** How the browser's window looks, where it is not the usual one. */
  readonly window?: BrowserContextOptions;
}

/** A kind of VS Code in which the same scenarios run. */
export interface Host {
  readonly name: 'desktop' | 'web';
  readonly open: (options: OpenOptions) => Promise<Opened>;
  readonly stop: () => Promise<void>;
}

/** The rest is waited for by what is on the page, as long as a busy machine needs. */
const SOON = { waitUntil: 'commit', timeout: 60_000 } as const;

const WINDOW: BrowserContextOptions = { viewport: { width: 1280, height: 800 } };

/** VS Code with a Node.js extension host; the extension comes from the .vsix that users install. */
export async function desktopHost(vscode: Vscode, browser: Browser, profile: Profile): Promise<Host> {
  const server = await serveDesktop(vscode, profile);
  const authority = new URL(server.url).host;
  return {
    name: 'desktop',
    stop: server.stop,
    open: async ({ folder, file, shots, window }) => {
      const context = await browser.newContext({ ...WINDOW, ...window });
      const page = await context.newPage();
      const payload = JSON.stringify([['openFile', `vscode-remote://${authority}${folder}/${file}`]]);
      await page.goto(
        `${server.url}/?folder=${encodeURIComponent(folder)}&payload=${encodeURIComponent(payload)}`,
        SOON,
      );
      return { editor: new Editor(page, file, shots), page, close: () => context.close() };
    },
  };
}

/** VS Code for the Web; the extension comes from the folder that the .vsix was unpacked to. */
export function webHost(vscode: Vscode, browser: Browser, tools: string, extension: string): Host {
  return {
    name: 'web',
    stop: async () => {},
    open: async ({ folder, file, shots, window }) => {
      const server = await serveWeb(vscode, tools, { extension, folder });
      const context = await browser.newContext({ ...WINDOW, ...window });
      const close = async (): Promise<void> => {
        await context.close();
        await server.stop();
      };
      const page = await context.newPage();
      const payload = JSON.stringify([['openFile', `vscode-test-web://mount/${file}`]]);
      try {
        await page.goto(`${server.url}/?payload=${encodeURIComponent(payload)}`, SOON);
      } catch (error) {
        // A server that is left behind would keep the run from ending.
        await close();
        throw error;
      }
      return { editor: new Editor(page, file, shots), page, close };
    },
  };
}

/** A profile with the extension installed, and the folder it was unpacked to. */
export async function profileWith(
  vscode: Vscode,
  vsix: string,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<{ profile: Profile; extension: string }> {
  const profile = createProfile(settings);
  try {
    return { profile, extension: await installExtension(vscode, profile, vsix) };
  } catch (error) {
    profile.remove();
    throw error;
  }
}
