import { describe, expect, test } from 'vitest';
import { CancellationTokenSource, LSPErrorCodes } from 'vscode-languageserver';
import { at, Editor, URI } from './lib/editor.js';

const BAD = 'FROM debian:12\nRUN apt-get update && apt-get install curl\nCMD ["x"]\n';

describe('findings', () => {
  test('are pushed for the version they belong to', async () => {
    const editor = await Editor.open();
    await editor.type(BAD);
    expect(await editor.marked('apt-get-install-without-yes')).toContain('&& «apt-get install» curl');
    await editor.edit(at(1, 41, 41), ' -y');
    expect(await editor.marked('apt-get-install-without-yes')).not.toContain('«');
  });

  test('follow the text while it moves', async () => {
    const editor = await Editor.open();
    await editor.type(BAD);
    await editor.diagnostics();
    await editor.edit(at(0, 0), '# a comment\n\n');
    expect(await editor.marked('apt-get-install-without-yes')).toContain('&& «apt-get install» curl');
  });

  test('are pulled by clients that can', async () => {
    const editor = await Editor.open({ pull: true });
    await editor.type(BAD);
    expect((await editor.pulled()).map(diagnostic => diagnostic.code)).toContain('apt-get-install-without-yes');
    expect(editor.published).toEqual([]);
  });

  test('link to the page that explains them', async () => {
    const editor = await Editor.open();
    await editor.type(BAD);
    const found = (await editor.diagnostics()).find(diagnostic => diagnostic.code === 'apt-get-install-without-yes');
    expect(found?.source).toBe('dockwright');
    expect(found?.codeDescription?.href).toMatch(/apt-get-install-without-yes\.md$/);
  });

  test('go away with the document', async () => {
    const editor = await Editor.open();
    await editor.type(BAD);
    await editor.diagnostics();
    await editor.close();
    await expect.poll(() => editor.published.at(-1)?.diagnostics).toEqual([]);
  });

  test('wait for saving when the settings say so', async () => {
    const editor = await Editor.open({ settings: { run: 'onSave' } });
    await editor.type('FROM debian:12\n');
    await editor.diagnostics();
    await editor.edit(at(1, 0), 'RUN apt-get install curl\n');
    await new Promise(resolve => setTimeout(resolve, 50));
    expect(editor.published.some(entry => entry.version === 2)).toBe(false);
    await editor.save();
    expect((await editor.diagnostics()).length).toBeGreaterThan(0);
  });

  test('follow the settings', async () => {
    const editor = await Editor.open();
    await editor.type(BAD);
    await editor.diagnostics();
    await editor.configure({ rules: { 'apt-get-install-without-yes': 'off' } });
    await expect
      .poll(() =>
        editor.published.at(-1)?.diagnostics.some(diagnostic => diagnostic.code === 'apt-get-install-without-yes'),
      )
      .toBe(false);
  });
});

describe('a configuration file', () => {
  test('counts for the Dockerfiles below it', async () => {
    const editor = await Editor.open({
      files: { 'file:///work/app/.dockwright.yaml': 'ignore: [DL3014]\n' },
    });
    await editor.type(BAD);
    expect((await editor.diagnostics()).map(diagnostic => diagnostic.code)).not.toContain(
      'apt-get-install-without-yes',
    );
    await expect.poll(() => editor.statuses.at(-1)?.source).toBe('/work/app/.dockwright.yaml');
  });

  test('that is broken is reported in that file, and linting goes on', async () => {
    const config = 'file:///work/app/.dockwright.yaml';
    const editor = await Editor.open({ files: { [config]: 'rules: [\n' } });
    await editor.type(BAD);
    expect((await editor.diagnostics()).map(diagnostic => diagnostic.code)).toContain('apt-get-install-without-yes');
    expect(editor.published.find(entry => entry.uri === config)?.diagnostics.length).toBeGreaterThan(0);
  });
});

describe('code actions', () => {
  test('carry the fix first and “ignore here” and “explain” last', async () => {
    const editor = await Editor.open();
    await editor.type(BAD);
    const titles = (await editor.actions(at(1, 30), ['quickfix'])).map(action => action.title);
    expect(titles[0]).toBe('Add -y');
    expect(titles).toContain('Ignore “apt-get-install-without-yes” here');
    expect(titles.at(-1)).toMatch(/^Explain/);
  });

  test('change what they say', async () => {
    const editor = await Editor.open();
    await editor.type(BAD);
    const action = (await editor.actions(at(1, 30))).find(candidate => candidate.title === 'Add -y');
    expect(action && editor.after(action)).toBe(BAD.replace('apt-get install', 'apt-get install -y'));
  });

  test('ignore with a comment that works', async () => {
    const editor = await Editor.open();
    await editor.type(BAD);
    const action = (await editor.actions(at(1, 30))).find(candidate =>
      /apt-get-install-without-yes” here/.test(candidate.title),
    );
    expect(action).toBeDefined();
    if (!action) return;
    await editor.type(editor.after(action));
    expect((await editor.diagnostics()).map(diagnostic => diagnostic.code)).not.toContain(
      'apt-get-install-without-yes',
    );
  });

  test('fix everything that is safe at once', async () => {
    const editor = await Editor.open();
    await editor.type(BAD);
    const [action] = await editor.actions(at(0, 0), ['source.fixAll.dockwright']);
    expect(action?.kind).toBe('source.fixAll.dockwright');
    if (!action) return;
    const text = editor.after(await editor.resolve(action));
    expect(text).toContain('apt-get install -y curl');
    expect(text).not.toContain('--no-install-recommends');
  });

  test('merge RUNs as a refactoring', async () => {
    const editor = await Editor.open();
    await editor.type('FROM debian:12\nRUN touch a\nRUN touch b\n');
    const action = (await editor.actions(at(1, 5), ['refactor.rewrite'])).find(candidate =>
      /below/.test(candidate.title),
    );
    expect(action && editor.after(action)).toBe('FROM debian:12\nRUN touch a \\\n    && touch b\n');
  });
});

describe('hover', () => {
  test('says why and shows an example', async () => {
    const editor = await Editor.open();
    await editor.type(BAD);
    const contents = (await editor.hover(1, 30))?.contents;
    const text = typeof contents === 'object' && 'value' in contents ? contents.value : '';
    expect(text).toContain('A build has no terminal');
    expect(text).toContain('```dockerfile');
  });

  test('is silent where there is nothing to say', async () => {
    const editor = await Editor.open();
    await editor.type('FROM debian:12-slim\nCMD ["x"]\n');
    expect(await editor.hover(1, 1)).toBeNull();
  });
});

describe('harden', () => {
  test('is one edit with a reason for each change', async () => {
    const editor = await Editor.open();
    await editor.type(BAD);
    const result = await editor.harden();
    expect(result.refusal).toBeUndefined();
    expect(result.applied.length).toBeGreaterThan(0);
    const annotations = Object.values(result.edit?.changeAnnotations ?? {});
    expect(annotations.length).toBeGreaterThan(0);
    for (const annotation of annotations) expect(annotation.description).toBeTruthy();
  });

  test('reads files that are not open', async () => {
    const uri = 'file:///work/app/other/Dockerfile';
    const editor = await Editor.open({ files: { [uri]: BAD } });
    expect((await editor.harden(uri)).applied.length).toBeGreaterThan(0);
  });

  test('plans with what is beside the file, open or not', async () => {
    const folder = 'file:///work/app/other';
    const dockerfile = 'FROM debian:13\nADD start.sh /\nCMD ["/start.sh"]\n';
    const files = { [`${folder}/Dockerfile`]: dockerfile, [`${folder}/start.sh`]: '#!/bin/sh\nchown -R www /data\n' };
    const editor = await Editor.open({ files });
    const { applied, left, scores } = await editor.harden(`${folder}/Dockerfile`);
    expect(applied.map(({ rule }) => rule)).toEqual(['add-instead-of-copy']);
    expect(left.map(({ message }) => message)).toEqual([expect.stringContaining('start.sh needs that for chown')]);
    expect(scores).toContainEqual({ practice: 'Run as a non-root user', before: 1, after: 1 });
  });

  /** Long enough for a message to arrive between two rounds. */
  const slowly = (onTurn: () => void) => (work: () => void) => {
    onTurn();
    setTimeout(work, 20);
  };

  test('stops between two rounds when it is cancelled, and the next one is whole', async () => {
    const source = new CancellationTokenSource();
    let turns = 0;
    const later = slowly(() => {
      turns++;
      if (turns === 2) source.cancel();
    });
    const editor = await Editor.open({ later });
    await editor.type(BAD);
    await expect(editor.harden(URI, source.token)).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled });
    expect(turns).toBe(2);
    const { edit } = await editor.harden();
    expect(edit).toBeDefined();
    expect(turns).toBeGreaterThan(3);
  });

  test('lets findings of what is typed meanwhile through', async () => {
    let hasTyped = false;
    const later = slowly(() => {
      if (!hasTyped) void editor.edit(at(1, 41, 41), ' -y');
      hasTyped = true;
    });
    const editor = await Editor.open({ later });
    await editor.type(BAD);
    await editor.diagnostics();
    const planned = editor.harden();
    let isPlanned = false;
    void planned.then(() => {
      isPlanned = true;
    });
    await expect.poll(() => hasTyped).toBe(true);
    expect((await editor.diagnostics()).map(({ code }) => code)).not.toContain('apt-get-install-without-yes');
    expect(isPlanned).toBe(false);
    // It is about the version that it was asked about, and says so.
    const [change] = (await planned).edit?.documentChanges ?? [];
    expect(change).toMatchObject({ textDocument: { version: 1 } });
  });

  test('says so when a file cannot be read', async () => {
    const editor = await Editor.open();
    expect((await editor.harden('file:///work/app/missing')).refusal).toBeTruthy();
  });
});

describe('bad input', () => {
  test.each([
    ['an empty file', ''],
    ['a binary file', 'FROM \u0000\u0001\u0002\n'],
    ['invalid UTF-8', 'FROM debian:12\nRUN echo \ufffd\ufffd\n'],
    ['a line of 2 MB', `FROM debian:12\nRUN echo ${'x'.repeat(2_000_000)}\n`],
    ['100,000 lines', `FROM debian:12\n${'RUN true\n'.repeat(100_000)}`],
    ['an open heredoc', 'FROM debian:12\nRUN <<EOF\nx\n'],
    ['nothing but a backslash', '\\'],
  ])('%s is calm', async (_, text) => {
    const editor = await Editor.open();
    await editor.type(text);
    await editor.diagnostics();
    expect(editor.logs.filter(log => /failed|Error/.test(log))).toEqual([]);
  });

  test('an unsaved buffer is checked', async () => {
    const editor = await Editor.open();
    await editor.type(BAD, 'untitled:Untitled-1');
    expect((await editor.diagnostics('untitled:Untitled-1')).length).toBeGreaterThan(0);
  });
});
