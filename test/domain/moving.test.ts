import { describe, expect, it } from '@jest/globals';
import type { Playbook } from '../../domain/playbook.ts';
import { aPlaybook, aTouch, DAY, HOUR } from '../support/builders.ts';
import { ModelWorld } from '../support/model-world.ts';
import { agendaIn, biographyIn, journeyIn, sentIn } from '../support/told.ts';

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

/** A customer who bought on two days, and so has entered the third phase today. */
function aRelationship(playbook: Playbook = PLAYBOOK): ModelWorld {
  const world = new ModelWorld(playbook);
  world.post(purchase('o-1'));
  world.pass(10 * DAY);
  world.post(purchase('o-2'));
  return world;
}

describe('moving on', () => {
  it('takes one phase a decision, and answers one cause with both', () => {
    const playbook = aPlaybook(TOUCHES);
    const world = new ModelWorld(playbook);
    world.post(nps(10));
    world.post(purchase('o-1'));
    world.pass(10 * DAY);
    world.post(purchase('o-2'));

    const phases = world.decisions.map(({ answer }) => answer.journey.phase);
    expect(phases.slice(-3)).toEqual(['relationship', 'ambassador', 'ambassador']);
    expect(agendaIn(world)).toEqual(['06-13 10:00 invitation/1', '06-13 10:00 thank-you/o-2']);
  });

  it('drops what the phase left had planned for itself, and keeps what an event caused', () => {
    const world = new ModelWorld(PLAYBOOK);
    world.post({ type: 'sign-up' });
    world.pass(HOUR);
    world.post(purchase('o-1'));

    expect(agendaIn(world)).toEqual(['06-03 11:00 thank-you/o-1', '06-06 11:00 good-to-know/1']);
    expect(biographyIn(world)).toEqual([
      'entered first-contact',
      'dropped welcome/1 phase-left',
      'entered getting-acquainted',
    ]);
  });

  it('leaves the first contact with the first order, whatever the playbook says', () => {
    const silent = { ...PLAYBOOK, phases: { ...PLAYBOOK.phases, 'first-contact': { movesOn: [] } } };
    const world = new ModelWorld(silent);
    world.post({ type: 'sign-up' });
    world.post(purchase('o-1'));

    expect(journeyIn(world).phase).toBe('getting-acquainted');
  });

  it('asks the invariants too: no ambassador with a complaint of the last half year', () => {
    const world = aRelationship();
    world.post({ type: 'complaint' });
    world.post({ type: 'complaint-resolved' });
    world.post(nps(10));
    const before = journeyIn(world).phase;
    for (const orderId of ['o-3', 'o-4', 'o-5', 'o-6']) {
      world.pass(46 * DAY);
      world.post(purchase(orderId));
    }

    expect([before, journeyIn(world).phase]).toEqual(['relationship', 'ambassador']);
  });

  it('counts what time alone made true from the moment it is seen, not from the phase before', () => {
    const newsy = aTouch({ name: 'newsy', on: 'every', every: { days: 100 } });
    const world = aRelationship(aPlaybook([...TOUCHES, newsy]));
    world.post({ type: 'complaint' });
    world.post({ type: 'complaint-resolved' });
    world.post(nps(10));
    world.pass(201 * DAY);

    expect(sentIn(world)).toContain('12-20 11:00 invitation/1 accepted');
  });

  it('never moves backwards by a criterion', () => {
    const back = { to: 'first-contact' } as const;
    const phases = { ...PLAYBOOK.phases, relationship: { movesOn: [back] } };
    const world = aRelationship({ ...PLAYBOOK, phases });
    world.post({ type: 'visit' });
    world.pass(30 * DAY);

    expect(journeyIn(world).phase).toBe('relationship');
  });
});

describe('a criterion with a delay', () => {
  const rarely = {
    to: 'relationship',
    after: { days: 90 },
    when: { 'feedback.product': { $gte: 8 } },
  } as const;
  const phases = { ...PLAYBOOK.phases, 'getting-acquainted': { movesOn: [rarely] } };
  const content = { type: 'feedback', data: { question: 'product', score: 9 } };

  it('is asked when its time comes, and counts from there', () => {
    const world = new ModelWorld({ ...PLAYBOOK, phases });
    world.post(purchase('o-1'));
    world.post(content);
    world.pass(89 * DAY);
    const before = journeyIn(world).phase;
    world.pass(2 * DAY);

    expect([before, journeyIn(world).phase]).toEqual(['getting-acquainted', 'relationship']);
    expect(agendaIn(world)).toEqual(['09-02 10:00 old-friends/1']);
  });

  it('is asked again at any later event', () => {
    const world = new ModelWorld({ ...PLAYBOOK, phases });
    world.post(purchase('o-1'));
    world.pass(100 * DAY);
    world.post(content);

    expect(agendaIn(world)).toEqual(['09-12 10:00 old-friends/1']);
  });
});

describe('falling back', () => {
  it('answers a complaint, and holds until it is resolved for half a year', () => {
    const world = aRelationship();
    world.post(nps(10));
    world.post({ type: 'complaint' });
    world.post({ type: 'complaint-resolved' });
    world.pass(DAY);

    expect(biographyIn(world).slice(-3)).toEqual([
      'entered ambassador',
      'dropped invitation/1 phase-left',
      'entered relationship',
    ]);
  });

  it('answers a lapse; whoever has lapsed stays where they are until they buy again', () => {
    const world = aRelationship();
    world.post(nps(10));
    world.pass(121 * DAY);
    const lapsed = journeyIn(world).phase;
    world.post(nps(10));
    const answered = journeyIn(world).phase;
    world.post(purchase('o-3'));

    expect([lapsed, answered, journeyIn(world).phase]).toEqual([
      'relationship',
      'relationship',
      'ambassador',
    ]);
  });

  it('leaves an entering touch that was not sent for the next time the phase is entered', () => {
    const world = aRelationship();
    world.post(nps(10));
    world.post({ type: 'complaint' });
    world.post({ type: 'complaint-resolved' });
    for (const orderId of ['o-3', 'o-4']) {
      world.pass(100 * DAY);
      world.post(purchase(orderId));
    }
    world.pass(3 * DAY);

    expect(sentIn(world).filter((line) => line.includes('invitation'))).toEqual([
      '12-30 10:00 invitation/1 accepted',
    ]);
  });

  it('does not send an entering touch a second time, unless it may come again', () => {
    const again = TOUCHES.map((touch) => ({ ...touch, again: touch.name === 'old-friends' }));
    const world = aRelationship({ ...PLAYBOOK, touches: again });
    world.pass(5 * DAY);
    world.post(nps(10));
    world.pass(5 * DAY);
    world.post({ type: 'complaint' });
    world.post({ type: 'complaint-resolved' });

    expect(agendaIn(world)).toEqual(['06-24 10:00 old-friends/2']);
  });
});
