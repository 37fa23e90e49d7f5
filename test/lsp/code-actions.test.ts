import { describe, expect, test } from 'vitest';
import { type CodeAction, LSPErrorCodes } from 'vscode-languageserver';
import { lint } from '../../server/src/engine/lint.js';
import { finish } from '../../server/src/fixes/index.js';
import { DEFAULT_OPTIONS, type Finding, type Fix } from '../../server/src/profiles/types.js';
import { readActionData } from '../../server/src/service/action-data.js';
import { codeActions, type Version, wholeCodeActions } from '../../server/src/service/actions.js';
import { resolveAction } from '../../server/src/service/resolve-action.js';
import { lineIndex } from '../../server/src/text/line-index.js';
import { SERVER_COMMANDS } from '../../shared/src/protocol.js';
import { at, Editor, URI } from './lib/editor.js';

const BAD =
  'FROM debian:12 AS base\nRUN apt-get update && apt-get install curl\nRUN touch a\nFROM base\nADD a /a\nADD b /b\nCMD ["x"]\n';
const RANGES = [at(1, 30), at(2, 1), at(4, 1), at(0, 6), at(1, 0, 40)];
const KINDS = [undefined, ['quickfix'], ['refactor'], ['source.fixAll']];

const isLater = ({ command }: CodeAction): boolean => command?.command === SERVER_COMMANDS.apply;

/** What takes long is a command, where it cannot be asked for later. */
const bare = ({ edit: _edit, data: _data, command, ...rest }: CodeAction): CodeAction =>
  command && !isLater({ ...rest, command }) ? { ...rest, command } : rest;

const resolvable = (action: CodeAction): boolean => action.data !== undefined;

describe('an editor that asks for edits later', () => {
  test('gets the actions that others get, in the same order, without their edits', async () => {
    const whole = await Editor.open();
    const lazy = await Editor.open({ resolves: true });
    for (const editor of [whole, lazy]) {
      await editor.type(BAD);
      await editor.diagnostics();
    }
    for (const range of RANGES) {
      for (const only of KINDS) {
        const expected = await whole.actions(range, only);
        const listed = await lazy.actions(range, only);
        expect(listed.map(bare)).toEqual(expected.map(bare));
        expect(listed.filter(action => action.edit !== undefined)).toEqual([]);
        for (const action of listed) expect(action.data === undefined, action.title).toBe(action.command !== undefined);
      }
    }
  });

  test('gets for each the edit that others got with the list', async () => {
    const whole = await Editor.open();
    const lazy = await Editor.open({ resolves: true });
    for (const editor of [whole, lazy]) {
      await editor.type(BAD);
      await editor.diagnostics();
    }
    let edits = 0;
    for (const range of RANGES) {
      const expected = await whole.actions(range, ['quickfix', 'refactor', 'source']);
      const listed = await lazy.actions(range, ['quickfix', 'refactor', 'source']);
      const resolved = await Promise.all(listed.map(action => (resolvable(action) ? lazy.resolve(action) : action)));
      const known = expected.map(({ edit }, index) => edit ?? resolved[index]?.edit);
      expect(resolved.map(action => action.edit)).toEqual(known);
      for (const action of expected) if (!action.edit) expect(action.command, action.title).toBeDefined();
      edits += resolved.filter(action => action.edit !== undefined).length;
    }
    expect(edits).toBeGreaterThan(20);
  });

  test('gets no edit for a text that has changed since the list', async () => {
    const editor = await Editor.open({ resolves: true });
    await editor.type(BAD);
    const listed = (await editor.actions(at(1, 30), ['quickfix', 'source'])).filter(resolvable);
    await editor.edit(at(0, 0), '# one line more\n');
    for (const action of listed)
      await expect(editor.resolve(action), action.title).rejects.toMatchObject({ code: LSPErrorCodes.ContentModified });
    // Not even when the text is as it was: its version is another.
    await editor.edit({ start: { line: 0, character: 0 }, end: { line: 1, character: 0 } }, '');
    expect(editor.textOf()).toBe(BAD);
    const [first] = listed;
    await expect(first && editor.resolve(first)).rejects.toMatchObject({ code: LSPErrorCodes.ContentModified });
  });

  test('gets no edit for a text that changes while everything is fixed', async () => {
    let turns = 0;
    const later = (work: () => void): void => {
      turns++;
      if (turns === 1) void editor.edit(at(0, 0), '# one line more\n');
      setTimeout(work, 20);
    };
    const editor = await Editor.open({ resolves: true, later });
    await editor.type(BAD);
    await editor.diagnostics();
    const [action] = await editor.actions(at(0, 0), ['source.fixAll.dockwright']);
    await expect(action && editor.resolve(action)).rejects.toMatchObject({ code: LSPErrorCodes.ContentModified });
  });

  test('gets no edit where the finding is no longer there', async () => {
    const editor = await Editor.open({ resolves: true });
    await editor.type(BAD);
    await editor.diagnostics();
    const action = (await editor.actions(at(1, 30))).find(({ title }) => title === 'Add -y');
    await editor.configure({ rules: { 'apt-get-install-without-yes': 'off' } });
    await expect
      .poll(() => editor.published.at(-1)?.diagnostics.some(({ code }) => code === 'apt-get-install-without-yes'))
      .toBe(false);
    await expect(action && editor.resolve(action)).rejects.toMatchObject({ code: LSPErrorCodes.ContentModified });
  });

  test('gets everything fixed with what is beside the file in mind', async () => {
    // Only what is there tells that a lock file is copied.
    const files = { 'file:///work/app/package.json': '{}', 'file:///work/app/package-lock.json': '{}' };
    const editor = await Editor.open({ resolves: true, files });
    const stage = 'FROM node:24\nWORKDIR /a\nCOPY package*.json ./\nRUN npm install\nUSER node\n';
    await editor.type(stage + stage);
    await editor.diagnostics();
    const action = (await editor.actions(at(3, 6))).find(({ title }) => /^Fix all 2 “npm-install/.test(title));
    expect(action && editor.after(await editor.resolve(action))).toBe(
      (stage + stage).replaceAll('npm install', 'npm ci'),
    );
  });

  test('is not worked out to the end once the text is another one', async () => {
    let turns = 0;
    const later = (work: () => void): void => {
      turns++;
      setTimeout(work, 20);
    };
    const editor = await Editor.open({ resolves: true, later });
    const text = `FROM debian:12\n${Array.from({ length: 1500 }, (_, n) => `ENV A${n} b\n`).join('')}`;
    await editor.type(text);
    await editor.diagnostics();
    const [action] = await editor.actions(at(0, 0), ['source.fixAll']);
    turns = 0;
    const resolving = action && editor.resolve(action);
    await new Promise(resolve => setTimeout(resolve, 50));
    await editor.edit(at(1, 0), '# typed\n');
    await expect(resolving).rejects.toMatchObject({ code: LSPErrorCodes.ContentModified });
    // Each step is for a hundred fixes, and there are fifteen of them.
    expect(turns).toBeLessThan(12);
  });

  test('sends back what is not ours as it was', async () => {
    const editor = await Editor.open({ resolves: true });
    await editor.type(BAD);
    for (const data of [undefined, null, 1, 'x', {}, { uri: URI }, { uri: URI, revision: 1, what: 'fix' }])
      expect((await editor.resolve({ title: 'Something else', data })).edit).toBeUndefined();
  });
});

/** A version with one finding whose only fix has the given edit. */
function versionWith(text: string, newText: string): Version {
  const result = lint(text, {});
  const fix: Fix = {
    title: 'Do more than it says',
    safety: 'safe',
    preferred: true,
    effect: {},
    edits: [{ span: { start: 0, end: text.length }, text: newText }],
  };
  const finding: Finding = {
    rule: 'some-rule',
    codes: [],
    severity: 'warning',
    message: 'It is wrong.',
    span: { start: 0, end: 4 },
    at: 0,
    fixes: [fix],
  };
  return {
    uri: URI,
    version: 1,
    revision: 1,
    result: { ...result, findings: [finding] },
    index: lineIndex(text),
    options: DEFAULT_OPTIONS,
    fileUri: () => undefined,
    fileText: () => undefined,
  };
}

const WANTED = { only: ['quickfix'], invoked: true };

describe('a fix that does more than it says', () => {
  const span = { start: 0, end: 0 };

  test('is refused when it is chosen, with its rule and the reason', () => {
    const version = versionWith('FROM debian:13\nENV A=1\n', 'FROM debian:13\nENV A=2\n');
    const listed = codeActions(version, span, WANTED);
    const action = listed.find(({ title }) => title === 'Do more than it says');
    const data = readActionData(action?.data);
    const refusals: string[] = [];
    const answer =
      action && data && finish(resolveAction(version, action, data, (...all) => refusals.push(all.join(' | '))));
    expect(answer).toEqual({ why: 'refused', reason: 'a value of ENV changed' });
    expect(refusals).toEqual(['some-rule | Do more than it says | a value of ENV changed']);
  });

  test('is not listed for an editor that gets edits with the list', () => {
    const version = versionWith('FROM debian:13\nENV A=1\n', 'FROM debian:13\nENV A=2\n');
    const refusals: string[] = [];
    const patience = { isLate: () => false, instead: () => [] };
    const listed = finish(wholeCodeActions(version, span, WANTED, rule => refusals.push(rule), patience));
    expect(listed.map(({ title }) => title)).not.toContain('Do more than it says');
    expect(refusals).toEqual(['some-rule']);
  });
});
