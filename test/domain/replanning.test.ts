import { describe, expect, it } from '@jest/globals';
import { aPlaybook, aTouch, DAY } from '../support/builders.ts';
import { MINUTE, ModelWorld } from '../support/model-world.ts';
import { agendaIn, biographyIn } from '../support/told.ts';

const purchase = (orderId: string) => ({ type: 'purchase', data: { orderId } });

function aWorld(...touches: Parameters<typeof aTouch>[0][]): ModelWorld {
  return new ModelWorld(aPlaybook(touches.map(aTouch)));
}

describe('a new playbook', () => {
  const TIPS = { name: 'tips', after: { days: 5 }, expires: { days: 2 }, priority: 20 };
  const edited = (...touches: Parameters<typeof aTouch>[0][]) => ({
    ...aPlaybook(touches.map(aTouch)),
    version: 2,
  });

  it('counts a changed delay again from its cause', () => {
    const world = aWorld(TIPS);
    world.post(purchase('o-1'));
    world.pass(DAY);
    world.playbook = edited({ ...TIPS, after: { days: 8 } });
    world.post({ type: 'profile' });

    expect(agendaIn(world)).toEqual(['06-09 10:00 tips/o-1']);
    expect(world.decisions.at(-1)?.answer.journey.agenda[0]).toMatchObject({
      expires: expect.any(Number),
      priority: 20,
    });
  });

  it('sends now what should have come already', () => {
    const world = aWorld(TIPS);
    world.post(purchase('o-1'));
    world.pass(2 * DAY);
    world.playbook = edited({ ...TIPS, after: { days: 1 } });
    world.post({ type: 'profile' });

    expect(agendaIn(world)).toEqual(['06-03 10:00 tips/o-1']);
  });

  it('that puts off what is due just now is obeyed', () => {
    const world = aWorld(TIPS);
    world.post(purchase('o-1'));
    world.pass(5 * DAY);
    world.playbook = edited({ ...TIPS, after: { days: 9 } });
    world.now += MINUTE;
    world.post({ type: 'profile' });

    expect(agendaIn(world)).toEqual(['06-10 10:00 tips/o-1']);
  });

  it('drops a touch that it no longer has, and adds none for what is past', () => {
    const world = aWorld(TIPS);
    world.post(purchase('o-1'));
    world.playbook = edited({ name: 'fresh', after: { days: 7 } });
    world.post({ type: 'profile' });

    expect(agendaIn(world)).toEqual([]);
    expect(biographyIn(world)).toContain('dropped tips/o-1 removed');
  });

  it('may make service mail of marketing that waits', () => {
    const world = aWorld(TIPS);
    world.post(purchase('o-1'));
    world.post({ type: 'pause' });
    const waiting = agendaIn(world);
    world.playbook = edited({ ...TIPS, kind: 'service' });
    world.post({ type: 'profile' });

    expect([waiting, agendaIn(world)]).toEqual([['waits tips/o-1'], ['06-06 10:00 tips/o-1']]);
  });
});
