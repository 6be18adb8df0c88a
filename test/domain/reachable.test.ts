import { describe, expect, it } from '@jest/globals';
import { agreesTo, barredBy } from '../../domain/reachable.ts';
import { aCustomer, anEvent, aTouch, NOON } from '../support/builders.ts';

const MAIL = aTouch({ name: 'tips' });
const CARD = aTouch({ name: 'card', by: 'team' });
const CALL = aTouch({ name: 'call', by: 'team', kind: 'service', topic: 'service' });

/** Somebody of whom only a name is known. */
const named = { type: 'visit', n: 1, customer: { name: { first: 'An' } }, consent: [] } as const;

describe('barredBy', () => {
  it('lets a card, but no mail, go to who has no e-mail address', () => {
    const nobody = aCustomer([anEvent(named)]);

    expect(barredBy(nobody, MAIL)).toBe('no-address');
    expect(barredBy(nobody, CARD)).toBeUndefined();
  });

  it.each([
    ['hard-bounce', undefined],
    ['soft-bounces', undefined],
    ['spam-complaint', 'suppressed'],
    ['asked-by-letter', 'suppressed'],
  ])('of an address that is suppressed as %s bars a card as %s, a mail always, a call never', (why, card) => {
    const customer = aCustomer([anEvent({ type: 'sign-up', n: 1 })], { suppressed: why });

    expect(barredBy(customer, MAIL)).toBe('suppressed');
    expect(barredBy(customer, CARD)).toBe(card);
    expect(barredBy(customer, CALL)).toBeUndefined();
  });

  it.each([
    [{ erased: true }, 'erased'],
    [{ mergedInto: 'other' }, 'merged'],
  ])('bars all of %j', (gone, reason) => {
    const customer = aCustomer([anEvent({ type: 'sign-up', n: 1 })], gone);

    expect([MAIL, CARD, CALL].map((touch) => barredBy(customer, touch))).toEqual([reason, reason, reason]);
  });
});

describe('agreesTo', () => {
  const known = anEvent({ type: 'sign-up', n: 1, consent: [] });

  it.each([
    ['who said nothing', [known], false, true],
    ['who consented', [anEvent({ type: 'sign-up', n: 1 })], true, true],
    [
      'who left the topic',
      [known, anEvent({ type: 'unsubscribe', n: 2, data: { topic: 'news' }, consent: [] })],
      ...[false, false],
    ],
    [
      'who left all marketing',
      [known, anEvent({ type: 'unsubscribe', n: 2, consent: [] })],
      ...[false, false],
    ],
    [
      'of whom a shop says that the topic is service',
      [anEvent({ type: 'sign-up', n: 1, consent: [{ topic: 'news', basis: 'service' }] })],
      ...[false, true],
    ],
    [
      'who left a topic that is said to be service since',
      [
        anEvent({ type: 'sign-up', n: 1 }),
        anEvent({ type: 'unsubscribe', n: 2, data: { topic: 'news' }, consent: [] }),
        anEvent({ type: 'purchase', n: 3, at: NOON + 1, consent: [{ topic: 'news', basis: 'service' }] }),
      ],
      ...[false, false],
    ],
    [
      'whose consent was for another address',
      [
        anEvent({ type: 'sign-up', n: 1 }),
        anEvent({
          ...{ type: 'profile', n: 2, consent: [], at: known.at + 1 },
          customer: { email: 'an@elsewhere.example', emailKey: 'key-elsewhere' },
        }),
      ],
      ...[false, true],
    ],
  ])('of %s', (_who, events, mail, card) => {
    expect(agreesTo(aCustomer(events), MAIL)).toBe(mail);
    expect(agreesTo(aCustomer(events), CARD)).toBe(card);
  });
});
