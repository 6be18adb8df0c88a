import { describe, expect, it } from '@jest/globals';
import { type ConsentProof, proofsOf } from '../../domain/consent-proof.ts';
import type { ConsentGiven, StoredEvent } from '../../domain/event.ts';
import { takenBack } from '../../domain/taking-back.ts';
import { aCustomer, anEvent, DAY, NOON } from '../support/builders.ts';

const NEWS = { topic: 'news', basis: 'consent' } as const;

function said(n: number, consent: readonly ConsentGiven[], at = NOON - 30 * DAY): StoredEvent {
  return anEvent({ type: 'sign-up', n, at: at + n, consent });
}

function left(n: number, how: string, topic?: string, at = NOON): StoredEvent {
  const data = { how, ...(topic !== undefined && { topic }) };
  return anEvent({ type: 'unsubscribe', n, at: at + n, data, consent: [] });
}

function backOf(events: readonly StoredEvent[], now: number, asked = ['news']): readonly string[] {
  const proofs = events.flatMap((event): ConsentProof[] => proofsOf(event, 'key-an')).toReversed();
  return takenBack(aCustomer(events), asked, proofs, now).map(
    ({ topic, restores }) => `${topic} ${restores}`,
  );
}

describe('takenBack', () => {
  it.each<[string, readonly StoredEvent[], boolean]>([
    ['left by the page', [said(1, [NEWS]), left(2, 'page', 'news')], true],
    ['left by one click', [said(1, [NEWS]), left(2, 'one-click', 'news')], true],
    ['left with all marketing', [said(1, [NEWS]), left(2, 'page')], true],
    ['left by a reply', [said(1, [NEWS]), left(2, 'reply', 'news')], false],
    ['never agreed to', [left(2, 'page', 'news')], false],
    ['never left', [said(1, [NEWS])], false],
    ['said to be service', [said(1, [{ topic: 'news', basis: 'service' }]), left(2, 'page')], false],
    [
      'left before all was',
      [said(1, [NEWS]), left(2, 'page', 'news', NOON - 9 * DAY), left(3, 'page')],
      false,
    ],
    [
      'left by the shop since',
      [said(1, [NEWS]), left(2, 'page', 'news'), said(3, [{ topic: 'news', withdrawn: true }], NOON)],
      false,
    ],
  ])('gives back what was %s: %s', (_, events, isBack) => {
    expect(backOf(events, NOON + 1_000)).toHaveLength(Number(isBack));
  });

  it('names the withdrawal, once, whatever is asked for', () => {
    const events = [said(1, [NEWS, { topic: 'clicks', basis: 'consent' }]), left(2, 'page')];

    expect(backOf(events, NOON + 1_000, ['news', 'news', 'clicks', 'offers', '*', '$where'])).toEqual([
      `news ${events[1]?.id}/*`,
    ]);
  });

  it('gives back nothing after a day', () => {
    const events = [said(1, [NEWS]), left(2, 'page', 'news')];

    expect([DAY, DAY + 2].map((later) => backOf(events, NOON + later).length)).toEqual([1, 0]);
  });

  it('is the same once it is given back', () => {
    const events = [said(1, [NEWS]), left(2, 'page', 'news'), said(3, [NEWS], NOON)];

    expect(backOf(events, NOON + 1_000)).toHaveLength(1);
  });

  it('gives back nothing that was agreed to for another address', () => {
    const elsewhere = { email: 'an@elsewhere.example', emailKey: 'key-elsewhere' };
    const first = anEvent({ type: 'sign-up', n: 1, at: NOON - DAY, consent: [NEWS], customer: elsewhere });
    const moved = anEvent({ type: 'profile', n: 2, at: NOON - 1, consent: [] });

    expect(backOf([first, moved, left(3, 'page', 'news')], NOON + 1_000)).toEqual([]);
  });
});
