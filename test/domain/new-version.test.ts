import { describe, expect, it } from '@jest/globals';
import { stableShare } from '../../domain/hash.ts';
import type { Playbook, Touch } from '../../domain/playbook.ts';
import { nextVersion } from '../../domain/publishing.ts';
import { aPlaybook, aTouch, CUSTOMER_ID, DAY } from '../support/builders.ts';
import { ModelWorld } from '../support/model-world.ts';
import { agendaIn, biographyIn, journeyIn } from '../support/told.ts';

const purchase = (orderId: string) => ({ type: 'purchase', data: { orderId } });
const TIPS = { name: 'tips', after: { days: 5 } };
const HELLO = { name: 'hello', on: 'entering', phase: 'first-contact', after: { days: 5 } } as const;

function aWorld(...touches: Parameters<typeof aTouch>[0][]): ModelWorld {
  return new ModelWorld(aPlaybook(touches.map(aTouch)));
}

/** Publishes a version with these touches, and wakes the journey. */
function publish(
  world: ModelWorld,
  touches: readonly (Partial<Touch> & { name: string })[],
  added: string[] = [],
) {
  const next: Playbook = { ...world.playbook, touches: touches.map(aTouch) };
  world.playbook = nextVersion(next, world.playbook, added);
  world.restart(0);
}

describe('an appointment, when a newer version is seen', () => {
  it.each([
    ['answers another event', { ...TIPS, on: 'delivered' }],
    ['is for a share without this customer', { ...TIPS, share: stableShare(CUSTOMER_ID, 'tips') }],
  ])('goes when its touch %s', (_why, touch) => {
    const world = aWorld(TIPS);
    world.post(purchase('o-1'));
    publish(world, [touch]);

    expect(agendaIn(world)).toEqual([]);
    expect(biographyIn(world)).toContain('dropped tips/o-1 removed');
  });

  it('of entering goes when its touch belongs to another phase, what an event caused stays', () => {
    const world = aWorld(HELLO, TIPS);
    world.post({ type: 'sign-up' });
    world.post(purchase('o-1'));
    world.post({ type: 'move', data: { to: 'relationship' } });
    publish(world, [HELLO, { ...TIPS, phase: 'ambassador' }]);

    expect(agendaIn(world)).toEqual(['06-06 10:00 tips/o-1']);
  });

  it('tells in the biography that the playbook moved it', () => {
    const world = aWorld(TIPS);
    world.post(purchase('o-1'));
    publish(world, [{ ...TIPS, after: { days: 8 } }]);

    expect(world.records.get(journeyIn(world).seq)?.changes).toEqual([
      { kind: 'replanned', touch: 'tips', occasion: 'o-1', due: expect.any(Number), reason: 'playbook' },
    ]);
  });

  it('that comes every so long counts its new rhythm from the round before', () => {
    const every = { name: 'newsy', on: 'every', every: { days: 90 } };
    const world = aWorld(every);
    world.post({ type: 'sign-up' });
    world.pass(100 * DAY);
    const planned = agendaIn(world);
    publish(world, [{ ...every, every: { days: 30 } }]);

    expect([planned, agendaIn(world)]).toEqual([['11-28 11:00 newsy/2'], ['09-29 10:00 newsy/2']]);
    expect(journeyIn(world).counters.newsy).toMatchObject({ count: 2 });
  });
});

describe('a new entering touch', () => {
  it.each([
    ['is for those inside only where the version says so', [], []],
    ['comes to those inside where the version says so', ['hello'], ['06-06 10:00 hello/1']],
  ])('%s', (_what, added, agenda) => {
    const world = aWorld(TIPS);
    world.post({ type: 'sign-up' });
    world.pass(2 * DAY);
    publish(world, [HELLO], added);

    expect(agendaIn(world)).toEqual(agenda);
  });

  it('does not come when its moment is past', () => {
    const world = aWorld();
    world.post({ type: 'sign-up' });
    world.pass(5 * DAY);
    publish(world, [HELLO], ['hello']);

    expect(agendaIn(world)).toEqual([]);
  });

  it('comes also when a still newer version is the first that the journey sees', () => {
    const world = aWorld();
    world.post({ type: 'sign-up' });
    const added = nextVersion({ ...world.playbook, touches: [aTouch(HELLO)] }, world.playbook, ['hello']);
    world.playbook = added;
    publish(world, [HELLO, TIPS]);

    expect(agendaIn(world)).toEqual(['06-06 10:00 hello/1']);
  });

  it('does not come to whoever had it, nor to whoever was placed and silent since', () => {
    const had = aWorld(HELLO);
    had.post({ type: 'sign-up' });
    had.pass(20 * DAY);
    publish(had, [{ ...HELLO, after: { days: 30 } }], ['hello']);
    const placed = aWorld();
    placed.post({ type: 'sign-up', acts: false });
    publish(placed, [HELLO], ['hello']);

    expect([agendaIn(had), agendaIn(placed)]).toEqual([[], []]);
  });

  it('that was removed comes back where the version that brings it back says so', () => {
    const world = aWorld(HELLO);
    world.post({ type: 'sign-up' });
    publish(world, []);
    const removed = agendaIn(world);
    publish(world, [HELLO]);
    const silently = agendaIn(world);
    publish(world, [HELLO], ['hello']);

    expect([removed, silently, agendaIn(world)]).toEqual([[], [], ['06-06 10:00 hello/1']]);
  });
});
