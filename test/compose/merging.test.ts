import { describe, expect, test } from 'vitest';
import { projectFilesOf, readProject } from '../../server/src/compose/index.js';
import { lintCompose } from '../../server/src/engine/lint-compose.js';

const BASE = 'services:\n  web:\n    image: nginx:1.30\n    cap_add: [CHOWN]\n';
const OVERRIDE = 'services:\n  web:\n    cap_add: [KILL]\n    environment: {A: "1"}\n';
const FILES = { 'compose.yaml': BASE, 'compose.override.yaml': OVERRIDE };

const rulesIn = (name: keyof typeof FILES): readonly string[] =>
  lintCompose(FILES[name], name, projectFilesOf(FILES)).findings.map(({ rule }) => rule);

describe('a file and the one that is laid over it', () => {
  test('are read as one', () => {
    const { services } = readProject({ path: 'compose.yaml', text: BASE }, projectFilesOf(FILES));
    const capabilities = services.get('web')?.body.entries.get('cap_add')?.value;
    expect(
      capabilities?.kind === 'sequence' && capabilities.items.map(item => item.kind === 'scalar' && item.text),
    ).toEqual(['CHOWN', 'KILL']);
  });

  test('are each told what is written in them, and the first one what is missing', () => {
    expect(rulesIn('compose.yaml')).toEqual(expect.arrayContaining(['capabilities-not-dropped', 'useless-capability']));
    expect(rulesIn('compose.override.yaml')).toEqual(['useless-capability']);
  });

  test('say nothing is missing where the other one may have it', () => {
    const text = 'services:\n  web:\n    image: nginx:1.30\n';
    const files = { 'docker-compose.yml': BASE, 'docker-compose.prod.yml': text };
    expect(lintCompose(text, 'docker-compose.prod.yml', projectFilesOf(files)).findings).toEqual([]);
  });
});

test('aliases of aliases do not fill the memory, and a circle of files ends', () => {
  const lines = Array.from({ length: 40 }, (_, at) => `x-${at + 1}: &a${at + 1} [*a${at}, *a${at}]`);
  const bomb = `x-0: &a0 [lol]\n${lines.join('\n')}\nservices:\n  web: {image: "nginx:1.30", labels: *a40}\n`;
  expect(() => lintCompose(bomb, 'compose.yaml', projectFilesOf({}))).not.toThrow();
  const circle = 'include: [compose.yaml]\nservices:\n  a: {extends: b}\n  b: {extends: a}\n';
  expect(() => lintCompose(circle, 'compose.yaml', projectFilesOf({ 'compose.yaml': circle }))).not.toThrow();
});
