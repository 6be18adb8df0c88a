import { describe, expect, it } from '@jest/globals';
import { caseStates, complaintsOf, foldCases } from '../../domain/complaints.ts';
import type { Case } from '../../domain/customer.ts';
import type { EventData } from '../../domain/event.ts';
import { anEvent, HOUR, NOON } from '../support/builders.ts';

/** What happened, an hour after each other; each is named by its number. */
type Told = readonly [type: string, data?: EventData];

const COMPLAINT: Told = ['complaint'];
const RESOLVED: Told = ['complaint-resolved', { case: '1', resolution: 'refund' }];
const REOPENED: Told = ['complaint-reopened', { case: '1' }];
const ANSWERED: Told = ['complaint-answered', { case: '1' }];

function events(told: readonly Told[]) {
  return told.map(([type, data = {}], i) =>
    anEvent({ id: `${i + 1}`, type, n: i + 1, at: NOON + i * HOUR, data }),
  );
}

function folded(told: readonly Told[]): readonly Case[] {
  return events(told).reduce<readonly Case[]>(foldCases, []);
}

describe('complaintsOf', () => {
  it.each<[string, readonly Told[], readonly string[]]>([
    ['is open', [COMPLAINT], ['1']],
    ['is resolved by a resolution of everything', [COMPLAINT, ['complaint-resolved']], []],
    ['is resolved by name alone', [COMPLAINT, COMPLAINT, RESOLVED], ['2']],
    ['is not resolved by a resolution of another', [COMPLAINT, ['complaint-resolved', { case: '9' }]], ['1']],
    ['is not resolved by its answer', [COMPLAINT, ANSWERED], ['1']],
    ['is open again', [COMPLAINT, RESOLVED, REOPENED], ['1']],
    ['is resolved again', [COMPLAINT, RESOLVED, REOPENED, RESOLVED], []],
    [
      'of an order is resolved with it',
      [
        ['complaint', { orderId: 'o' }],
        ['complaint-resolved', { orderId: 'o' }],
      ],
      [],
    ],
  ])('%s', (_, told, open) => {
    expect(complaintsOf(folded(told)).open).toEqual(open);
  });

  it('comes to the same in whatever order the events arrive', () => {
    const told = events([COMPLAINT, ANSWERED, RESOLVED, REOPENED, COMPLAINT, ANSWERED]);
    const forward = told.reduce<readonly Case[]>(foldCases, []);
    const backward = told.toReversed().reduce<readonly Case[]>(foldCases, []);

    expect(complaintsOf(backward)).toEqual(complaintsOf(forward));
    expect(complaintsOf(forward).open).toEqual(['1', '5']);
  });

  it('of a resolution and a reopening at one moment stays open', () => {
    const [complaint, resolved, reopened] = events([COMPLAINT, RESOLVED, REOPENED]);
    const at = NOON + HOUR;
    const cases = [complaint, resolved, reopened].flatMap((event) =>
      event ? [{ ...event, at: event.n > 1 ? at : event.at }] : [],
    );

    expect(complaintsOf(cases.reduce<readonly Case[]>(foldCases, [])).open).toEqual(['1']);
  });
});

describe('caseStates', () => {
  it('tell the first answer since a case was opened, and how it was resolved', () => {
    const [first] = caseStates(folded([COMPLAINT, ANSWERED, ANSWERED, RESOLVED]));
    const [again] = caseStates(folded([COMPLAINT, ANSWERED, RESOLVED, REOPENED]));

    expect(first).toMatchObject({ answeredAt: NOON + HOUR, resolved: { by: '4', resolution: 'refund' } });
    expect(again).toEqual({ id: '1', openedAt: NOON, turn: 1, since: NOON + 3 * HOUR });
  });

  it('say what is history: neither acting nor having acted before a merge', () => {
    const complaint = anEvent({ type: 'complaint', n: 1, acts: false });

    expect(caseStates(foldCases([], complaint))[0]?.history).toBe(true);
    expect(caseStates(foldCases([], { ...complaint, acted: true }))[0]?.history).toBeUndefined();
  });
});
