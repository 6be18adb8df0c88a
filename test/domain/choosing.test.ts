import { describe, expect, it } from '@jest/globals';
import { emptyJourney } from '../../domain/beginning.ts';
import { assessed, effectsOf } from '../../domain/choosing.ts';
import type { Customer } from '../../domain/customer.ts';
import { decideNext, GRACE_MS } from '../../domain/decide-next.ts';
import type { Surprise } from '../../domain/surprise.ts';
import {
  aCustomer,
  anEvent,
  aPlaybook,
  aPurchase,
  aTouch,
  CUSTOMER_ID,
  DAY,
  NOON,
} from '../support/builders.ts';

const BOX: Surprise = {
  ...{ name: 'box', kind: 'gift', value: { amount: 500, currency: 'EUR' }, oncePer: { months: 6 } },
  budget: { counts: 'money', amount: 5_000, per: { months: 1 }, spread: true, perTier: { gold: 1_000 } },
};
const TOUCH = aTouch({ name: 'small-treat', surprise: 'box', when: { 'orders.days': { $gte: 9 } } });
const CHOICE = {
  surprise: BOX,
  touch: TOUCH,
  playbook: aPlaybook([TOUCH], { surprises: { box: BOX } }),
  at: NOON,
};

describe('assessed', () => {
  const complaint = anEvent({ type: 'complaint', n: 2, data: { text: 'broken' } });

  it.each<[string, Customer, readonly number[], unknown]>([
    [
      'chooses who may be written to, whatever the touch asks',
      aCustomer([aPurchase(1)]),
      [],
      { kind: 'chosen', tier: null },
    ],
    [
      'lets wait who has an open complaint',
      aCustomer([aPurchase(1), complaint]),
      [],
      { kind: 'chosen', tier: null, waitsFor: 'hold' },
    ],
    [
      'leaves out who had it lately',
      aCustomer([aPurchase(1)]),
      [NOON - 30 * DAY],
      { kind: 'left-out', reason: 'limit' },
    ],
    [
      'leaves out first contact, which has no surprises',
      aCustomer([anEvent({ type: 'sign-up', n: 1 })]),
      [],
      { kind: 'left-out', reason: 'first-contact' },
    ],
    [
      'leaves out who gave no consent',
      aCustomer([{ ...aPurchase(1), consent: [] }]),
      [],
      { kind: 'left-out', reason: 'no-consent' },
    ],
  ])('%s', (_, customer, given, answer) => {
    expect(assessed(customer, given, CHOICE)).toEqual(answer);
  });

  it('leaves out whom the surprise is not for', () => {
    const surprise = { ...BOX, when: { 'orders.days': { $gte: 2 } } };
    const playbook = aPlaybook([TOUCH], { surprises: { box: surprise } });

    const answer = assessed(aCustomer([aPurchase(1)]), [], { ...CHOICE, surprise, playbook });

    expect(answer).toEqual({ kind: 'left-out', reason: 'condition' });
  });
});

describe('effectsOf', () => {
  it('adds up what each budget gives', () => {
    const effects = effectsOf(BOX, ['gold', null, 'silver'], { at: NOON, zone: 'UTC' });

    expect(effects).toEqual([
      expect.objectContaining({ tier: 'gold', amount: 1_000, customers: 1, cost: 500 }),
      expect.objectContaining({ amount: 5_000, customers: 2, cost: 1_000 }),
    ]);
  });
});

describe('planByHand', () => {
  it('puts a surprise that a person chose on the agenda, once a request, whatever the phase', () => {
    const phased = { ...TOUCH, phase: 'ambassador' as const };
    const chosen = (n: number) =>
      anEvent({
        type: 'surprise',
        n,
        id: 'rapport/surprise/box/may/1',
        data: { touch: 'small-treat', occasion: 'may' },
      });
    const events = [aPurchase(1), chosen(2), chosen(3)];

    const { journey } = decideNext({
      ...{ journey: emptyJourney(CUSTOMER_ID, 'getting-acquainted'), customer: aCustomer(events), events },
      ...{ outcomes: [], playbook: aPlaybook([phased]), now: NOON, grace: GRACE_MS },
    });

    expect(journey.agenda).toEqual([
      expect.objectContaining({ touch: 'small-treat', occasion: 'may', due: NOON, again: true }),
    ]);
  });
});
