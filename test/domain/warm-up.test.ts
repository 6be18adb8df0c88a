import { describe, expect, it } from '@jest/globals';
import { allowanceOn, sendingDomain, turnTomorrow } from '../../domain/warm-up.ts';
import { aPlaybook, DAY, HOUR, NOON } from '../support/builders.ts';

const PLAYBOOK = aPlaybook([], { contact: { quiet: { from: '20:30', to: '08:30' } } });
const OPENS = NOON + 20.5 * HOUR;
const CLOSES = OPENS + 12 * HOUR;

const turnOf = (key: string, priority: number, zone = 'Europe/Amsterdam') =>
  turnTomorrow({ key, touch: { priority }, playbook: PLAYBOOK, zone }, NOON);

describe('allowanceOn', () => {
  it.each([
    [20_000, 200],
    [20_001, 200],
    [20_002, 400],
    [20_005, 800],
    [20_024, 819_200],
    [20_026, undefined],
    [19_999, 200],
  ])('is, on day %d of a warm-up since day 20,000, %s', (day, expected) => {
    expect(allowanceOn({ start: 200, doubleDays: 2 }, 20_000, day)).toBe(expected);
  });
});

describe('turnTomorrow', () => {
  const keys = Array.from({ length: 200 }, (_, i) => `c-${i}/news/1`);

  it('is in the open hours of the next day, each at a moment of its own', () => {
    const turns = keys.map((key) => turnOf(key, 50));

    expect(Math.min(...turns)).toBeGreaterThanOrEqual(OPENS);
    expect(Math.max(...turns)).toBeLessThan(CLOSES);
    expect(new Set(turns).size).toBe(200);
  });

  it('is earlier for the more important', () => {
    for (const key of keys) expect(turnOf(key, 80)).toBeLessThan(turnOf(key, 20));
  });

  it('is in the hours of the customer’s own zone', () => {
    const turns = keys.map((key) => turnOf(key, 50, 'America/New_York'));

    expect(Math.min(...turns)).toBeGreaterThanOrEqual(NOON + 12 * HOUR); // midnight in Amsterdam
    for (const turn of turns) {
      const hours = ((turn - NOON) / HOUR + 6) % 24; // 06:00 in New York at noon
      expect(hours).toBeGreaterThanOrEqual(8.5);
      expect(hours).toBeLessThan(20.5);
    }
  });

  it('is on the next day where nothing is quiet', () => {
    const turn = turnTomorrow(
      { key: 'k', touch: { priority: 50 }, playbook: aPlaybook([]), zone: 'UTC' },
      NOON,
    );

    expect(turn).toBeGreaterThanOrEqual(NOON + 12 * HOUR);
    expect(turn).toBeLessThan(NOON + 12 * HOUR + DAY);
  });
});

describe('sendingDomain', () => {
  it.each([
    [{ replyTo: 'help@Shop.example' }, 'shop.example'],
    [{ replyTo: 'help@shop.example', email: 'hello@mail.shop.example' }, 'mail.shop.example'],
  ])('of %j is %s', (shop, expected) => {
    expect(sendingDomain({ ...PLAYBOOK.shop, ...shop })).toBe(expected);
  });
});
