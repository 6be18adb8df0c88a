import { describe, expect, it } from '@jest/globals';
import { simulate } from '../../domain/simulate.ts';
import { anEvent, aPlaybook, aPurchase, aTouch, DAY, HOUR, NOON } from '../support/builders.ts';

const LOOK_BACK = aTouch({ name: 'look-back', after: { days: 10 }, oncePer: { days: 30 } });

/** Orders on days, with what else happens. */
function lived(
  touch: typeof LOOK_BACK,
  days: readonly number[],
  others: Parameters<typeof simulate>[0] = [],
) {
  const orders = days.map((day) => aPurchase(day, NOON + day * DAY));
  const events = [...orders, ...others]
    .sort((a, b) => a.at - b.at)
    .map((event, i) => ({ ...event, n: i + 1 }));
  const { touches } = simulate(events, aPlaybook([touch]), NOON + 400 * DAY);
  return touches.map(({ occasion, outcome }) => `${occasion} ${outcome.kind}`);
}

describe('plan', () => {
  it('plans a touch at most once in its `oncePer`, counted from cause to cause', () => {
    expect(lived(LOOK_BACK, [0, 7, 29, 30, 31, 60])).toEqual([
      'o-0 accepted',
      'o-30 accepted',
      'o-60 accepted',
    ]);
  });

  it('gives the next cause its turn when one was cancelled, or came to nothing', () => {
    const undone = anEvent({ type: 'refund', n: 0, at: NOON + DAY, data: { orderId: 'o-0' } });
    const cancelled = { ...LOOK_BACK, cancelOn: ['refund'] };
    const picky = { ...LOOK_BACK, when: { 'orders.count': { $gte: 3 } } };

    expect(lived(cancelled, [0, 7, 20], [undone])).toEqual(['o-7 accepted']);
    expect(lived(picky, [0, 11, 12])).toEqual(['o-0 skipped', 'o-11 accepted']);
  });
});

describe('plan, after a lapse', () => {
  it('takes a chain that a purchase answered for one that has been, whole', () => {
    const chain = [0, 20, 40].map((days) =>
      aTouch({
        name: `day-${days}`,
        on: 'lapse',
        after: { days },
        oncePer: { years: 1 },
        cancelOn: ['purchase'],
      }),
    );
    const playbook = aPlaybook(chain, { lapseAfter: { days: 100 } });
    const events = [aPurchase(1), aPurchase(2, NOON + 130 * DAY)];

    const { touches, customer } = simulate(events, playbook, NOON + 300 * DAY);

    expect(touches.map(({ touch, occasion }) => `${touch} ${occasion}`)).toEqual(['day-0 o-1', 'day-20 o-1']);
    expect(customer.journey?.resting).toBe(true);
  });
});

describe('cancelBy', () => {
  it('lets a later purchase cancel what an earlier order was to bring', () => {
    expect(lived({ ...LOOK_BACK, oncePer: { days: 1 }, cancelOn: ['purchase'] }, [0, 7, 30])).toEqual([
      'o-7 accepted',
      'o-30 accepted',
    ]);
  });

  it('does not take an order that is reported again for a later one', () => {
    const again = { ...aPurchase(9, NOON + HOUR, 'o-0'), id: 'shop/again' };

    expect(lived({ ...LOOK_BACK, cancelOn: ['purchase'] }, [0], [again])).toEqual(['o-0 accepted']);
  });
});
