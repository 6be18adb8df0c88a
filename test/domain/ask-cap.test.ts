import { describe, expect, it } from '@jest/globals';
import type { Ask } from '../../domain/asks.ts';
import { proposeContact } from '../../domain/contact-policy.ts';
import type { Place } from '../../domain/customer.ts';
import { dayNumber } from '../../domain/local-time.ts';
import type { Playbook } from '../../domain/playbook.ts';
import { counts, forgetBefore, placeOf } from '../../domain/proposal.ts';
import { aCustomer, aPlaybook, aPurchase, aTouch, CUSTOMER_ID, DAY, NOON } from '../support/builders.ts';
import { ModelWorld } from '../support/model-world.ts';
import { agendaIn, biographyIn, sentIn } from '../support/told.ts';

const ZONE = 'Europe/Amsterdam';

/** Whether a question may be asked now of somebody of whom these were asked so many days ago. */
function proposal(
  ask: Ask | undefined,
  asked: readonly (readonly [Ask | undefined, number])[],
  playbook = aPlaybook([]),
) {
  const places = asked.map(([asks, days], i): Place => {
    return { key: `place-${i}`, due: NOON - days * DAY, kind: 'marketing', ...(asks && { asks }) };
  });
  const customer = aCustomer([aPurchase(1)], { contact: { version: 1, places } });
  const touch = aTouch({ name: 'one', ...(ask && { asks: ask }) });
  const moment = { at: NOON, wanted: true, inHoldout: false, rehearsed: false };
  const decision = proposeContact({ customer, touch, playbook, key: 'mine', ...moment });
  if (decision.kind !== 'postponed') return decision.kind;
  return dayNumber(decision.until ?? 0, ZONE) - dayNumber(NOON, ZONE);
}

const ELSE: Playbook = aPlaybook([], { contact: { asks: { max: 2, days: 7, nps: 90, answerWithin: 30 } } });

describe('questions', () => {
  it.each<[string, Ask | undefined, readonly (readonly [Ask | undefined, number])[], unknown]>([
    ['is asked where nothing was', 'csat', [], 'send'],
    ['waits until 30 days after another of any kind', 'csat', [['profile', 10]], 20],
    ['is asked 30 days after another', 'csat', [['nps', 30]], 'send'],
    ['does not wait for what asks nothing', 'csat', [[undefined, 1]], 'send'],
    ['that asks nothing does not wait for a question', undefined, [['csat', 1]], 'send'],
    ['to recommend us waits half a year after the last', 'nps', [['nps', 60]], 120],
    [
      'to recommend us waits for others too',
      'nps',
      [
        ['nps', 170],
        ['open', 5],
      ],
      25,
    ],
    ['to recommend us is asked after half a year', 'nps', [['nps', 180]], 'send'],
  ])('%s', (_what, ask, asked, expected) => {
    expect(proposal(ask, asked)).toBe(expected);
  });

  it.each<[Ask, readonly (readonly [Ask, number])[], unknown]>([
    ['csat', [['open', 2]], 'send'],
    [
      'csat',
      [
        ['open', 2],
        ['profile', 3],
      ],
      4,
    ],
    ['nps', [['nps', 60]], 30],
  ])('%s after %j goes by what the playbook says', (ask, asked, expected) => {
    expect(proposal(ask, asked, ELSE)).toBe(expected);
  });

  it('are planned apart, the more important first', () => {
    const touches = [
      aTouch({ name: 'nps', asks: 'nps', priority: 40 }),
      aTouch({ name: 'score', asks: 'product-score', priority: 60 }),
      aTouch({ name: 'tips', priority: 10 }),
    ];
    const world = new ModelWorld(aPlaybook(touches));
    world.post({ type: 'purchase', data: { orderId: 'o-1' } });

    expect(agendaIn(world)).toEqual(['06-01 10:00 score/o-1', '06-01 10:00 tips/o-1', '06-30 22:00 nps/o-1']);
  });

  it('keep their place longer than what asks nothing', () => {
    const task = {
      customerId: CUSTOMER_ID,
      touch: 'nps',
      occasion: '1',
      due: NOON,
      phase: 'relationship' as const,
    };
    const because = { type: 'every', id: '1', at: NOON };
    const outgoing = {
      task: { ...task, because, playbook: 1 },
      touch: aTouch({ name: 'nps', asks: 'nps' }),
      playbook: aPlaybook([]),
      at: NOON,
    };
    const place = { ...placeOf(outgoing), due: NOON - 179 * DAY };

    expect(placeOf(outgoing)).toMatchObject({ asks: 'nps' });
    expect(counts(place, forgetBefore(outgoing))).toBe(true);
    const { asks: _, ...other } = place;
    expect(counts(other, forgetBefore(outgoing))).toBe(false);
  });
});

describe('a changed answer', () => {
  it('moves a customer on as a first one does, and triggers no touch again', () => {
    const touches = [aTouch({ name: 'thanks', on: 'feedback', kind: 'service' })];
    const phases = {
      ...aPlaybook([]).phases,
      'getting-acquainted': { movesOn: [{ to: 'ambassador', when: { 'feedback.nps': { $gte: 9 } } }] },
    } as const;
    const world = new ModelWorld(aPlaybook(touches, { phases }));
    const told = { type: 'feedback', data: { question: 'nps' } };
    world.post({ type: 'purchase', data: { orderId: 'o-1' } });
    world.post({ ...told, id: 'rapport/answer/ref/c', data: { ...told.data, score: 4 } });
    world.pass(DAY);

    const change = { ...told.data, score: 9, change: 1 };
    world.post({ ...told, id: 'rapport/answer/ref/c/1', acts: false, data: change });
    world.pass(DAY);

    expect(biographyIn(world)).toContain('entered ambassador');
    expect(sentIn(world)).toHaveLength(1);
  });
});
