import { describe, expect, it } from '@jest/globals';
import type { StoredEvent } from '../../domain/event.ts';
import { simulate } from '../../domain/simulate.ts';
import { pointTouches } from '../../domain/yearly-points.ts';
import { anEvent, aPurchase, aTouch, DAY, NOON } from '../support/builders.ts';
import { aLoyalty, aProgramme, linesOf } from '../support/loyalty.ts';

const notice = aTouch({ name: 'points-expiring', on: 'points-expiring', kind: 'service', at: '10:00' });
const HALF_A_YEAR = { expireAfter: { months: 6 }, pendingAtMost: {} };
const PLAYBOOK = { ...aProgramme(HALF_A_YEAR), touches: [notice] };

/** What left, as `occasion on day`. */
const leaving = (events: readonly StoredEvent[], days = 500) =>
  simulate(events, PLAYBOOK, NOON + days * DAY).touches.map(({ occasion, due }) => {
    return `${occasion} on ${new Date(due).toISOString().slice(0, 10)}`;
  });

describe('hearExpiry', () => {
  it('tells of points that expire once for each day on which some do, 30 days before it', () => {
    const events = [aPurchase(1), aPurchase(2, NOON + DAY), aPurchase(3, NOON + 40 * DAY)];

    expect(leaving(events)).toEqual(['2026-12-31 on 2026-12-02', '2027-01-31 on 2027-01-02']);
  });

  it('is silent about points that were spent', () => {
    const spent = anEvent({
      type: 'points',
      n: 2,
      at: NOON + 9 * DAY,
      data: { points: -14, reason: 'spent' },
    });

    expect(leaving([aPurchase(1), spent])).toEqual([]);
  });

  it('drops what is planned when they are spent in the last moment', () => {
    const spent = { points: -14, reason: 'spent' };
    const last = anEvent({ type: 'points', n: 2, at: Date.parse('2026-12-02T02:00:00Z'), data: spent });

    const { touches, changes } = simulate([aPurchase(1), last], PLAYBOOK, NOON + 300 * DAY);

    expect(touches).toEqual([]);
    expect(changes).toContainEqual(
      expect.objectContaining({ kind: 'dropped', occasion: '2026-12-31', reason: 'moot' }),
    );
  });

  it('tells at once of what would have been told before', () => {
    const old = { ...aPurchase(1, NOON - 180 * DAY), acts: false, receivedAt: NOON };
    const history = {
      ...PLAYBOOK,
      loyalty: aLoyalty({ ...HALF_A_YEAR, notice: { days: 60 }, history: true }),
    };

    const { touches } = simulate([old], history, NOON + 30 * DAY);

    expect(touches.map(({ due }) => due)).toEqual([Date.parse('2026-06-02T08:00:00Z')]);
  });
});

describe('pointTouches', () => {
  const told = { customer: { birthday: '1984-06-21', email: 'an@example.com', emailKey: 'key-an' } };

  it('gives the points of a birthday on the day, once a year, without a mail', () => {
    const earn = { birthdays: { on: 'birthday', points: 25 } };
    const giving = aProgramme({ earn });
    const playbook = { ...giving, touches: pointTouches(giving.loyalty) };

    const { touches, customer } = simulate([{ ...aPurchase(1), ...told }], playbook, NOON + 400 * DAY);

    expect(touches.map(({ touch, occasion, outcome }) => [touch, occasion, outcome.kind])).toEqual([
      ['points-birthday', '2026', 'done'],
      ['points-birthday', '2027', 'done'],
    ]);
    expect(linesOf(customer)).toEqual(['birthdays 25', 'birthdays 25']);
  });
});
