import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { WorkerHost } from '../../server/src/shellcheck/index.js';
import { createNodeHost } from '../../server/src/shellcheck/node/spawn.js';
import type { Comment } from '../../server/src/shellcheck/protocol.js';
import { bundleWorkers, WASM } from '../shellcheck/lib/bundles.js';
import { fakeHost } from '../shellcheck/lib/fake-host.js';
import { at, Editor, type EditorOptions, URI } from './lib/editor.js';

const TEXT = 'FROM debian:12\nRUN apt-get install curl\nRUN ls $X\n';
const QUOTE: Comment = { code: 2086, level: 'info', message: 'Double quote.', start: 3, end: 5 };

let bundles: Awaited<ReturnType<typeof bundleWorkers>>;
beforeAll(async () => {
  bundles = await bundleWorkers();
});

const editors: Editor[] = [];
async function open(options: EditorOptions): Promise<Editor> {
  const editor = await Editor.open(options);
  editors.push(editor);
  return editor;
}
afterEach(() => {
  for (const editor of editors.splice(0))
    editor.connection.sendRequest('shutdown').then(() => editor.connection.dispose());
});

/** Codes of each publication of one version, in order. */
const publications = (editor: Editor, version: number): (number | string | undefined)[][] =>
  editor.published
    .filter(one => one.uri === URI && one.version === version)
    .map(one => one.diagnostics.map(diagnostic => diagnostic.code));

const shellCodes = (editor: Editor): (number | string | undefined)[] =>
  (editor.published.at(-1)?.diagnostics ?? [])
    .map(diagnostic => diagnostic.code)
    .filter(code => String(code).startsWith('SC'));

describe('with ShellCheck itself', () => {
  const real = (): WorkerHost => createNodeHost({ worker: bundles.node, wasm: WASM });

  test('its findings follow the native ones, for the same version', async () => {
    const editor = await open({ shellcheck: real() });
    await editor.type(TEXT);
    await expect.poll(() => shellCodes(editor), { timeout: 30_000 }).toEqual(['SC2086']);
    const [first, second] = publications(editor, 1);
    expect(first).toContain('apt-get-install-without-yes');
    expect(first).not.toContain('SC2086');
    expect(second).toEqual([...(first ?? []), 'SC2086']);
    expect(await editor.marked('SC2086')).toBe(TEXT.replace('$X', '«$X»'));
    const diagnostic = editor.published.at(-1)?.diagnostics.find(one => one.code === 'SC2086');
    expect(diagnostic?.codeDescription?.href).toBe('https://www.shellcheck.net/wiki/SC2086');
  });

  test('all of one code are fixed at once when somebody chooses that', async () => {
    const editor = await open({
      shellcheck: real(),
      resolves: true,
    });
    const text = 'FROM debian:12\nRUN echo `date` `id`\nCOPY a b\nRUN echo `date`\n';
    await editor.type(text);
    await expect
      .poll(() => shellCodes(editor).filter(code => code === 'SC2006'), { timeout: 30_000 })
      .toEqual(['SC2006', 'SC2006', 'SC2006']);
    const action = (await editor.actions(at(1, 11))).find(({ title }) => title.startsWith('Fix all 3 “'));
    expect(action && editor.after(await editor.resolve(action))).toBe(
      text.replaceAll('`date`', '$(date)').replace('`id`', '$(id)'),
    );
  });

  test('what is known already comes with the native findings, in its new place', async () => {
    const editor = await open({ shellcheck: real() });
    await editor.type(TEXT);
    await expect.poll(() => shellCodes(editor), { timeout: 30_000 }).toEqual(['SC2086']);
    await editor.edit(at(0, 0), '# a comment 🐳\r\n\r\n');
    expect(await editor.marked('SC2086')).toContain('RUN ls «$X»\n');
    await new Promise(resolve => setTimeout(resolve, 300));
    expect(publications(editor, 2)).toHaveLength(1);
  });

  test('its fix is a quick fix, and fixing all leaves it alone', async () => {
    const editor = await open({ shellcheck: real() });
    await editor.type(TEXT);
    await expect.poll(() => shellCodes(editor), { timeout: 30_000 }).toEqual(['SC2086']);
    const actions = await editor.actions(at(2, 8));
    const quote = actions.find(action => action.title === 'Put “$X” in double quotes');
    expect(quote && editor.after(quote)).toBe(TEXT.replace('$X', '"$X"'));
    const ignore = actions.find(action => action.title === 'Ignore “SC2086” here');
    expect(ignore && editor.after(ignore)).toContain('# dockwright ignore=SC2086\nRUN ls $X\n');
    const [all] = await editor.actions(at(2, 8), ['source.fixAll.dockwright']);
    expect(all && editor.after(await editor.resolve(all))).toContain('RUN ls $X\n');
  });

  test('a hover says in our words what it means, and Explain opens its page', async () => {
    const editor = await open({ shellcheck: real() });
    await editor.type(TEXT);
    await expect.poll(() => shellCodes(editor), { timeout: 30_000 }).toEqual(['SC2086']);
    const text = JSON.stringify(await editor.hover(2, 8));
    expect(text).toContain('An unquoted variable falls into words');
    expect(text).toContain('https://www.shellcheck.net/wiki/SC2086');
    const explain = (await editor.actions(at(2, 8))).find(action => action.title === 'Explain “SC2086”');
    expect(explain?.command).toMatchObject({ command: 'dockwright.server.explain', arguments: ['SC2086'] });
  });

  test('is pulled by clients that can, after a hint to pull again', async () => {
    const editor = await open({ shellcheck: real(), pull: true });
    await editor.type(TEXT);
    expect((await editor.pulled()).map(one => one.code)).not.toContain('SC2086');
    await expect.poll(() => editor.refreshes, { timeout: 30_000 }).toBeGreaterThan(0);
    await expect
      .poll(async () => (await editor.pulled()).map(one => one.code), { timeout: 30_000 })
      .toContain('SC2086');
    const { refreshes } = editor;
    await new Promise(resolve => setTimeout(resolve, 200));
    expect(editor.refreshes).toBe(refreshes);
  });

  test.each(['HANG', 'EXIT', 'THROW'])('survives a worker that does %s', async fault => {
    const editor = await open({ shellcheck: createNodeHost({ worker: bundles.faulty, wasm: WASM }) });
    await editor.type(`FROM debian:12\nRUN echo ${fault}\nRUN ls $X\n`);
    await expect.poll(() => shellCodes(editor), { timeout: 30_000 }).toEqual(['SC2086']);
    expect(editor.logs.join()).not.toContain('not available');
    await editor.type('FROM debian:12\nRUN ls $X $Y\n');
    await editor.save();
    await new Promise(r => setTimeout(r, 9000));
    console.log(JSON.stringify(editor.published.map(p => p.diagnostics.map(d => [d.code, d.message]))));
    await expect.poll(() => shellCodes(editor), { timeout: 30_000 }).toEqual(['SC2086', 'SC2086']);
  });

  test('says once that it is not there, and everything else goes on', async () => {
    const editor = await open({ shellcheck: createNodeHost({ worker: bundles.node, wasm: '/nowhere.wasm' }) });
    await editor.type(TEXT);
    await expect.poll(() => editor.logs.filter(log => log.includes('ShellCheck')).length, { timeout: 30_000 }).toBe(1);
    await editor.edit(at(3, 0), '\n');
    expect((await editor.diagnostics()).map(one => one.code)).toContain('apt-get-install-without-yes');
    await editor.edit(at(3, 0), '\n');
    expect((await editor.diagnostics()).map(one => one.code)).toContain('apt-get-install-without-yes');
    expect(editor.logs.filter(log => log.includes('ShellCheck'))).toHaveLength(1);
  });
});

describe('without it', () => {
  test('there is one publication, and nothing is said', async () => {
    const editor = await open({});
    await editor.type(TEXT);
    await editor.diagnostics();
    await new Promise(resolve => setTimeout(resolve, 50));
    expect(publications(editor, 1)).toHaveLength(1);
    expect(editor.logs).toEqual([]);
  });
});

describe('what is handed to the worker', () => {
  const scripts = (fake: ReturnType<typeof fakeHost>): string[] =>
    fake.workers.flatMap(worker => worker.jobs.map(job => job.script));

  /** Answers everything that is asked, until nothing is. */
  async function answerAll(fake: ReturnType<typeof fakeHost>, comments: readonly Comment[] = []): Promise<void> {
    for (let idle = 0; idle < 3; ) {
      const before = scripts(fake).length;
      for (const worker of fake.workers) if (worker.jobs.length > 0) worker.answer(comments);
      await fake.advance(200);
      await new Promise(resolve => setTimeout(resolve, 20));
      idle = scripts(fake).length === before ? idle + 1 : 0;
    }
  }

  /** An editor with TEXT in it, in which a ShellCheck played by the test has found something. */
  async function openWithFinding(): Promise<{ readonly fake: ReturnType<typeof fakeHost>; readonly editor: Editor }> {
    const fake = fakeHost();
    const editor = await open({ shellcheck: fake.host });
    await editor.type(TEXT);
    await expect.poll(() => scripts(fake).length).toBeGreaterThan(0);
    await answerAll(fake, [QUOTE]);
    await expect.poll(() => shellCodes(editor)).toContain('SC2086');
    return { fake, editor };
  }

  test('native findings do not wait for it', async () => {
    const fake = fakeHost();
    const editor = await open({ shellcheck: fake.host });
    await editor.type(TEXT);
    expect((await editor.diagnostics()).map(one => one.code)).toContain('apt-get-install-without-yes');
    await expect.poll(() => scripts(fake).length).toBeGreaterThan(0);
    expect(publications(editor, 1)).toHaveLength(1);
    await answerAll(fake, [QUOTE]);
    await expect.poll(() => shellCodes(editor)).toContain('SC2086');
  });

  test('what is found of a long file is shown bit by bit', async () => {
    const fake = fakeHost();
    const editor = await open({ shellcheck: fake.host });
    await editor.type('FROM debian:12\nRUN ls $X\nRUN ls $Y\nRUN ls $Z\n');
    await expect.poll(() => scripts(fake).length).toBeGreaterThan(0);
    fake.workers[0]?.answer([QUOTE]);
    await fake.advance(300);
    await expect.poll(() => shellCodes(editor)).toEqual(['SC2086']);
    // Nothing new, so nothing is said.
    const { length } = editor.published;
    await fake.advance(300);
    await fake.advance(300);
    await new Promise(resolve => setTimeout(resolve, 20));
    expect(editor.published).toHaveLength(length);
  });

  test('nothing is said twice when it finds nothing', async () => {
    const { fake, editor } = await openWithFinding();
    await editor.edit(at(2, 8), '!');
    await editor.diagnostics();
    await answerAll(fake);
    expect(scripts(fake)).toContain('ls $!X');
    expect(publications(editor, 2)).toHaveLength(1);
  });

  test('in a long file is the edited RUN only, whatever the key', async () => {
    const fake = fakeHost();
    const editor = await open({ shellcheck: fake.host });
    const stage = (index: number): string =>
      `FROM debian:12 AS s${index}\nENV A${index}=1\nWORKDIR /srv\nRUN echo one ${index}\nRUN ls \\\n  $A${index}\nCOPY . .\nRUN echo two ${index}\nCMD ["app"]\n\n`;
    await editor.type(Array.from({ length: 50 }, (_, index) => stage(index)).join(''));
    await expect.poll(() => scripts(fake).length).toBeGreaterThan(0);
    await answerAll(fake);
    expect(new Set(scripts(fake)).size).toBe(150);
    const before = scripts(fake);
    const line = 25 * 10 + 3;
    for (const [column, key] of [...'cho'].entries()) {
      await editor.edit(at(line, 8 + column), key);
      await editor.diagnostics();
      await answerAll(fake);
    }
    await editor.edit(at(0, 0), '# a comment above everything\n');
    await editor.diagnostics();
    await answerAll(fake);
    expect(scripts(fake)).toHaveLength(before.length + 3);
    expect(scripts(fake).filter(script => !before.includes(script))).toEqual([
      'echoc one 25',
      'echoch one 25',
      'echocho one 25',
    ]);
  });

  test('is the edited RUN only', async () => {
    const fake = fakeHost();
    const editor = await open({ shellcheck: fake.host });
    await editor.type('FROM debian:12\nENV A=1\nRUN echo one $A\nRUN echo two\nRUN echo three\n');
    await expect.poll(() => scripts(fake).length).toBeGreaterThan(0);
    await answerAll(fake);
    expect(scripts(fake).sort()).toEqual(['echo one $A', 'echo three', 'echo two']);
    await editor.edit(at(3, 12), '!');
    await editor.diagnostics();
    await answerAll(fake);
    expect(scripts(fake).sort()).toEqual(['echo one $A', 'echo three', 'echo two', 'echo two!']);
    // Neither a value nor a name that no script mentions makes a difference.
    await editor.edit(at(1, 7), '23');
    await editor.diagnostics();
    await editor.edit(at(1, 9), ' UNRELATED=1');
    await editor.diagnostics();
    await answerAll(fake);
    expect(scripts(fake)).toHaveLength(4);
  });

  test('comes after a pause in typing', async () => {
    const fake = fakeHost();
    const editor = await open({ shellcheck: fake.host });
    await editor.type('FROM debian:12\nRUN echo\n');
    await expect.poll(() => scripts(fake).length).toBeGreaterThan(0);
    await answerAll(fake);
    for (let column = 8; column < 13; column++) {
      await editor.edit(at(1, column), 'o');
      await editor.diagnostics();
      await fake.advance(20);
    }
    expect(scripts(fake)).toHaveLength(1);
    await answerAll(fake);
    expect(scripts(fake)).toEqual(['echo', 'echooooooo'.slice(0, 9)]);
  });

  test('is nothing when it is off', async () => {
    for (const shellcheck of ['off', { enable: false }]) {
      const fake = fakeHost();
      const editor = await open({ shellcheck: fake.host, settings: { shellcheck } });
      await editor.type(TEXT);
      await editor.diagnostics();
      await fake.advance(500);
      expect(fake.workers).toHaveLength(0);
      await editor.configure({ shellcheck: 'on' });
      await expect.poll(() => scripts(fake).length).toBeGreaterThan(0);
    }
  });

  test('is nothing under profile buildkit', async () => {
    const fake = fakeHost();
    const editor = await open({ shellcheck: fake.host, settings: { profile: 'buildkit' } });
    await editor.type(TEXT);
    await editor.diagnostics();
    await fake.advance(500);
    expect(fake.workers).toHaveLength(0);
  });

  test('does not depend on what is shown of it', async () => {
    const { fake, editor } = await openWithFinding();
    const asked = scripts(fake).length;
    for (const shellcheck of [{ severity: 'warning' }, { exclude: ['SC2086'] }, 'off']) {
      await editor.configure({ shellcheck });
      await expect.poll(() => shellCodes(editor)).toEqual([]);
      await editor.configure({ shellcheck: 'on' });
      await expect.poll(() => shellCodes(editor)).toContain('SC2086');
    }
    expect(scripts(fake)).toHaveLength(asked);
  });

  test('is forgotten with the document', async () => {
    const fake = fakeHost();
    const editor = await open({ shellcheck: fake.host });
    await editor.type(TEXT);
    await expect.poll(() => scripts(fake).length).toBeGreaterThan(0);
    await editor.close();
    await expect.poll(() => editor.published.at(-1)?.version).toBeUndefined();
    await answerAll(fake, [QUOTE]);
    expect(editor.published.at(-1)?.diagnostics).toEqual([]);
  });
});
