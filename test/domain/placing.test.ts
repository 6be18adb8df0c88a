import { describe, expect, it } from '@jest/globals';
import { aPlaybook, aTouch, DAY } from '../support/builders.ts';
import { ModelWorld } from '../support/model-world.ts';
import { agendaIn, biographyIn, journeyIn } from '../support/told.ts';

const TOUCHES = [
  aTouch({ name: 'thank-you', after: { days: 2 } }),
  aTouch({ name: 'welcome', on: 'entering', phase: 'first-contact', after: { days: 1 } }),
  aTouch({ name: 'good-to-know', on: 'entering', phase: 'getting-acquainted', after: { days: 5 } }),
  aTouch({ name: 'old-friends', on: 'entering', phase: 'relationship', after: { days: 3 } }),
  aTouch({ name: 'invitation', on: 'entering', phase: 'ambassador', after: { days: 2 } }),
];
const PLAYBOOK = aPlaybook(TOUCHES, { lapseAfter: { days: 120 } });

const nps = (score: number) => ({ type: 'feedback', data: { question: 'nps', score } });
const purchase = (orderId: string) => ({ type: 'purchase', data: { orderId } });
const move = (to: string, welcome = false) => ({ type: 'move', data: { to, welcome } });

/** A customer who bought on two days, and so has entered the third phase today. */
function aRelationship(): ModelWorld {
  const world = new ModelWorld(PLAYBOOK);
  world.post(purchase('o-1'));
  world.pass(10 * DAY);
  world.post(purchase('o-2'));
  return world;
}

describe('a move by hand', () => {
  it('places, and does not enter', () => {
    const world = new ModelWorld(PLAYBOOK);
    world.post({ type: 'sign-up' });
    world.post(move('ambassador'));

    expect(biographyIn(world).slice(1)).toEqual(['dropped welcome/1 phase-left', 'placed ambassador']);
    expect(agendaIn(world)).toEqual([]);
  });

  it('enters where a welcome is asked for', () => {
    const world = new ModelWorld(PLAYBOOK);
    world.post({ type: 'sign-up' });
    world.post(move('ambassador', true));

    expect(agendaIn(world)).toEqual(['06-03 10:00 invitation/1']);
  });

  it('stands until the customer does something, though the criteria say otherwise', () => {
    const world = aRelationship();
    world.post(nps(10));
    world.post(move('relationship'));
    world.pass(60 * DAY);
    const placed = journeyIn(world).phase;
    world.post(nps(9));

    expect([placed, journeyIn(world).phase]).toEqual(['relationship', 'ambassador']);
  });

  it('cannot make a first contact of whoever bought', () => {
    const world = aRelationship();
    world.post(move('first-contact'));

    expect(journeyIn(world).phase).toBe('relationship');
  });

  it('that came with a merge is heard, and not acted on', () => {
    const world = aRelationship();
    world.post({ ...move('ambassador'), acts: false });

    expect(journeyIn(world).phase).toBe('relationship');
  });
});

describe('history that is learned later', () => {
  it('places the customer where it implies, without a word', () => {
    const world = new ModelWorld(PLAYBOOK);
    world.post({ type: 'sign-up' });
    world.pass(2 * DAY);
    for (const orderId of ['o-1', 'o-2'])
      world.post({ ...purchase(orderId), at: world.now - Number(orderId.slice(2)) * 30 * DAY });

    expect(biographyIn(world).slice(1)).toEqual(['placed getting-acquainted', 'placed relationship']);
    expect(agendaIn(world)).toEqual([]);
  });
});
