import { describe, expect, it } from '@jest/globals';
import { asWishedBy } from '../../domain/own-cap.ts';
import { forgetBefore, refusalOf } from '../../domain/proposal.ts';
import { aCustomer, anEvent, aPlaybook, aTouch, DAY, NOON } from '../support/builders.ts';

const NEWS = aTouch({ name: 'news' });
const PLAYBOOK = aPlaybook([NEWS]);

function aCustomerWho(everyDays: number | undefined, sentDaysAgo: number) {
  const customer = everyDays === undefined ? {} : { everyDays };
  const events = [anEvent({ type: 'sign-up', n: 1 }), anEvent({ type: 'profile', n: 2, customer })];
  const place = { key: 'earlier', due: NOON - sentDaysAgo * DAY, kind: 'marketing' as const };
  return aCustomer(events, { contact: { version: 1, places: [place] } });
}

function attemptFor(customer: ReturnType<typeof aCustomer>) {
  const because = { id: 'shop/x', type: 'x', at: NOON };
  const task = {
    ...{ customerId: customer.id, touch: 'news', occasion: '1', due: NOON, because },
    ...{ phase: 'first-contact' as const, playbook: 1 },
  };
  return { task, touch: NEWS, playbook: PLAYBOOK, at: NOON };
}

describe('a customer’s own cap', () => {
  it.each([
    ['once a week', 7, 6, 'cap'],
    ['once a week', 7, 7, undefined],
    ['once a month', 30, 29, 'cap'],
    ['once a month', 30, 30, undefined],
    ['as the shop likes, again', 0, 1, undefined],
    ['nothing said', undefined, 1, undefined],
  ])('%s (%s days) puts a mail off %s days after another: %s', (_, everyDays, ago, reason) => {
    const customer = aCustomerWho(everyDays, ago);

    expect(refusalOf(attemptFor(customer), customer)?.reason).toBe(reason);
  });

  it('puts it off until the first day that is free', () => {
    const customer = aCustomerWho(7, 6);

    expect(refusalOf(attemptFor(customer), customer)).toMatchObject({ kind: 'postponed' });
    expect(asWishedBy(customer, PLAYBOOK).contact.caps).toEqual([{ max: 1, days: 7 }]);
    expect(asWishedBy(customer, PLAYBOOK)).toBe(asWishedBy(customer, PLAYBOOK));
  });

  it('needs what was sent in its month to be remembered, though the shop has no caps', () => {
    const customer = aCustomerWho(30, 29);

    expect(forgetBefore(attemptFor(customer))).toBeLessThanOrEqual(NOON - 30 * DAY);
  });
});
