import { describe, expect, it } from '@jest/globals';
import { suggest } from '../../domain/suggest.ts';

const WORDS = ['after', 'at', 'when', 'quiet', 'customer', 'orders.days'];

describe('suggest', () => {
  it.each([
    ['afer', 'after'],
    ['aftre', 'after'],
    ['quite', 'quiet'],
    ['When', 'when'],
    ['custommer', 'customer'],
    ['order.day', 'orders.days'],
  ])('takes %s for %s', (word, meant) => {
    expect(suggest(word, WORDS)).toBe(meant);
  });

  it.each(['xyz', '', 'holdout'])('takes %j for nothing', (word) => {
    expect(suggest(word, WORDS)).toBeUndefined();
  });
});
