import { describe, expect, it } from '@jest/globals';
import type { StoredEvent } from '../../domain/event.ts';
import { factsOf } from '../../domain/facts.ts';
import { admits, type Phase } from '../../domain/phases.ts';
import { aCustomer, anEvent, aPlaybook, aPurchase, DAY, NOON, STAY } from '../support/builders.ts';

const answered = (score: number) => anEvent({ type: 'feedback', n: 7, data: { question: 'nps', score } });
const referral = anEvent({ type: 'referral', n: 8, data: { paid: true } });
const complained = (at: number) => anEvent({ type: 'complaint', n: 9, at });
const resolved = anEvent({ type: 'complaint-resolved', n: 10, at: NOON });

describe('admits', () => {
  it.each<[string, Phase, readonly StoredEvent[], boolean]>([
    ['a stranger into first contact', 'first-contact', [], true],
    ['a buyer into first contact', 'first-contact', [aPurchase(1)], false],
    ['anybody into getting acquainted', 'getting-acquainted', [], true],
    ['whom the playbook chooses into relationship', 'relationship', [aPurchase(1)], true],
    ['a promoter into ambassador', 'ambassador', [answered(9)], true],
    ['somebody content into ambassador', 'ambassador', [answered(8)], false],
    ['whose friend bought into ambassador', 'ambassador', [referral], true],
    [
      'a promoter with an open complaint into ambassador',
      'ambassador',
      [answered(10), complained(NOON - 300 * DAY)],
      false,
    ],
    [
      'a promoter who complained lately into ambassador',
      'ambassador',
      [answered(10), complained(NOON - 179 * DAY), resolved],
      false,
    ],
    [
      'a promoter who complained long ago into ambassador',
      'ambassador',
      [answered(10), complained(NOON - 180 * DAY), resolved],
      true,
    ],
  ])('judges %s', (_, phase, events, admitted) => {
    const facts = factsOf(aCustomer(events), NOON, STAY, aPlaybook([]));

    expect(admits(phase, facts, NOON)).toBe(admitted);
  });
});
