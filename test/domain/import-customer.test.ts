import { describe, expect, it } from '@jest/globals';
import type { StoredEvent } from '../../domain/event.ts';
import { fold } from '../../domain/facts.ts';
import { readCustomer } from '../../domain/import-customer.ts';
import type { ImportContext, Row } from '../../domain/import-row.ts';
import { anEvent, DAY } from '../support/builders.ts';
import { aContext, NOW } from '../support/imports.ts';

const YES = { id: 'c', subscribed: 'yes' };
const NO = { id: 'c', refused: 'yes' };

/** What a row of a foreign export tells, in a file of `day` days before now. */
function listed(row: Row, day: number, context: Partial<ImportContext> = {}): readonly StoredEvent[] {
  const whole = aContext({ trustsFile: true, writtenAt: NOW - day * DAY, ...context });
  const read = readCustomer({ line: 2, row }, whole);
  if (read.kind !== 'read') throw new Error(`the row is ${read.kind}`);
  return read.events.map(({ type, at, consent = [] }) => anEvent({ type, n: 1, at, consent }));
}

function here(day: number, isGiven: boolean): readonly StoredEvent[] {
  const entry = isGiven
    ? ({ topic: 'news', basis: 'consent' } as const)
    : ({ topic: 'news', withdrawn: true } as const);
  return [
    anEvent({ n: 1, type: isGiven ? 'sign-up' : 'unsubscribe', at: NOW - day * DAY, consent: [entry] }),
  ];
}

function granted(events: readonly StoredEvent[]): boolean | undefined {
  const known = events.reduce<ReturnType<typeof fold> | undefined>((so, event) => fold(so, event), undefined);
  return known?.consents.news?.granted;
}

/** The identities of the consents that a row tells in a file of `day` days before now. */
function idsIn(row: Row, day: number): readonly string[] {
  const read = readCustomer({ line: 2, row }, aContext({ trustsFile: true, writtenAt: NOW - day * DAY }));
  return read.kind === 'read' ? read.events.filter(({ consent }) => consent).map(({ id }) => id) : [];
}

describe('readCustomer', () => {
  it('knows a "no" that was a "yes" in between for another, and the same file for the same', () => {
    expect(idsIn(NO, 1)).not.toEqual(idsIn(NO, 9));
    expect(idsIn(NO, 1)).toEqual(idsIn(NO, 1));
    expect(idsIn(NO, 1)).toHaveLength(1);
  });

  it.each<[string, readonly StoredEvent[], boolean]>([
    ['revives no consent that was withdrawn here before', [...here(9, false), ...listed(YES, 1)], false],
    [
      'nor with other topics, which make it another event',
      [...listed(YES, 9), ...here(5, false), ...listed(YES, 1, { topics: ['news', 'tips'] })],
      false,
    ],
    [
      'silences nobody who confirmed here, by a "no" without its time',
      [...here(9, true), ...listed(NO, 1)],
      true,
    ],
    ['takes a "yes" of which nothing else is known', listed(YES, 1), true],
    ['takes a "no" of a later list for the last word', [...listed(YES, 9), ...listed(NO, 1)], false],
    [
      'lets an unsubscription with its time override what was confirmed before it',
      [...here(9, true), ...listed({ ...NO, unsubscribed_at: '2026-11-20' }, 1)],
      false,
    ],
  ])('%s', (_, events, expected) => {
    expect(granted(events)).toBe(expected);
    expect(granted(events.toReversed())).toBe(expected);
  });
});
