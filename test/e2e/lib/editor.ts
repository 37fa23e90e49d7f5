import { mkdirSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import type { Page } from 'playwright-core';
import { OUT } from './paths.js';

const PROBLEMS = '#status\\.problems a';
const QUICK_INPUT = '.quick-input-widget';
const MENU_ROW = '.action-widget .monaco-list-row.action';
const TOAST = '.notifications-toasts .notification-list-item-message';
const PREVIEW = '.bulk-edit-panel';
const EXPLORER_ROW = '.explorer-folders-view .monaco-list-row';

/** Long, because a busy machine is slow; nothing waits longer than it has to. */
const PATIENCE = 60_000;

/** One VS Code window with one file, driven and looked at as a person would. Every method waits until what it says is true. */
export class Editor {
  readonly #page: Page;
  readonly #pane: string;
  readonly #shots: string;

  /** `file` is the end of the open file's path; screenshots go to a folder named `shots`. */
  constructor(page: Page, file: string, shots: string) {
    this.#page = page;
    this.#pane = `.monaco-editor[data-uri$="/${file}"]`;
    this.#shots = isAbsolute(shots) ? shots : join(OUT, shots);
    page.setDefaultTimeout(PATIENCE);
  }

  async isReady(): Promise<void> {
    await this.#page.waitForSelector('.monaco-workbench');
    await this.#page.waitForSelector(`${this.#pane} .view-line`);
  }

  /** The lines on the screen, top to bottom. */
  async lines(): Promise<string[]> {
    return this.#page.locator(`${this.#pane} .view-line`).evaluateAll(nodes =>
      nodes
        .map(node => ({ top: node.getBoundingClientRect().top, text: node.textContent ?? '' }))
        .sort((a, b) => a.top - b.top)
        .map(line => line.text.replace(/\u00a0/g, ' ')),
    );
  }

  async text(): Promise<string> {
    return (await this.lines()).join('\n');
  }

  /** The text once it is no longer drawn: while the editor draws, a line may be counted twice. */
  async settled(): Promise<string> {
    let text = await this.text();
    for (let same = 0; same < 5; ) {
      await this.#page.waitForTimeout(100);
      const now = await this.text();
      same = now === text ? same + 1 : 0;
      text = now;
    }
    return text;
  }

  /** Waits until the text on the screen passes. */
  async shows(what: string, passes: (text: string) => boolean): Promise<void> {
    const end = Date.now() + PATIENCE;
    while (!passes(await this.text())) {
      if (Date.now() > end) throw new Error(`the editor never showed ${what}; it shows:\n${await this.text()}`);
      await this.#page.waitForTimeout(50);
    }
  }

  async has(line: string): Promise<void> {
    await this.shows(`the line “${line}”`, text => text.split('\n').includes(line));
  }

  /** All texts in the window: what a failure is understood by. */
  async whole(): Promise<string> {
    // biome-ignore lint/performance/useDomNodeTextContent: textContent has what is hidden, too.
    return this.#page.locator('.monaco-workbench').innerText({ timeout: 5000 });
  }

  /** A squiggle of this kind somewhere on the line that contains `text`. */
  async hasSquiggle(text: string, kind: 'error' | 'warning' | 'info' | 'hint' = 'warning'): Promise<void> {
    // Looked up anew each time: the editor draws its lines again while it loads.
    await this.#page.waitForFunction(
      ({ pane, selector, text }) => {
        const boxes = [...document.querySelectorAll(selector)].map(node => node.getBoundingClientRect());
        return [...document.querySelectorAll(`${pane} .view-line`)].some(node => {
          if (!(node.textContent ?? '').replace(/\u00a0/g, ' ').includes(text)) return false;
          const line = node.getBoundingClientRect();
          return boxes.some(box => box.top >= line.top - 2 && box.bottom <= line.bottom + 2);
        });
      },
      { pane: this.#pane, selector: `${this.#pane} .squiggly-${kind}`, text },
    );
  }

  async hasNoSquiggles(): Promise<void> {
    for (const kind of ['error', 'warning', 'info'] as const) await this.hasNoSquiggle(kind);
  }

  async hasNoSquiggle(kind: 'error' | 'warning' | 'info'): Promise<void> {
    await this.#page.locator(`${this.#pane} .squiggly-${kind}`).first().waitFor({ state: 'detached' });
  }

  /** The counter in the status bar, e.g. `Warnings: 3` or `No Problems`. */
  async countsProblems(label: string | RegExp): Promise<void> {
    const wanted = typeof label === 'string' ? new RegExp(`^${label}$`) : label;
    const end = Date.now() + PATIENCE;
    for (;;) {
      const shown = await this.problems();
      if (wanted.test(shown)) return;
      if (Date.now() > end) throw new Error(`the status bar never said ${wanted}; it says “${shown}”`);
      await this.#page.waitForTimeout(50);
    }
  }

  async problems(): Promise<string> {
    return (await this.#page.locator(PROBLEMS).getAttribute('aria-label')) ?? '';
  }

  /** Looks for as long as a slow machine needs to show something that should not be there. */
  async stays(what: string, isSo: () => Promise<boolean>): Promise<void> {
    const end = Date.now() + 3000;
    while (Date.now() < end) {
      if (!(await isSo())) throw new Error(`it did not stay ${what}; the status bar says “${await this.problems()}”`);
      await this.#page.waitForTimeout(100);
    }
  }

  /** The changes of the open file since the last commit, with the cursor in the older text. */
  async opensChanges(): Promise<void> {
    await this.#page.locator('.editor-actions a[aria-label^="Open Changes"]').first().click();
    await this.#page.locator('.monaco-diff-editor .editor.original .view-line').first().click();
  }

  /** A question in the middle of the window, and the button that answers it. */
  async isAsked(question: string, answer: string, shot?: string): Promise<void> {
    const dialog = this.#page.locator('.monaco-dialog-box', { hasText: question });
    await dialog.waitFor();
    if (shot !== undefined) await this.screenshot(shot);
    await dialog.locator('.monaco-button', { hasText: new RegExp(`^${answer}$`) }).click();
    await dialog.waitFor({ state: 'detached' });
  }

  /** Puts the cursor before the first occurrence of `text`. */
  async goTo(text: string): Promise<void> {
    await this.shows(`“${text}”`, shown => shown.includes(text));
    const lines = await this.lines();
    const line = lines.findIndex(candidate => candidate.includes(text));
    const column = (lines[line] ?? '').indexOf(text);
    await this.#focus();
    await this.#page.keyboard.press('Control+G');
    const input = this.#page.locator(`${QUICK_INPUT} input[type=text]`);
    await input.waitFor({ state: 'visible' });
    await input.fill(`:${line + 1}:${column + 1}`);
    await this.#page.keyboard.press('Enter');
    await this.#page.locator(QUICK_INPUT).waitFor({ state: 'hidden' });
  }

  /** Ctrl+. on `text`, then the entry `title`. */
  async quickFix(text: string, title: string | RegExp, shot?: string): Promise<void> {
    const row = this.#page.locator(MENU_ROW, { hasText: title }).first();
    // The place is looked up each time: while the editor draws, a line may be counted twice.
    await this.#insist(
      async () => {
        await this.goTo(text);
        await this.#page.keyboard.press('Control+.');
        await row.waitFor({ timeout: 4000 });
      },
      () => this.#page.keyboard.press('Escape'),
    );
    if (shot !== undefined) await this.screenshot(shot);
    await row.click();
    await row.waitFor({ state: 'detached' });
  }

  /** Ctrl+. on `text`; the menu stays open. */
  async openQuickFixes(text: string): Promise<void> {
    await this.#insist(
      async () => {
        await this.goTo(text);
        await this.#page.keyboard.press('Control+.');
        await this.#page.locator(MENU_ROW).first().waitFor({ timeout: 4000 });
      },
      () => this.#page.keyboard.press('Escape'),
    );
  }

  /** What the hover over `text` says. */
  async hover(text: string, says: string | RegExp, shot?: string): Promise<void> {
    await this.openHover(text, says);
    if (shot !== undefined) await this.screenshot(shot);
    await this.#page.keyboard.press('Escape');
  }

  /** The hover over `text`, which stays open. */
  async openHover(text: string, says: string | RegExp): Promise<void> {
    await this.goTo(text);
    const hover = this.#page
      .locator(`${this.#pane} .monaco-hover, .monaco-hover.workbench-hover`, { hasText: says })
      .first();
    await this.#insist(
      async () => {
        await this.#page.keyboard.press('Control+K');
        await this.#page.keyboard.press('Control+I');
        await hover.waitFor({ timeout: 4000 });
      },
      () => this.#page.keyboard.press('Escape'),
    );
  }

  /** F1, the command's title, Enter. */
  async command(title: string): Promise<void> {
    const row = this.#page.locator(`${QUICK_INPUT} .quick-input-list .monaco-list-row.focused`, { hasText: title });
    await this.#insist(
      async () => {
        await this.#page.keyboard.press('F1');
        const input = this.#page.locator(`${QUICK_INPUT} input[type=text]`);
        await input.waitFor({ state: 'visible', timeout: 4000 });
        await input.fill(`>${title}`);
        await row.waitFor({ timeout: 4000 });
      },
      () => this.#page.keyboard.press('Escape'),
    );
    await this.#page.keyboard.press('Enter');
    // Its list may stay in the document, out of sight.
    await row.waitFor({ state: 'hidden' });
  }

  /** The refactor preview lists a change with this text. */
  async previews(change: string | RegExp, shot?: string): Promise<void> {
    await this.#page.locator(`${PREVIEW} .monaco-list-row`, { hasText: change }).first().waitFor();
    if (shot !== undefined) await this.screenshot(shot);
  }

  /** The refactor preview lists nothing with this text; asked when it lists what it should. */
  async previewsNo(change: string | RegExp): Promise<void> {
    const count = await this.#page.locator(`${PREVIEW} .monaco-list-row`, { hasText: change }).count();
    if (count > 0) throw new Error(`the preview lists ${change}`);
  }

  async applyPreview(): Promise<void> {
    await this.#page.locator(`${PREVIEW} .monaco-button`, { hasText: 'Apply' }).first().click();
    await this.#page.locator(`${PREVIEW} .monaco-list-row`).first().waitFor({ state: 'detached' });
  }

  async discardPreview(): Promise<void> {
    await this.#page.locator(`${PREVIEW} .monaco-button`, { hasText: 'Discard' }).first().click();
  }

  /** A message at the lower right. Returns its text. */
  async isTold(message: string | RegExp): Promise<string> {
    const toast = this.#page.locator(TOAST, { hasText: message }).first();
    await toast.waitFor();
    return (await toast.textContent()) ?? '';
  }

  /** No message at the lower right, or no message is left. */
  async isToldNothing(): Promise<void> {
    await this.#page.locator(TOAST).first().waitFor({ state: 'detached' });
  }

  /** Presses a button of the message at the lower right. */
  async answers(button: string): Promise<void> {
    await this.#page.locator('.notifications-toasts .monaco-button', { hasText: button }).first().click();
  }

  /** The editor of another page that was opened, given by the end of its path. */
  async isShown(file: string): Promise<Editor> {
    const other = new Editor(this.#page, encodeURI(file), this.#shots);
    await this.#page.waitForSelector(`${other.#pane} .view-line`);
    return other;
  }

  /** Opens another file of the folder, given by its path. */
  async opens(file: string): Promise<Editor> {
    const other = new Editor(this.#page, file, this.#shots);
    // Files that were open before come first until the search is over, so the row has to show each part of the path.
    const focused = this.#page.locator(`${QUICK_INPUT} .quick-input-list .monaco-list-row.focused`);
    const row = file.split('/').reduce((rows, part) => rows.filter({ hasText: part }), focused);
    await this.#insist(
      async () => {
        await this.#page.keyboard.press('Control+P');
        const input = this.#page.locator(`${QUICK_INPUT} input[type=text]`);
        await input.waitFor({ state: 'visible', timeout: 4000 });
        await input.fill(file);
        await row.waitFor({ timeout: 4000 });
        await this.#page.keyboard.press('Enter');
        await this.#page.waitForSelector(`${other.#pane} .view-line`, { timeout: 8000 });
      },
      () => this.#page.keyboard.press('Escape'),
    );
    return other;
  }

  /** Opens a file that the explorer shows; the search does not know of new ones everywhere. */
  async opensInExplorer(name: string): Promise<Editor> {
    const other = new Editor(this.#page, name, this.#shots);
    await this.command('View: Show Explorer');
    await this.#page
      .locator(EXPLORER_ROW, { hasText: new RegExp(`^${name.replaceAll('.', '\\.')}$`) })
      .first()
      .dblclick();
    await this.#page.waitForSelector(`${other.#pane} .view-line`);
    return other;
  }

  /** Picks the rows of the explorer with these names, then an entry of the menu that the right button opens on the last. */
  async inExplorer(names: readonly string[], entry: string, shot?: string): Promise<void> {
    await this.command('View: Show Explorer');
    const rows = names.map(name => this.#page.locator(EXPLORER_ROW, { hasText: new RegExp(`^${name}$`) }).first());
    for (const [index, row] of rows.entries()) await row.click({ modifiers: index === 0 ? [] : ['Control'] });
    const item = this.#page.locator('.monaco-menu .action-item', { hasText: entry }).first();
    await this.#insist(
      async () => {
        await rows.at(-1)?.click({ button: 'right' });
        await item.waitFor({ timeout: 4000 });
      },
      () => this.#page.keyboard.press('Escape'),
    );
    if (shot !== undefined) await this.screenshot(shot);
    await item.click();
  }

  async undo(): Promise<void> {
    await this.#focus();
    await this.#page.keyboard.press('Control+Z');
  }

  async save(): Promise<void> {
    await this.#focus();
    await this.#page.keyboard.press('Control+S');
    await this.#page.waitForSelector('.tab.active:not(.dirty)');
  }

  async type(text: string): Promise<void> {
    await this.#page.keyboard.type(text);
  }

  async press(key: string): Promise<void> {
    await this.#page.keyboard.press(key);
  }

  async screenshot(name: string): Promise<void> {
    mkdirSync(this.#shots, { recursive: true });
    await this.#page.screenshot({ path: join(this.#shots, `${name}.png`) });
  }

  async #focus(): Promise<void> {
    await this.#page.locator(`${this.#pane} .native-edit-context, ${this.#pane} textarea.inputarea`).first().focus();
  }

  /** A key pressed while the workbench is busy can be swallowed, or its popup closed again: again, then. */
  async #insist(action: () => Promise<void>, undo: () => Promise<void>): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await action();
      } catch (error) {
        if (attempt === 10) throw error;
        await undo();
      }
    }
  }
}
