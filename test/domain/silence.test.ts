import { describe, expect, it } from '@jest/globals';
import type { ContactPolicy } from '../../domain/playbook.ts';
import { aPlaybook, aTouch, DAY, NOON } from '../support/builders.ts';
import { ModelWorld } from '../support/model-world.ts';
import { agendaIn, sentIn } from '../support/told.ts';

type Touch = Parameters<typeof aTouch>[0];

const CAP = { caps: [{ max: 1, days: 2 }] };
const QUIET = { quiet: { from: '20:30', to: '08:30' } };
const purchase = { type: 'purchase', data: { orderId: 'o-1' } };

/** A world in which the touches answer a purchase of today. */
function aPurchaseIn(contact: Partial<ContactPolicy>, ...touches: readonly Touch[]): ModelWorld {
  const world = new ModelWorld(aPlaybook(touches.map(aTouch), { contact }));
  world.post(purchase);
  return world;
}

describe('silence', () => {
  const THREE = [1, 2, 3].map((n) => ({ name: `tip-${n}`, after: { days: n }, priority: n * 10 }));

  it.each([
    ['complaint', 'complaint-resolved'],
    ['pause', 'resume'],
  ])('of a %s takes the moments away; after the %s all come by priority, without a burst', (begins, ends) => {
    const world = aPurchaseIn({ ...CAP, ...QUIET }, ...THREE);
    world.post({ type: begins });
    const silent = agendaIn(world);
    world.pass(30 * DAY);
    world.post({ type: ends });

    expect(silent).toEqual(['waits tip-3/o-1', 'waits tip-2/o-1', 'waits tip-1/o-1']);
    expect(agendaIn(world)).toEqual([
      '07-01 10:00 tip-3/o-1',
      '07-03 06:30 tip-2/o-1',
      '07-05 06:30 tip-1/o-1',
    ]);
    expect(world.attempts).toEqual([]);
  });

  it('of a pause with an end moves them there, within an hour of open time by the customer', () => {
    const world = aPurchaseIn(CAP, ...THREE);
    world.post({ type: 'pause', data: { until: NOON + 20 * DAY } });
    const paused = agendaIn(world);
    world.pass(30 * DAY);

    expect(paused).toEqual(['06-21 10:39 tip-3/o-1', '06-22 22:00 tip-2/o-1', '06-24 22:00 tip-1/o-1']);
    expect(sentIn(world)).toEqual(paused.map((line) => `${line} accepted`));
  });

  it('that ends early brings them forward', () => {
    const world = aPurchaseIn({}, { name: 'tips', after: { days: 1 } });
    world.post({ type: 'pause', data: { until: NOON + 20 * DAY } });
    world.pass(5 * DAY);
    world.post({ type: 'resume' });

    expect(agendaIn(world)).toEqual(['06-06 10:00 tips/o-1']);
  });

  it('lets service pass', () => {
    const world = aPurchaseIn({}, { name: 'thanks', after: { hours: 1 }, kind: 'service' });
    world.post({ type: 'complaint' });
    world.pass(DAY);

    expect(sentIn(world)).toEqual(['06-01 11:00 thanks/o-1 accepted']);
  });
});
