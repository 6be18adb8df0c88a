import { describe, expect, it } from '@jest/globals';
import { watchedCase } from '../../domain/case-watch.ts';
import { ownTouches } from '../../domain/own-touches.ts';
import { simulate } from '../../domain/simulate.ts';
import { aPlaybook, aTouch, CUSTOMER_ID, DAY, HOUR, NOON } from '../support/builders.ts';
import { ModelWorld } from '../support/model-world.ts';
import { agendaIn } from '../support/told.ts';

const FOLLOW_UP = aTouch({
  ...{ name: 'follow-up', on: 'complaint', after: { days: 3 }, kind: 'service', topic: 'service' },
  cancelOn: ['complaint-resolved'],
});
const PLAYBOOK = aPlaybook(ownTouches({}));

/** A world in which a complaint has just come, `shop/c-1`. */
function aComplaint(playbook = PLAYBOOK): ModelWorld {
  const world = new ModelWorld(playbook);
  world.post({ type: 'complaint', id: 'shop/c-1' });
  return world;
}

const resolved = { type: 'complaint-resolved', id: 'rapport/r-1', data: { case: 'shop/c-1' } };
const reopened = { type: 'complaint-reopened', id: 'rapport/o-1', data: { case: 'shop/c-1' } };

describe('the clock of a case', () => {
  it('stands on the agenda from the complaint on, looks when there is need to, and goes with the case', () => {
    const world = aComplaint();

    const looks = [agendaIn(world)];
    for (const hours of [18, 6, 30 * 24]) {
      world.pass(hours * HOUR + 1);
      looks.push(agendaIn(world));
    }
    world.post(resolved);

    expect(looks).toEqual([
      ['06-02 04:00 case-clock/shop/c-1'],
      ['06-02 10:00 case-clock/shop/c-1'],
      ['07-01 10:00 case-clock/shop/c-1'],
      ['07-08 10:00 case-clock/shop/c-1'],
    ]);
    expect(agendaIn(world)).toEqual([]);
  });

  it('begins anew where the case is opened again', () => {
    const world = aComplaint();
    world.post(resolved);
    world.pass(10 * DAY);
    world.post(reopened);

    expect(agendaIn(world)).toEqual(['06-12 04:00 case-clock/shop/c-1/1']);
  });

  it('runs on where a journey goes on that had ended, and for a case that came with a merge', () => {
    const world = aComplaint();
    world.post({ type: 'end' });
    const ended = agendaIn(world);
    world.post({ type: 'complaint', id: 'shop/c-2', acts: false, acted: true });
    world.post({ type: 'start', at: world.now + HOUR });

    expect(ended).toEqual([]);
    expect(agendaIn(world)).toEqual(['06-02 04:00 case-clock/shop/c-1', '06-02 04:00 case-clock/shop/c-2']);
  });

  it('does not run for what is of old', () => {
    const world = new ModelWorld(PLAYBOOK);
    world.post({ type: 'complaint', id: 'shop/c-0', at: NOON - 30 * DAY });

    expect(agendaIn(world)).toEqual([]);
    expect(world.customer.known.complaints.open).toEqual(['shop/c-0']);
  });

  it('runs in a simulation as in the engine', () => {
    const world = aComplaint();
    world.pass(40 * DAY);
    world.post(resolved);
    world.pass(DAY);

    const simulated = simulate(world.events, PLAYBOOK, world.now);

    expect(simulated.touches.map(({ touch, due, outcome }) => [touch, due, outcome])).toEqual(
      world.attempts.map(({ touch, due, outcome }) => [touch, due, outcome]),
    );
    expect(simulated.touches).toHaveLength(4);
  });
});

describe('a resolution', () => {
  it('of one case leaves what answers another', () => {
    const world = aComplaint(aPlaybook([FOLLOW_UP]));
    world.post({ type: 'complaint', id: 'shop/c-2' });
    world.post(resolved);

    expect(agendaIn(world)).toEqual(['06-04 10:00 follow-up/shop/c-2']);
  });
});

describe('watchedCase', () => {
  it('is done with a customer who became another, and with a case that is resolved', () => {
    const { customer } = aComplaint();
    const task = { customerId: CUSTOMER_ID, occasion: 'shop/c-1' };

    const at = NOON + 2 * DAY;
    const done = { outcome: { kind: 'done' } };
    expect(watchedCase({ ...customer, mergedInto: 'other' }, task, PLAYBOOK, at)).toEqual(done);
    expect(watchedCase(customer, { occasion: 'shop/c-9' }, PLAYBOOK, at)).toEqual(done);
    expect(watchedCase(customer, task, PLAYBOOK, at).alarm).toMatchObject({ alarm: 'escalated', nth: 1 });
  });
});
