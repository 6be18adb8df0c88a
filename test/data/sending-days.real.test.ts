import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { disconnect } from '../../data/connect.ts';
import { rehearsals } from '../../data/rehearsals.ts';
import { sendingDays } from '../../data/sending-days.ts';
import { aDatabase } from '../support/shop.ts';

beforeAll(aDatabase, 60_000);
afterAll(disconnect);

let domains = 0;

/** A day of a domain of its own, with what hundreds of sends ask of it. */
function aDay(allowance: number) {
  domains += 1;
  const domain = `shop-${domains}.example`;
  const turn = (i: number) => ({ domain, day: 20_000, key: `c-${i}/${domain}/1` });
  return {
    take: (i: number) => sendingDays.take(turn(i), allowance),
    count: (i: number) => sendingDays.count(turn(i), allowance),
    giveBack: (i: number) => sendingDays.giveBack(turn(i).key),
    taken: () => sendingDays.takenOn(domain, 20_000),
  };
}

const many = (count: number, from = 0) => Array.from({ length: count }, (_, i) => from + i);
const granted = (answers: readonly boolean[]) => answers.filter(Boolean).length;

describe('sendingDays', () => {
  it.each([
    [10, 100],
    [250, 400],
  ])('gives exactly %d turns to %d who ask at once', async (allowance, asking) => {
    const day = aDay(allowance);

    expect(granted(await Promise.all(many(asking).map(day.take)))).toBe(allowance);
    expect(await day.taken()).toBe(allowance);
  });

  it('counts a send once, however often it asks, also after its worker died', async () => {
    const day = aDay(10);
    const first = await Promise.all(many(8).map(day.take));
    const again = await Promise.all(many(8).map(day.take)); // as attempts that died before they settled
    const others = await Promise.all(many(90, 8).map(day.take));

    expect([granted(first), granted(again), granted(others)]).toEqual([8, 8, 2]);
    expect(await day.taken()).toBe(10);
  });

  it('gives a turn that was given back to another, and none twice', async () => {
    const day = aDay(10);
    await Promise.all(many(10).map(day.take));
    await Promise.all([...many(3), ...many(3)].map(day.giveBack));

    expect(await day.taken()).toBe(7);
    expect(granted(await Promise.all(many(50, 10).map(day.take)))).toBe(3);
  });

  it('counts service mail, and never refuses it', async () => {
    const day = aDay(10);
    await Promise.all(many(12).map(day.count));

    expect(await day.taken()).toBe(12);
    expect(await day.take(99)).toBe(false);
  });

  it('holds one day for the first mail of a domain, whoever comes first', async () => {
    const days = await Promise.all([7, 3, 9, 5].map((day) => sendingDays.since('new.example', day)));

    expect(new Set(days).size).toBe(1);
    expect(await sendingDays.since('new.example', 30)).toBe(days[0]);
  });
});

describe('rehearsals', () => {
  it('show the team so many mails a day, each once, and count the others', async () => {
    const taken = await Promise.all(many(30).map((i) => rehearsals.take(1, `key-${i}`, 25)));
    const shown = taken.findIndex((copy) => copy !== undefined);
    const again = await rehearsals.take(1, `key-${shown}`, 25);

    expect(taken.flatMap((copy) => copy ?? []).toSorted((a, b) => a - b)).toEqual(many(25, 1));
    expect(again).toBeUndefined();
    expect(await rehearsals.onDay(1)).toEqual({ copies: 25, leftOut: 5 });
  });
});
