import { describe, expect, it } from '@jest/globals';
import type { ContactPolicy } from '../../domain/playbook.ts';
import { aPlaybook, aTouch, CUSTOMER_ID, DAY, HOUR, NOON } from '../support/builders.ts';
import { ModelWorld } from '../support/model-world.ts';
import { agendaIn, sentIn, shortly } from '../support/told.ts';
import type { Fate } from '../support/weather.ts';

type Touch = Parameters<typeof aTouch>[0];

const CAP = { caps: [{ max: 1, days: 2 }] };
const QUIET = { quiet: { from: '20:30', to: '08:30' } };
const purchase = { type: 'purchase', data: { orderId: 'o-1' } };

function aWorld(
  contact: Partial<ContactPolicy>,
  touches: readonly Touch[],
  fates: readonly Fate[] = [],
): ModelWorld {
  return new ModelWorld(aPlaybook(touches.map(aTouch), { contact }), { fates });
}

/** A world in which the touches answer a purchase of today. */
function aPurchaseIn(contact: Partial<ContactPolicy>, ...touches: readonly Touch[]): ModelWorld {
  const world = aWorld(contact, touches);
  world.post(purchase);
  return world;
}

describe('an appointment', () => {
  it('is planned out of quiet hours', () => {
    expect(agendaIn(aPurchaseIn(QUIET, { name: 'tips', after: { hours: 12 } }))).toEqual([
      '06-02 06:30 tips/o-1',
    ]);
  });

  it('of service is not', () => {
    const world = aPurchaseIn(
      { ...QUIET, ...CAP },
      { name: 'thanks', after: { hours: 12 }, kind: 'service' },
    );

    expect(agendaIn(world)).toEqual(['06-01 22:00 thanks/o-1']);
  });

  it('of what this version cannot do takes nobody’s place', () => {
    const world = aPurchaseIn(CAP, { name: 'more', suggest: 'cross-sell', priority: 90 }, { name: 'tips' });

    expect(agendaIn(world)).toEqual(['06-01 10:00 tips/o-1']);
  });

  it('gives way to the more important, and to what was wanted earlier', () => {
    const world = aPurchaseIn(
      CAP,
      { name: 'minor', after: { days: 1 }, priority: 10 },
      { name: 'later', after: { days: 1, hours: 1 } },
      { name: 'earlier', after: { days: 1 } },
      { name: 'major', after: { days: 2 }, priority: 90 },
    );

    expect(agendaIn(world)).toEqual([
      ...[
        '06-03 10:00 major/o-1',
        '06-04 22:00 earlier/o-1',
        '06-06 22:00 later/o-1',
        '06-08 22:00 minor/o-1',
      ],
    ]);
  });

  it('gives way to one that is planned later', () => {
    const world = aPurchaseIn(
      CAP,
      { name: 'minor', after: { days: 2 } },
      { name: 'sorry', on: 'feedback', priority: 90 },
    );
    world.pass(DAY);
    world.post({ type: 'feedback', data: { question: 'nps', score: 2 } });

    expect(agendaIn(world)).toEqual(['06-02 10:00 sorry/shop/feedback-2', '06-03 22:00 minor/o-1']);
  });

  it('that is due just now keeps its place before the more important', () => {
    const world = aPurchaseIn(
      CAP,
      { name: 'minor', after: { days: 1 } },
      { name: 'sorry', on: 'feedback', priority: 90 },
    );
    world.now = NOON + DAY + 1;
    world.post({ type: 'feedback', data: { question: 'nps', score: 2 } });

    expect(agendaIn(world)).toEqual(['06-02 10:00 minor/o-1', '06-03 22:00 sorry/shop/feedback-2']);
  });

  it('counts what was sent, whatever became of it', () => {
    const world = aWorld(CAP, [{ name: 'one' }, { name: 'two', after: { days: 1 } }], ['unknown']);
    world.post(purchase);
    world.pass(HOUR);

    expect(agendaIn(world)).toEqual(['06-02 22:00 two/o-1']);
  });

  it('does not count what was refused', () => {
    const world = aWorld(CAP, [{ name: 'one' }, { name: 'two', after: { days: 1 } }], ['rejected']);
    world.post(purchase);
    world.pass(HOUR);

    expect(agendaIn(world)).toEqual(['06-02 10:00 two/o-1']);
  });

  it('is not in the way of itself, after an attempt that failed halfway', () => {
    const world = aWorld(CAP, [{ name: 'one' }], ['failed', 'accepted']);
    world.post(purchase);
    world.pass(HOUR);

    expect(sentIn(world)).toEqual(['06-01 10:00 one/o-1 failed', '06-01 10:15 one/o-1 accepted']);
    expect(world.customer.contact.places).toEqual([
      { key: `${CUSTOMER_ID}/one/o-1`, due: NOON + HOUR / 4, kind: 'marketing' },
    ]);
  });

  it.each([
    ['', {}],
    [', in a time-lapse either', { grace: Infinity }],
  ])('comes forward into a place that falls free, and never into the past%s', (_when, weather) => {
    const world = aWorld(CAP, [
      { name: 'major', after: { hours: 6 }, priority: 90, cancelOn: ['visit'] },
      { name: 'minor', after: { hours: 1 } },
    ]);
    world.weather = weather;
    world.post(purchase);
    world.pass(2 * HOUR);
    world.post({ type: 'visit' });

    expect(agendaIn(world)).toEqual(['06-01 12:00 minor/o-1']);
  });
});

describe('an appointment that expires', () => {
  it('goes to its end where there is no room before it, and is skipped there', () => {
    const world = aPurchaseIn(CAP, { name: 'major', priority: 90 }, { name: 'brief', expires: { days: 1 } });
    const planned = agendaIn(world);
    world.pass(3 * DAY);

    expect(planned).toEqual(['06-01 10:00 major/o-1', '06-02 10:00 brief/o-1']);
    expect(sentIn(world)).toEqual(['06-01 10:00 major/o-1 accepted', '06-02 10:00 brief/o-1 expired']);
  });

  it('takes no place from another by that', () => {
    const world = aPurchaseIn(
      CAP,
      { name: 'major', priority: 90 },
      { name: 'brief', expires: { hours: 1 }, priority: 60 },
      { name: 'tips', after: { days: 2 } },
    );

    expect(agendaIn(world).at(-1)).toBe('06-03 10:00 tips/o-1');
  });

  it('while marketing is silent is skipped when that is lifted', () => {
    const world = aPurchaseIn({}, { name: 'tips', after: { days: 1 }, expires: { days: 5 } });
    world.post({ type: 'complaint' });
    world.pass(10 * DAY);
    world.post({ type: 'complaint-resolved' });
    world.pass(HOUR);

    expect(sentIn(world)).toEqual(['06-11 10:00 tips/o-1 expired']);
  });
});

describe('an appointment whose wake is late', () => {
  const late = (by: number, ...touches: readonly Touch[]) => {
    const world = aPurchaseIn(QUIET, ...touches);
    world.weather = { lags: [by, 0] };
    world.pass(3 * DAY);
    return world.attempts.map(({ at, outcome }) => `${shortly(at)} ${outcome.kind}`);
  };

  it.each([
    ['by moments: it stands', 40, ['06-02 07:30 accepted']],
    ['by hours: it goes the same day', 3 * HOUR, ['06-02 10:30 accepted']],
    [
      'into the night: it goes at its time of the next day',
      14 * HOUR,
      ['06-02 21:30 postponed', '06-03 07:30 accepted'],
    ],
  ])('%s', (_case, by, expected) => {
    expect(late(by, { name: 'tips', at: '09:30' })).toEqual(expected);
  });
});
