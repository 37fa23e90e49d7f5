import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { arrayLoops } from '../../server/src/tools/array-loops.js';

const root = mkdtempSync(join(tmpdir(), 'dockwright-loops-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Each is a function that says what it went through. */
const LOOPS: Readonly<Record<string, string>> = {
  'an array': 'const all = [1, 2, 3]; for (const one of all) said.push(one);',
  'an array that grows meanwhile': 'const all = [1, 2]; for (const one of all) if (said.push(one) < 5) all.push(one);',
  'an array that shrinks meanwhile': 'const all = [1, 2, 3, 4]; for (const one of all) { said.push(one); all.pop(); }',
  'a read-only one that may be missing':
    'const all: readonly number[] | undefined = maybe; for (const one of all ?? []) said.push(one);',
  'a tuple': 'const all = [1, "b"] as const; for (const one of all) said.push(one);',
  'one of two kinds of arrays':
    'const all: string[] | readonly number[] = maybe ? ["a"] : [1]; for (const one of all) said.push(one);',
  'an array with gaps': 'const all: (number | undefined)[] = []; all[2] = 1; for (const one of all) said.push(one);',
  'pairs that are taken apart': 'for (const [a, b = 7] of [[1, 2], [3]]) said.push(a, b);',
  'properties with defaults':
    'const all: { a?: number }[] = [{ a: 1 }, {}]; for (const { a = 9 } of all) said.push(a);',
  'loops within loops, without braces':
    'for (const a of [1, 2]) for (const b of [3, 4]) if (a < 2) said.push(a * b); else said.push(b);',
  'a loop in what is gone through':
    'for (const a of [1, 2].filter(x => { for (const y of [2]) if (y === x) return true; return false; })) said.push(a);',
  'leaving, and going on':
    'outer: for (const a of [1, 2, 3]) { for (const b of [1, 2, 3]) { if (b === 2) continue outer; if (a === 3) break outer; said.push([a, b]); } }',
  'functions that keep what they were made for':
    'const later: (() => number)[] = []; for (const a of [1, 2]) later.push(() => a); for (const one of later) said.push(one());',
  'a variable that is assigned': 'for (let a of [1, 2]) { a *= 2; said.push(a); }',
  'an answer from within':
    'const find = () => { for (const a of [1, 2]) if (a === 2) return a; return 0; }; said.push(find());',
  'an array that is made once':
    'let made = 0; const make = () => { made++; return [1, 2]; }; for (const a of make()) said.push(a, made);',
  'a condition with “in”': 'for (const a of "x" in { x: 1 } ? [1] : []) said.push(a);',
  'the entries of an array':
    'const all = [1, 2]; for (const [at, one] of all.entries()) if (said.push(at, one) < 9) all.push(one);',
  'entries that are taken apart':
    'const all: { a?: number }[] = [{}, { a: 2 }]; for (const [at, { a = 9 }] of all.entries()) said.push(at, a);',
  'the last of several expressions': 'for (const a of (said.push(0), [1])) said.push(a);',
};

const OTHERS: Readonly<Record<string, string>> = {
  'a set that grows meanwhile':
    'const all = new Set([1]); for (const one of all) if (said.push(one) < 4) all.add(one + 1);',
  'the entries of a map': 'for (const [key, value] of new Map([["a", 1]]).entries()) said.push(key, value);',
  'entries as they are': 'for (const one of [1, 2].entries()) said.push(one);',
  'entries with a default': 'for (const [at, one = 3] of [1, undefined].entries()) said.push(at, one);',
  'a map': 'for (const [key, value] of new Map([["a", 1]])) said.push(key, value);',
  letters: 'for (const one of "a\\u{1f433}b") said.push(one);',
  'one of two kinds':
    'const all: Set<number> | number[] = maybe ? [1] : new Set([2]); for (const one of all) said.push(one);',
  'what is shared':
    'const all = [1, 2, 3].values(); for (const one of all) { said.push(one); break; } for (const one of all) said.push(one);',
  'what a function makes':
    'function* all() { try { yield 1; yield 2; } finally { said.push("end"); } } for (const one of all()) { said.push(one); break; }',
  'what nobody knows': 'const all: any = new Set([1]); for (const one of all) said.push(one);',
  'a variable from before': 'let one = 0; for (one of [1, 2]) said.push(one);',
};

let after = new Map<string, string>();
const nameOf = (name: string): string => join(root, `${name.replace(/\W+/g, '-')}.ts`);

beforeAll(() => {
  for (const [name, body] of Object.entries({ ...LOOPS, ...OTHERS })) writeFileSync(nameOf(name), sourceOf(body));
  const config = join(root, 'tsconfig.json');
  writeFileSync(
    config,
    JSON.stringify({ compilerOptions: { target: 'es2022', strict: true, types: [] }, include: ['*.ts'] }),
  );
  after = new Map(arrayLoops(config));
});

const sourceOf = (body: string): string =>
  `export function run(maybe: number[] | undefined, said: unknown[]): void {\n${body}\n}\n`;

const said = (body: string, maybe?: number[]): unknown[] => saidBy(sourceOf(body), maybe);

function saidBy(source: string, maybe?: number[]): unknown[] {
  const { code } = transformSync(source, { loader: 'ts', format: 'cjs' });
  const module: { exports: { run?: (maybe: unknown, said: unknown[]) => void } } = { exports: {} };
  new Function('module', 'exports', code)(module, module.exports);
  const words: unknown[] = [];
  module.exports.run?.(maybe, words);
  return words;
}

describe('a loop over', () => {
  test.each(Object.entries(LOOPS))('%s counts, and means the same', (name, body) => {
    const source = after.get(nameOf(name)) ?? '';
    expect(source).toContain('$i0++');
    expect(source).not.toMatch(/\bfor \((?:const|let) [^;]* of /);
    for (const maybe of [undefined, [7, 8]]) expect(saidBy(source, maybe)).toEqual(said(body, maybe));
    expect(said(body).length + said(body, [7]).length).toBeGreaterThan(0);
  });

  test.each(Object.entries(OTHERS))('%s stays as it is', (name, body) => {
    const text = after.get(nameOf(name));
    if (text !== undefined) expect(text).toContain(body);
    expect(said(body).length).toBeGreaterThan(0);
  });
});

test('a project that is none is an error', () => {
  expect(() => arrayLoops(join(root, 'missing.json'))).toThrow();
});
