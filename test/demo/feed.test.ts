import { describe, expect, it } from '@jest/globals';
import { Feed } from '../../demo/feed.ts';
import type { Posted } from '../../demo/script.ts';

const MIDNIGHT = Date.UTC(1997, 0, 1);

/** An event of a customer at an hour of 1 January 1997. */
function anEvent(id: string, customer: string, hour: number): Posted {
  const at = new Date(MIDNIGHT + hour * 3_600_000).toISOString();
  return { id, source: 'shop', type: 'purchase', at, customer: { id: customer } };
}

function at(hour: number): number {
  return MIDNIGHT + hour * 3_600_000;
}

function idsOf(events: readonly Posted[]): string[] {
  return events.map(({ id }) => id);
}

/** A feed of two events of one customer, the first of them posted. */
function aFeedUnderWay(): Feed {
  const feed = new Feed([anEvent('1', 'c-1', 8), anEvent('2', 'c-1', 12)]);
  feed.posted(feed.take(at(9), 9, []), ['A']);
  return feed;
}

describe('Feed', () => {
  it('gives what has come, in order, and as much as there is room for', () => {
    const feed = new Feed([anEvent('1', 'c-1', 8), anEvent('2', 'c-2', 9), anEvent('3', 'c-3', 10)]);

    expect(idsOf(feed.take(at(9), 1, []))).toEqual(['1']);
    expect(idsOf(feed.take(at(9), 9, []))).toEqual(['2']);
    expect(feed.isOver(at(9))).toBe(true);
    expect(feed.isOver(at(10))).toBe(false);
    expect(idsOf(feed.take(at(11), 9, []))).toEqual(['3']);
    expect(feed.isOver(at(10))).toBe(true);
  });

  it('gives one event of a customer at a time', () => {
    const feed = new Feed([anEvent('1', 'c-1', 8), anEvent('2', 'c-1', 9)]);

    expect(idsOf(feed.take(at(12), 9, []))).toEqual(['1']);
  });

  it.each([
    ['waits until the event before it is heard', { heard: 0, dues: [] }, []],
    ['waits for a touch that was due before it', { heard: 1, dues: [at(11)] }, []],
    ['does not wait for a touch that is due after it', { heard: 1, dues: [at(13)] }, ['2']],
  ])('%s', (_, standing, given) => {
    const feed = aFeedUnderWay();

    expect(idsOf(feed.take(at(14), 9, [{ customerId: 'A', n: 1, ...standing }]))).toEqual(given);
  });
});
