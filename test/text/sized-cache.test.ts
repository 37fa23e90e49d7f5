import { expect, test } from 'vitest';
import { createSizedCache } from '../../server/src/text/sized-cache.js';

test('what was not used for longest goes first', () => {
  const cache = createSizedCache<number>(10);
  cache.set('a', 1, 4);
  cache.set('b', 2, 4);
  expect(cache.get('a')).toBe(1);
  cache.set('c', 3, 4);
  expect(['a', 'b', 'c'].map(key => cache.get(key))).toEqual([1, undefined, 3]);
});

test('a new value counts with its own size', () => {
  const cache = createSizedCache<number>(10);
  cache.set('a', 1, 9);
  cache.set('a', 2, 2);
  cache.set('b', 3, 8);
  expect([cache.get('a'), cache.get('b')]).toEqual([2, 3]);
});

test('what is larger than the cache is not kept and drives nothing out', () => {
  const cache = createSizedCache<number>(10);
  cache.set('a', 1, 9);
  cache.set('b', 2, 11);
  expect([cache.get('a'), cache.get('b')]).toEqual([1, undefined]);
  cache.clear();
  expect(cache.get('a')).toBeUndefined();
});
