import { describe, expect, it } from '@jest/globals';
import { releaseMoment } from '../../domain/release.ts';
import { isStopped, spreadFor } from '../../domain/sending.ts';
import { aPlaybook, aTouch, CUSTOMER_ID, DAY, HOUR, NOON } from '../support/builders.ts';
import { MINUTE, ModelWorld } from '../support/model-world.ts';
import { agendaIn, journeyIn, sentIn, shortly } from '../support/told.ts';

const QUIET = { from: '20:30', to: '08:30' };
const ZONE = 'Europe/Amsterdam';
const purchase = { type: 'purchase', data: { orderId: 'o-1' } };

/** A world whose mail is stopped when the first touches come due. */
function aStoppedWorld(...touches: readonly Parameters<typeof aTouch>[0][]): ModelWorld {
  const playbook = aPlaybook(touches.map(aTouch), { contact: { quiet: QUIET } });
  const world = new ModelWorld(playbook, { fates: ['stopped'], sending: { stopped: 'all', spreadMs: 0 } });
  world.post(purchase);
  world.pass(2 * HOUR);
  return world;
}

/** Mail is started again, and the journey is woken. */
function start(world: ModelWorld, spreadMs: number): void {
  world.weather = { sending: { spreadMs } };
  world.wake();
}

describe('what comes due while mail is stopped', () => {
  it('waits, tried once, and what is due later keeps its moment', () => {
    const world = aStoppedWorld({ name: 'tips', after: { hours: 1 } }, { name: 'later', after: { days: 3 } });
    world.post({ type: 'visit' });
    world.pass(DAY);

    expect(sentIn(world)).toEqual(['06-01 11:00 tips/o-1 stopped']);
    expect(agendaIn(world)).toEqual(['06-04 10:00 later/o-1', 'waits tips/o-1']);
    expect(journeyIn(world).stopped).toBe(true);
  });

  it('comes at a moment of its own once mail is started, service mail first', () => {
    const world = aStoppedWorld({ name: 'tips' }, { name: 'thanks', kind: 'service' });
    start(world, 2 * HOUR);
    const [thanks = 0, tips = 0] = journeyIn(world).agenda.map(({ due }) => due);
    world.pass(DAY);

    expect(
      sentIn(world)
        .slice(2)
        .map((line) => line.slice(12)),
    ).toEqual(['thanks/o-1 accepted', 'tips/o-1 accepted']);
    expect(thanks).toBeLessThan(NOON + 2.5 * HOUR);
    expect(tips).toBeLessThan(NOON + 4 * HOUR);
    expect(journeyIn(world).stopped).toBeUndefined();
  });

  it('comes, where it is service mail, also when marketing is stopped again before it was woken', () => {
    const world = aStoppedWorld({ name: 'tips' }, { name: 'thanks', kind: 'service' });
    world.weather = { sending: { stopped: 'marketing', spreadMs: HOUR } };
    world.wake();
    world.pass(DAY);

    expect(sentIn(world).at(-1)).toContain('thanks/o-1 accepted');
    expect(agendaIn(world)).toEqual(['waits tips/o-1']);
    expect(journeyIn(world).stopped).toBe(true);
  });

  it('keeps that moment, whatever else is decided meanwhile', () => {
    const world = aStoppedWorld({ name: 'tips' }, { name: 'evening', at: '13:00' });
    start(world, 5 * HOUR);
    const planned = agendaIn(world);
    world.pass(MINUTE);
    world.post({ type: 'profile' });

    expect(agendaIn(world)).toEqual(planned);
  });

  it('is skipped where it is past its expiry', () => {
    const world = aStoppedWorld({ name: 'tips', expires: { days: 1 } });
    world.pass(2 * DAY);
    start(world, 2 * HOUR);
    world.pass(2 * DAY);

    expect(sentIn(world).at(-1)).toContain('tips/o-1 expired');
  });

  it('waits on for a complaint that is open', () => {
    const world = aStoppedWorld({ name: 'tips' });
    world.post({ type: 'complaint' });
    start(world, HOUR);

    expect(agendaIn(world)).toEqual(['waits tips/o-1']);
    expect(journeyIn(world).stopped).toBeUndefined();
  });
});

describe('releaseMoment', () => {
  const share = (releaseMoment({ customerId: CUSTOMER_ID, from: NOON, zone: ZONE }, DAY) - NOON) / DAY;
  const whoIs = { customerId: CUSTOMER_ID, zone: ZONE, quiet: QUIET };

  it('counts open hours only', () => {
    const closes = NOON + 8.5 * HOUR;
    const from = closes - 10 * MINUTE;

    const moment = releaseMoment({ ...whoIs, from }, (20 * MINUTE) / share);

    expect(shortly(moment + 1_000)).toBe('06-02 06:40');
  });

  it('comes before an expiry', () => {
    const expires = NOON + HOUR;

    expect(releaseMoment({ ...whoIs, from: NOON, expires }, DAY)).toBeLessThan(expires);
  });

  it('spreads customers evenly', () => {
    const people = Array.from({ length: 1_000 }, (_, i) => `c-${i}`);
    const moments = people.map((customerId) => releaseMoment({ ...whoIs, customerId, from: NOON }, HOUR));
    const perMinute = Map.groupBy(moments, (moment) => Math.floor((moment - NOON) / MINUTE));

    expect(perMinute.size).toBe(60);
    expect(Math.max(...[...perMinute.values()].map(({ length }) => length))).toBeLessThan(40);
  });
});

describe('isStopped', () => {
  it.each([
    [undefined, false, false],
    ['marketing', true, false],
    ['all', true, true],
  ] as const)('of %s, tells marketing %s and service %s', (stopped, marketing, service) => {
    const sending = { spreadMs: 0, ...(stopped && { stopped }) };

    expect(isStopped(sending, 'marketing')).toBe(marketing);
    expect(isStopped(sending, 'service')).toBe(service);
  });
});

describe('spreadFor', () => {
  it.each([
    [0, 5 * MINUTE],
    [3_600, 30 * MINUTE],
    [1_000_000, 6 * HOUR],
  ])('gives %d who wait %d ms', (waiting, expected) => {
    expect(spreadFor(waiting)).toBe(expected);
  });
});
