import { expect, it } from 'vitest';
import { Kept } from '../../api/core/kept.ts';

it('keeps what fits, and lets go what was not asked for longest', () => {
  const kept = new Kept<number>(10);
  kept.set('a', 1, 4);
  kept.set('b', 2, 4);
  expect(kept.get('a')).toBe(1);
  kept.set('c', 3, 4);
  expect([kept.get('a'), kept.get('b'), kept.get('c')]).toEqual([1, undefined, 3]);
});

it('takes the place of what it had under the name, and its size', () => {
  const kept = new Kept<number>(10);
  kept.set('a', 1, 9);
  kept.set('a', 2, 2);
  kept.set('b', 3, 8);
  expect([kept.get('a'), kept.get('b')]).toEqual([2, 3]);
  kept.delete('b');
  kept.delete('b');
  kept.set('c', 4, 8);
  expect([kept.get('a'), kept.get('b'), kept.get('c')]).toEqual([2, undefined, 4]);
});

it('does not keep what alone is too large, nor what it was before', () => {
  const kept = new Kept<number>(10);
  kept.set('a', 1, 1);
  kept.set('b', 2, 2);
  kept.set('a', 3, 11);
  expect([kept.get('a'), kept.get('b')]).toEqual([undefined, 2]);
});
