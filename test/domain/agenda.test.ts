import { describe, expect, it } from '@jest/globals';
import { decideNext } from '../../domain/decide-next.ts';
import { stableShare } from '../../domain/hash.ts';
import type { SendOutcome } from '../../domain/send.ts';
import { aPlaybook, aTouch, CUSTOMER_ID, DAY, HOUR } from '../support/builders.ts';
import { ModelWorld } from '../support/model-world.ts';
import { agendaIn, biographyIn, sentIn } from '../support/told.ts';
import type { Fate } from '../support/weather.ts';

const purchase = (orderId: string) => ({ type: 'purchase', data: { orderId } });
const about = (type: string, orderId: string) => ({ type, data: { orderId } });

function aWorld(...touches: Parameters<typeof aTouch>[0][]): ModelWorld {
  return new ModelWorld(aPlaybook(touches.map(aTouch)));
}

describe('a touch', () => {
  it('is planned once an occasion, however often its event is told', () => {
    const world = aWorld({ name: 'how-was-it', on: 'delivered', after: { days: 10 } });
    for (const orderId of ['o-1', 'o-1', 'o-2']) world.post(about('delivered', orderId));

    expect(agendaIn(world)).toEqual(['06-11 10:00 how-was-it/o-1', '06-11 10:00 how-was-it/o-2']);
  });

  it('answers any event that the shop sends, once an event', () => {
    const world = aWorld({ name: 'tip', on: 'tried-on' });
    world.post({ type: 'tried-on' });
    world.post({ type: 'tried-on' });

    expect(agendaIn(world)).toEqual(['06-01 10:00 tip/shop/tried-on-1', '06-01 10:00 tip/shop/tried-on-2']);
  });

  it.each([0, 1])('reaches its share of customers, by a stable hash', (which) => {
    const mine = stableShare(CUSTOMER_ID, 'treat');
    const share = which === 0 ? mine : mine + 0.001;
    const world = aWorld({ name: 'treat', share });
    world.post(purchase('o-1'));

    expect(agendaIn(world)).toHaveLength(which);
  });

  it('is not planned for what is older than 48 hours', () => {
    const world = aWorld({ name: 'thank-you' });
    world.post({ ...purchase('o-1'), at: world.now - 49 * HOUR });

    expect(agendaIn(world)).toEqual([]);
  });

  it.each(['cancelled', 'refund'])('is not planned for an order whose %s was heard of first', (type) => {
    const world = aWorld({ name: 'thank-you' });
    world.post(about(type, 'o-1'));
    world.post(purchase('o-1'));

    expect(agendaIn(world)).toEqual([]);
  });

  it('is planned whether what undoes its order is heard of with it, or later', () => {
    const apart = aWorld({ name: 'thank-you', after: { days: 1 } });
    apart.post(purchase('o-1'));
    apart.post(about('cancelled', 'o-1'));
    const together = aWorld({ name: 'thank-you', after: { days: 1 } });
    together.post({ type: 'sign-up' });
    together.toLose = [about('cancelled', 'o-1')];
    together.post(purchase('o-1'));

    expect(agendaIn(together)).toEqual(agendaIn(apart));
  });
});

describe('cancelOn', () => {
  const CANCELLED = {
    name: 'how-was-it',
    on: 'delivered',
    after: { days: 10 },
    cancelOn: ['refund', 'complaint'],
  };

  it('drops what its order made moot, and that of no other order', () => {
    const world = aWorld(CANCELLED);
    for (const orderId of ['o-1', 'o-2']) world.post(about('delivered', orderId));
    world.post(about('refund', 'o-1'));

    expect(agendaIn(world)).toEqual(['06-11 10:00 how-was-it/o-2']);
    expect(biographyIn(world)).toContain('dropped how-was-it/o-1 cancelled');
  });

  it('drops all of them where the event names no order', () => {
    const world = aWorld(CANCELLED);
    for (const orderId of ['o-1', 'o-2']) world.post(about('delivered', orderId));
    world.post({ type: 'complaint' });

    expect(agendaIn(world)).toEqual([]);
  });

  it('of a touch that is not about an order answers any such event', () => {
    const world = aWorld({
      name: 'welcome',
      on: 'entering',
      phase: 'first-contact',
      after: { days: 1 },
      cancelOn: ['visit'],
    });
    world.post({ type: 'sign-up' });
    world.post(about('visit', 'o-9'));

    expect(biographyIn(world)).toContain('dropped welcome/1 cancelled');
  });

  it('hears of events that trigger nothing too', () => {
    const world = aWorld(CANCELLED);
    world.post(about('delivered', 'o-1'));
    world.post({ ...about('refund', 'o-1'), acts: false });

    expect(agendaIn(world)).toEqual([]);
  });
});

describe('an outcome', () => {
  const fated = (...fates: Fate[]) => {
    const world = new ModelWorld(aPlaybook([aTouch({ name: 'tips', after: { days: 1 }, at: '09:30' })]), {
      fates,
    });
    world.post(purchase('o-1'));
    world.pass(5 * DAY);
    return world;
  };

  it.each<[SendOutcome['kind'], Fate]>([
    ['accepted', 'accepted'],
    ['rejected', 'rejected'],
    ['unknown', 'unknown'],
  ])('%s settles its appointment', (kind, fate) => {
    expect(sentIn(fated(fate))).toEqual([`06-03 07:30 tips/o-1 ${kind}`]);
  });

  it('failed moves it by 15 minutes, and the third time settles it', () => {
    const world = fated('failed');

    expect(sentIn(world)).toEqual([
      ...['06-03 07:30 tips/o-1 failed', '06-03 07:45 tips/o-1 failed', '06-03 08:00 tips/o-1 failed'],
    ]);
    expect([...world.records.values()].at(-1)?.changes).toEqual([
      { kind: 'settled', touch: 'tips', occasion: 'o-1', outcome: { kind: 'failed', type: 'sendTouch' } },
    ]);
  });

  it('lost with its worker it moves by 15 minutes, and is given up only after a dozen', () => {
    const twelve: Fate[] = new Array(12).fill('lost');

    expect(sentIn(fated(...twelve.slice(0, 11), 'accepted')).slice(10)).toEqual([
      ...['06-03 10:00 tips/o-1 failed', '06-03 10:15 tips/o-1 accepted'],
    ]);
    expect(sentIn(fated(...twelve, 'accepted'))).toHaveLength(12);
  });

  it('delayed brings it back when the mail server may be better, whatever its time of day', () => {
    expect(sentIn(fated('delayed', 'delayed', 'accepted'))).toEqual([
      ...['06-03 07:30 tips/o-1 delayed', '06-03 07:45 tips/o-1 delayed', '06-03 08:45 tips/o-1 accepted'],
    ]);
  });

  it('postponed without a moment comes again, 15 minutes later at the earliest', () => {
    expect(sentIn(fated('stopped', 'accepted'))).toEqual([
      ...['06-03 07:30 tips/o-1 stopped', '06-03 07:45 tips/o-1 accepted'],
    ]);
  });

  it('of an appointment that is gone is a repeat, and changes nothing', () => {
    const last = fated('accepted').decisions.at(-1);
    if (!last) throw new Error('nothing was decided');
    const outcomes = [{ touch: 'tips', occasion: 'o-1', outcome: { kind: 'accepted' } }] as const;
    const { journey } = last.answer;

    const again = decideNext({ ...last.known, journey, events: [], outcomes });

    expect(again.record.changes).toEqual([]);
    expect(again.journey).toEqual({ ...journey, seq: journey.seq + 1 });
  });
});
