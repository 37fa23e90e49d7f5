import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { packageExtension } from '../../server/src/tools/package.js';
import { findBrowser, installBrowser, launch } from './lib/chromium.js';
import { withCopy } from './lib/copy.js';
import type { Editor } from './lib/editor.js';
import { desktopHost, type Host, profileWith } from './lib/host.js';
import { installVscode, type Log } from './lib/install.js';
import { E2E, ROOT } from './lib/paths.js';

/** One picture of the README. */
interface Picture {
  readonly name: string;
  /** Of the window, in points; small, because the picture is shown small. */
  readonly size: { readonly width: number; readonly height: number };
  /** Brings the window into the state that is photographed. */
  readonly pose: (editor: Editor, page: Page) => Promise<void>;
}

const FILE = 'Dockerfile';
const FINDINGS = /Warnings: [1-9]/;

const PICTURES: readonly Picture[] = [
  {
    name: 'problems',
    size: { width: 820, height: 540 },
    pose: async (editor, page) => {
      await editor.press('Control+Shift+M');
      await page.locator('.markers-panel .monaco-list-row').nth(3).waitFor();
      await editor.goTo('FROM');
    },
  },
  {
    name: 'hover',
    size: { width: 800, height: 460 },
    pose: async editor => {
      await editor.openHover('ADD app', /add-instead-of-copy/);
    },
  },
  {
    name: 'quick-fix',
    size: { width: 800, height: 400 },
    pose: editor => editor.openQuickFixes('apt-get install'),
  },
  {
    name: 'user',
    size: { width: 880, height: 340 },
    pose: async editor => {
      await editor.quickFix('python:3.12-slim', /Run as a new non-root user/);
      await editor.has('USER 10001:10001');
    },
  },
  {
    name: 'harden-preview',
    size: { width: 720, height: 600 },
    pose: async editor => {
      await editor.command('Harden Dockerfile or Compose File');
      await editor.previews('Keep the image small');
      // The whole list is worth more than the file after it.
      await editor.command('View: Toggle Maximized Panel');
    },
  },
  {
    name: 'hardened',
    size: { width: 880, height: 490 },
    pose: async editor => {
      await editor.command('Harden Dockerfile or Compose File');
      await editor.previews('Keep the image small');
      await editor.applyPreview();
      await editor.isTold(/^Hardened/);
    },
  },
];

/** Only the editor, the panel and the status bar, in the colours that the browser asks for. */
const SETTINGS = {
  'window.autoDetectColorScheme': true,
  'window.menuBarVisibility': 'hidden',
  'window.commandCenter': false,
  'workbench.activityBar.location': 'hidden',
  'workbench.layoutControl.enabled': false,
  'breadcrumbs.enabled': false,
  'editor.minimap.enabled': false,
  'editor.scrollbar.vertical': 'hidden',
  'editor.renderLineHighlight': 'none',
  'editor.cursorBlinking': 'solid',
  'editor.guides.indentation': false,
  'editor.hideCursorInOverviewRuler': true,
  'editor.occurrencesHighlight': 'off',
};

/** `npm run screenshots [-- NAME]`: takes the README's pictures anew, in light and dark. */
async function screenshots(only: string | undefined, log: Log): Promise<void> {
  const browserPath = findBrowser() ?? (await installBrowser(log));
  if (browserPath === undefined)
    throw new Error('There is no Chromium or Chrome on this machine; set CHROMIUM to its path.');
  const vscode = await installVscode(log);
  const { profile } = await profileWith(vscode, await packageExtension(() => {}), SETTINGS);
  const browser = await launch(browserPath);
  const host = await desktopHost(vscode, browser, profile);
  try {
    for (const picture of PICTURES) {
      if (only !== undefined && picture.name !== only) continue;
      for (const colorScheme of ['light', 'dark'] as const) log(await take(host, picture, colorScheme));
    }
  } finally {
    await browser.close();
    await host.stop();
    profile.remove();
  }
}

function take(host: Host, { name, size, pose }: Picture, colorScheme: 'light' | 'dark'): Promise<string> {
  return withCopy(join(E2E, 'gallery'), async folder => {
    const window = { viewport: size, colorScheme, deviceScaleFactor: SCALE };
    const { editor, page, close } = await host.open({ folder, file: FILE, shots: `pictures/${colorScheme}`, window });
    try {
      await editor.isReady();
      await page.keyboard.press('Control+B');
      await editor.countsProblems(FINDINGS);
      await pose(editor, page);
      // To an empty part of the status bar: elsewhere it would show a hover of its own.
      await page.mouse.move(size.width * 0.33, size.height - 5);
      await page.waitForTimeout(SETTLE);
      mkdirSync(IMAGES, { recursive: true });
      const path = join(IMAGES, `${name}-${colorScheme}.png`);
      await page.screenshot({ path, animations: 'disabled' });
      return `${String(Math.ceil(statSync(path).size / 1024)).padStart(4)} KB  ${path}`;
    } catch (error) {
      await editor.screenshot(`${name}-failed`);
      throw error;
    } finally {
      await close();
    }
  });
}

const IMAGES = join(ROOT, 'docs/images');
/** Sharp on good screens; the files stay small because there is little in them. */
const SCALE = 1.4;
/** Fading and sliding parts have come to rest by then, and the squiggles are those of the text as it is. */
const SETTLE = 1000;

await screenshots(process.argv[2], line => console.log(line));
