import { expect, it } from 'vitest';
import { createShapes } from '../../source/offline/index.ts';

it('OFF-01 a code looks like a card only where a card was like it and no item was', () => {
  const shapes = createShapes();
  expect(shapes.guess('9921000000164')).toBe('unknown');
  shapes.learn('card', '9921000000164');
  shapes.learn('item', '37000034179');
  expect(shapes.guess(' 9921000000999 ')).toBe('card');
  expect(shapes.guess('37000099999')).toBe('item');
  expect(shapes.guess('9821000000999')).toBe('unknown');
  expect(shapes.guess('99210000009')).toBe('unknown');
  expect(shapes.learn('item', '9929999999999')).toBe(true);
  expect(shapes.learn('item', '9929999999998')).toBe(false);
  expect(shapes.guess('9921000000999')).toBe('both');
  shapes.learn('card', 'ab1');
  expect(shapes.guess('AB2')).toBe('card');
  const again = createShapes(shapes.known());
  expect([again.guess('37000099999'), again.guess('9921000000999'), again.guess('AB2')]).toEqual([
    'item',
    'both',
    'card',
  ]);
  expect([again.knows('card'), createShapes().knows('card')]).toEqual([true, false]);
});
