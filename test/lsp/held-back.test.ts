import { expect, test, vi } from 'vitest';
import { at, Editor } from './lib/editor.js';

/** No fix of ours is refused, so here each one is. */
vi.mock('../../server/src/fixes/index.js', async original => ({
  ...(await original<object>()),
  verifyFix: () => ({ refusal: 'a value of ENV changed' }),
}));

const BAD = 'FROM debian:12\nRUN apt-get update && apt-get install curl\nUSER 1\n';

test('a fix that verification holds back is not applied, and the person and the log are told', async () => {
  const editor = await Editor.open({ resolves: true });
  await editor.type(BAD);
  const action = (await editor.actions(at(1, 30), ['quickfix'])).find(({ title }) => title === 'Add -y');
  if (!action) throw new Error('“Add -y” is not offered');
  expect((await editor.resolve(action)).edit).toBeUndefined();
  await expect
    .poll(() => editor.shown)
    .toEqual(['“Add -y” was not applied, because a value of ENV changed. The file was not changed.']);
  expect(editor.logs).toContain('“Add -y” of apt-get-install-without-yes was not offered: a value of ENV changed');
});

test('an editor that gets edits with the list is not offered it', async () => {
  const editor = await Editor.open();
  await editor.type(BAD);
  const titles = (await editor.actions(at(1, 30), ['quickfix'])).map(({ title }) => title);
  expect(titles).not.toContain('Add -y');
  expect(editor.shown).toEqual([]);
  expect(editor.logs).toContain('“Add -y” of apt-get-install-without-yes was not offered: a value of ENV changed');
});
