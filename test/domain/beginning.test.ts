import { describe, expect, it } from '@jest/globals';
import { emptyJourney, impliedPhase, takenUp } from '../../domain/beginning.ts';
import {
  aCustomer,
  anEvent,
  aPlaybook,
  aPurchase,
  aTouch,
  CUSTOMER_ID,
  DAY,
  HOUR,
  NOON,
} from '../support/builders.ts';
import { ModelWorld } from '../support/model-world.ts';
import { agendaIn, biographyIn, journeyIn } from '../support/told.ts';

const PLAYBOOK = aPlaybook(
  [
    aTouch({ name: 'welcome', on: 'entering', phase: 'first-contact', after: { hours: 1 } }),
    aTouch({ name: 'good-to-know', on: 'entering', phase: 'getting-acquainted', after: { days: 5 } }),
    aTouch({ name: 'old-friends', on: 'entering', phase: 'relationship', after: { days: 3 } }),
    aTouch({ name: 'thank-you', after: { hours: 1 } }),
    aTouch({ name: 'win-back', on: 'lapse' }),
    aTouch({ name: 'good-again', on: 'comeback', after: { days: 1 } }),
  ],
  { lapseAfter: { days: 120 } },
);
const aWorld = () => new ModelWorld(PLAYBOOK);
const purchase = (orderId: string, daysAgo = 0) => ({
  ...{ type: 'purchase', data: { orderId } },
  ...(daysAgo > 0 ? { at: NOON - daysAgo * DAY, acts: false } : {}),
});

describe('a journey begins', () => {
  it('in the first contact with a sign-up, and is welcome', () => {
    const world = aWorld();
    world.post({ type: 'sign-up' });

    expect(journeyIn(world)).toMatchObject({ phase: 'first-contact', since: NOON, heard: 1, seq: 1 });
    expect(agendaIn(world)).toEqual(['06-01 11:00 welcome/1']);
  });

  it('in the second phase with a purchase, and enters that alone', () => {
    const world = aWorld();
    world.post(purchase('o-1'));

    expect(biographyIn(world)).toEqual(['entered getting-acquainted']);
    expect(agendaIn(world)).toEqual(['06-01 11:00 thank-you/o-1', '06-06 10:00 good-to-know/1']);
  });

  it('placed, not entered, where the first event has history behind it', () => {
    const world = aWorld();
    world.post(purchase('o-1', 60));
    world.post(purchase('o-2', 30));
    const imported = biographyIn(world);
    world.post(purchase('o-3'));

    expect(imported).toEqual(['placed getting-acquainted', 'placed relationship']);
    expect(agendaIn(world)).toEqual(['06-01 11:00 thank-you/o-3']);
    expect(biographyIn(world)).toEqual(imported);
  });

  it('with criteria delayed from the placing, not from history', () => {
    const rarely = { to: 'relationship', after: { days: 90 } } as const;
    const phases = { ...PLAYBOOK.phases, 'getting-acquainted': { movesOn: [rarely] } };
    const { lapseAfter: _, ...patient } = PLAYBOOK;
    const world = new ModelWorld({ ...patient, phases });
    world.post(purchase('o-1', 100));
    world.pass(89 * DAY);
    const before = journeyIn(world).phase;
    world.pass(2 * DAY);

    expect([before, journeyIn(world).phase]).toEqual(['getting-acquainted', 'relationship']);
  });

  it('entered all the same where a welcome is asked for', () => {
    const world = aWorld();
    world.post({ type: 'visit', acts: false, at: NOON - 90 * DAY });
    world.post({ type: 'start', data: { welcome: true } });

    expect(agendaIn(world)).toEqual(['06-01 11:00 welcome/1']);
  });

  it('at rest for those whose history ends in a lapse; none of them is won back', () => {
    const world = aWorld();
    world.post(purchase('o-1', 400));
    world.pass(30 * DAY);

    expect(journeyIn(world)).toMatchObject({ lapsed: 'o-1', resting: true, agenda: [] });
  });

  it('and whoever comes back from such a history is welcomed back', () => {
    const world = aWorld();
    world.post(purchase('o-1', 400));
    world.post(purchase('o-2'));

    expect(agendaIn(world)).toEqual([
      ...['06-01 11:00 thank-you/o-2', '06-02 10:00 good-again/o-2', '06-04 10:00 old-friends/1'],
    ]);
    expect(journeyIn(world)).not.toHaveProperty('resting');
  });
});

describe('impliedPhase', () => {
  it.each([
    ['first-contact', [anEvent({ type: 'sign-up', n: 1 })]],
    ['getting-acquainted', [aPurchase(1)]],
    ['getting-acquainted', [aPurchase(1), aPurchase(2, NOON + HOUR)]],
    ['relationship', [aPurchase(1), aPurchase(2, NOON + DAY)]],
    [
      'ambassador',
      [
        ...[aPurchase(1), aPurchase(2, NOON + DAY)],
        anEvent({ type: 'feedback', n: 3, data: { question: 'nps', score: 9 } }),
      ],
    ],
  ] as const)('is %s', (phase, events) => {
    expect(impliedPhase(aCustomer(events), PLAYBOOK, NOON + 2 * DAY)).toBe(phase);
  });

  it('is no first contact for whoever bought, where the playbook has no criterion', () => {
    const phases = { ...PLAYBOOK.phases, 'first-contact': { movesOn: [] } };

    expect(impliedPhase(aCustomer([aPurchase(1)]), { ...PLAYBOOK, phases }, NOON)).toBe('getting-acquainted');
  });

  it('counts a criterion with a delay as not yet met', () => {
    const phases = {
      ...PLAYBOOK.phases,
      'getting-acquainted': { movesOn: [{ to: 'relationship', after: { days: 1 } }] },
    } as const;

    expect(impliedPhase(aCustomer([aPurchase(1)]), { ...PLAYBOOK, phases }, NOON + 9 * DAY)).toBe(
      'getting-acquainted',
    );
  });
});

describe('takenUp', () => {
  const snapshot = { ...emptyJourney(CUSTOMER_ID, 'relationship'), seq: 7, heard: 3 };

  it('takes up the snapshot where a run begins', () => {
    const customer = aCustomer([aPurchase(1)], { journey: snapshot });

    expect(takenUp(emptyJourney(CUSTOMER_ID, 'first-contact'), customer)).toBe(snapshot);
  });

  it('trusts the journey that a run carries', () => {
    const carried = { ...snapshot, seq: 8 };

    expect(takenUp(carried, aCustomer([aPurchase(1)], { journey: snapshot }))).toBe(carried);
  });

  it('plans nothing anew after a run was terminated', () => {
    const world = aWorld();
    world.post({ type: 'sign-up' });
    world.pass(2 * HOUR);
    world.restart(DAY);

    expect(agendaIn(world)).toEqual([]);
    expect(journeyIn(world)).toMatchObject({ heard: 1, counters: { welcome: { count: 1 } } });
  });

  it('resumes an ended journey with a purchase, and with nothing else', () => {
    const world = aWorld();
    world.post({ type: 'sign-up' });
    world.post({ type: 'end' });
    world.pass(DAY);
    world.post({ type: 'feedback', data: { question: 'nps', score: 9 } });
    const still = journeyIn(world).ended;
    world.post(purchase('o-1'));

    expect([still, journeyIn(world).ended]).toEqual(['ended', undefined]);
    expect(agendaIn(world)).toEqual(['06-02 11:00 thank-you/o-1', '06-07 10:00 good-to-know/1']);
  });
});
