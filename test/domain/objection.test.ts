import { describe, expect, it } from '@jest/globals';
import { proposeContact } from '../../domain/contact-policy.ts';
import { fold } from '../../domain/facts.ts';
import { isOpenTo, mayBeJudged } from '../../domain/objection.ts';
import type { Touch } from '../../domain/playbook.ts';
import { aCustomer, anEvent, aPlaybook, aPurchase, aTouch, NOON } from '../support/builders.ts';

function anObjection(n: number, at = NOON, data = {}) {
  return anEvent({ type: 'objection', n, at, data });
}

describe('an objection to profiling', () => {
  it.each([
    ['holds', [0], true],
    ['is withdrawn', [0, 1], false],
    ['is withdrawn before it is heard', [1, 0], false],
    ['holds when it and its withdrawal are of one moment', [0, 2], true],
  ])('%s', (_, order, stands) => {
    const told = [anObjection(1), anObjection(2, NOON + 1, { withdrawn: true })];
    const events = [...told, anObjection(3, NOON, { withdrawn: true })];

    const known = order.reduce(
      (so, i) => fold(so, events[i] ?? anObjection(9)),
      fold(undefined, aPurchase(1)),
    );

    expect(known.objection).toEqual(stands ? { at: NOON } : undefined);
  });
});

describe('isOpenTo', () => {
  const objecting = aCustomer([aPurchase(1), anObjection(2)]);

  it.each<[boolean, string, Partial<Touch>]>([
    [true, 'service mail, whatever it asks', { kind: 'service', when: { 'orders.days': 2 } }],
    [true, 'what answers what they did', { on: 'delivered' }],
    [true, 'what everybody in the phase gets', { on: 'entering' }],
    [true, 'a birthday they told', { on: 'birthday', when: { 'profile.interests': 'jazz' } }],
    [true, 'what asks for a consent', { when: { 'consents.tips': true, 'complaints.open': 0 } }],
    [false, 'what is chosen by orders', { when: { 'orders.days': { $gte: 2 } } }],
    [
      false,
      'what is chosen by orders, however deep',
      { when: { $or: [{ locale: 'nl' }, { $and: [{ 'orders.count': 1 }] }] } },
    ],
    [false, 'what is chosen by scores', { when: { 'feedback.nps': { $gte: 9 } } }],
    [false, 'a suggestion', { suggest: 'cross-sell' }],
    [false, 'what is drawn by lot', { share: 0.1 }],
    [false, 'a win-back', { on: 'lapse' }],
    [false, 'a welcome back', { on: 'comeback' }],
  ])('is %s of %s', (open, _, touch) => {
    expect(isOpenTo(objecting, aTouch({ name: 'care', ...touch }))).toBe(open);
    expect(isOpenTo(aCustomer([aPurchase(1)]), aTouch({ name: 'care', ...touch }))).toBe(true);
  });
});

describe('mayBeJudged', () => {
  it('is not by behaviour of who objected', () => {
    const [objecting, other] = [aCustomer([anObjection(1)]), aCustomer([])];

    expect(mayBeJudged(objecting, { 'orders.days': { $gte: 2 } })).toBe(false);
    expect(mayBeJudged(objecting, { 'profile.answered': { $gte: 2 } })).toBe(true);
    expect(mayBeJudged(objecting, undefined)).toBe(true);
    expect(mayBeJudged(other, { 'orders.days': { $gte: 2 } })).toBe(true);
  });
});

describe('proposeContact', () => {
  it('skips what rests on a profile for who objected, though it was planned before', () => {
    const customer = aCustomer([aPurchase(1), anObjection(2)]);
    const contact = { customer, playbook: aPlaybook([]), key: 'k', at: NOON };
    const asked = { ...contact, wanted: true, inHoldout: false, rehearsed: false };

    const chosen = aTouch({ name: 'care', when: { 'orders.days': 1 } });
    expect(proposeContact({ ...asked, touch: chosen })).toEqual({ kind: 'skipped', reason: 'objection' });
    expect(proposeContact({ ...asked, touch: aTouch({ name: 'care' }) })).toEqual({ kind: 'send' });
  });
});
