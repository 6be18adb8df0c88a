import { describe, expect, it } from '@jest/globals';
import type { Change, DecisionRecord } from '../../domain/journey.ts';
import { consentsChanged, messagesOf } from '../../domain/webhook-message.ts';
import { CUSTOMER_ID, NOON } from '../support/builders.ts';

const because = { type: 'purchase', id: 'shop/o-1', at: NOON };
const one = { touch: 'thank-you', occasion: 'o-1' };

function aDecision(...changes: readonly Change[]): DecisionRecord {
  return {
    customerId: CUSTOMER_ID,
    seq: 7,
    at: NOON,
    phase: 'relationship',
    playbook: 1,
    heard: [],
    changes,
  };
}

describe('messagesOf', () => {
  it.each([
    { kind: 'accepted' },
    { kind: 'rejected', class: 'hard', code: 550 },
    { kind: 'unknown' },
    { kind: 'failed', type: 'lost' },
    { kind: 'skipped', reason: 'no-consent' },
  ] as const)('tells that a mail was settled as %j', (outcome) => {
    expect(messagesOf(aDecision({ kind: 'settled', ...one, outcome }))).toEqual([
      {
        id: `settled/${CUSTOMER_ID}/thank-you/o-1/${outcome.kind}`,
        type: 'send.settled',
        at: NOON,
        data: { customerId: CUSTOMER_ID, ...one, outcome },
      },
    ]);
  });

  it('tells that a journey moved on, once a decision, however often it is made', () => {
    const decision = aDecision({ kind: 'entered', phase: 'relationship', because });

    expect(messagesOf(decision)).toEqual(messagesOf(decision));
    expect(messagesOf(decision)).toEqual([
      {
        id: `moved/${CUSTOMER_ID}/7`,
        type: 'journey.moved',
        at: NOON,
        data: { customerId: CUSTOMER_ID, phase: 'relationship', how: 'entered' },
      },
    ]);
  });

  it('tells nothing of plans, nor of what is not settled yet', () => {
    expect(
      messagesOf(
        aDecision(
          { kind: 'planned', ...one, because },
          { kind: 'settled', ...one, outcome: { kind: 'postponed', reason: 'cap' } },
          { kind: 'settled', ...one, outcome: { kind: 'delayed', until: NOON } },
        ),
      ),
    ).toEqual([]);
  });
});

describe('consentsChanged', () => {
  const given = { granted: true, at: 1 } as const;
  const withdrawn = { granted: false, at: 2 } as const;

  it.each([
    ['a first one', {}, { news: given }, { news: true }],
    ['a withdrawal', { news: given }, { news: withdrawn }, { news: false }],
    ['what is said to be service', {}, { news: { ...given, basis: 'service' as const } }, { news: false }],
    ['one of two', { news: given, tips: given }, { news: given, tips: withdrawn }, { tips: false }],
    ['one that is given again', { news: given }, { news: { ...given, at: 5 } }, undefined],
    ['none', {}, {}, undefined],
  ])('tells of %s', (_what, before, after, told) => {
    expect(consentsChanged(before, after)).toEqual(told);
  });
});
