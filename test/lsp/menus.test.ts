import { describe, expect, test } from 'vitest';
import { at, Editor } from './lib/editor.js';

const settings = { shellcheck: 'off' };
const titlesAt = async (text: string, line: number, character: number, files = {}): Promise<readonly string[]> => {
  const editor = await Editor.open({ settings, files });
  await editor.type(text);
  return (await editor.actions(at(line, character))).map(({ title }) => title);
};

/** The text after the action with this title, at this place. */
async function afterAction(text: string, title: string, line: number, character: number): Promise<string> {
  const editor = await Editor.open({ settings });
  await editor.type(text);
  const action = (await editor.actions(at(line, character))).find(one => one.title === title);
  expect(action?.title).toBe(title);
  return action ? editor.after(action) : '';
}

describe('a menu', () => {
  test.each([
    ['ADD . .', 'FROM node:24\nWORKDIR /app\nADD . .\nCMD ["node", "a.js"]\n', 2, 5],
    ['an image of no more updates', 'FROM node:16\nCMD ["node", "a.js"]\n', 0, 6],
    ['a RUN', 'FROM debian:13\nRUN apt-get update && apt-get install curl\n', 1, 30],
  ])('has no two entries that are the same: %s', async (_, text, line, character) => {
    const files = {
      'file:///work/app/package.json': '{}',
      'file:///work/app/.env': 'A=1',
      'file:///work/app/.git/x': '',
    };
    const titles = await titlesAt(text, line, character, files);
    expect(titles.length).toBeGreaterThan(2);
    expect([...new Set(titles)]).toEqual(titles);
  });

  test('does not offer a smaller variant of what gets no updates', async () => {
    const titles = await titlesAt('FROM node:16\nCMD ["node", "a.js"]\n', 0, 6);
    expect(titles.filter(title => title.includes('node:16'))).toEqual([]);
  });

  test.each([
    ['a syntax error', 'FROM debian:13\nFOO x\n', 1, 'syntax-error'],
    ['what is above FROM', 'RUN x\nFROM debian:13\n', 0, 'instruction-before-from'],
  ])('does not offer to ignore %s', async (_, text, line, rule) => {
    const titles = await titlesAt(text, line, 1);
    expect(titles).toContain(`Explain “${rule}”`);
    expect(titles.filter(title => title.startsWith(`Ignore “${rule}”`))).toEqual([]);
  });
});

describe('ignoring joins the comment that is there', () => {
  const RULE = 'apt-get-install-without-yes';
  const RUN = 'RUN apt-get update && apt-get install curl\n';

  test.each([
    ['here', `FROM debian:13\n# dockwright ignore=latest-tag -- why\n${RUN}`, 2],
    ['in this file', `# dockwright file-ignore=latest-tag -- why\nFROM debian:13\n${RUN}`, 2],
    ['in this file', `# syntax=docker/dockerfile:1\n# dockwright file-ignore = latest-tag\nFROM debian:13\n${RUN}`, 3],
    ['in this stage', `FROM debian:13 AS a\n\n# dockwright stage-ignore=latest-tag\nFROM debian:13\n${RUN}`, 4],
  ])('%s', async (where, text, line) => {
    expect(await afterAction(text, `Ignore “${RULE}” ${where}`, line, 30)).toBe(
      text.replace('latest-tag', `latest-tag,${RULE}`),
    );
  });

  test('and begins one where there is none', async () => {
    expect(await afterAction(`FROM debian:13\n${RUN}`, `Ignore “${RULE}” in this file`, 1, 30)).toBe(
      `# dockwright file-ignore=${RULE}\nFROM debian:13\n${RUN}`,
    );
  });
});
