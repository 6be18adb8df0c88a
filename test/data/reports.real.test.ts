import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { disconnect } from '../../data/connect.ts';
import { customers } from '../../data/customers.ts';
import { events } from '../../data/events.ts';
import { SendModel } from '../../data/send-document.ts';
import { suppressions } from '../../data/suppressions.ts';
import type { DeliveryReport } from '../../domain/delivery-report.ts';
import { readReturnPath } from '../../domain/return-path.ts';
import { aSentMail, RETURN_PATH, SECRET, someCustomer, someReports } from '../support/returned.ts';
import { aDatabase, anEvent, aReceive, HOUR } from '../support/shop.ts';

const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 10, 22, 12);

beforeAll(aDatabase, 60_000);
afterAll(disconnect);

const HARD: DeliveryReport = { kind: 'bounce', class: 'hard', status: '5.1.1' };
const SOFT: DeliveryReport = { kind: 'bounce', class: 'soft', status: '4.2.2' };
const POLICY: DeliveryReport = { kind: 'bounce', class: 'policy', status: '5.7.1' };

/** Tells of a mail what its return path names. */
async function tell(address: string, report: DeliveryReport, now = NOW) {
  const mail = readReturnPath(RETURN_PATH, [SECRET], address);
  if (!mail || !('customerId' in mail)) throw new Error('not of one of our mails');
  return someReports(now).ofMail(mail, async () => ({ report }));
}

const suppressedAs = async (id: string) => (await customers.byId(id))?.suppressed;

describe('createReports', () => {
  it('suppresses an address that is no more, with the event, and shows it at the mail', async () => {
    const customer = await someCustomer();
    const mail = await aSentMail(customer);

    expect(await tell(mail.bounce, HARD)).toBe('kept');

    const [event] = await events.latest(customer.id, 1);
    expect(event).toMatchObject({
      ...{ type: 'bounce', data: { class: 'hard', status: '5.1.1', touch: 'good-to-know' } },
    });
    expect(JSON.stringify(event)).not.toContain(customer.email);
    expect(await suppressedAs(customer.id)).toBe('hard-bounce');
    expect((await SendModel.findById(mail.key).lean())?.bounce).toMatchObject({ class: 'hard', at: NOW });
  });

  it('keeps a report once, however often and at once it comes', async () => {
    const customer = await someCustomer();
    const mail = await aSentMail(customer);

    const taken = await Promise.all(Array.from({ length: 5 }, () => tell(mail.bounce, SOFT)));

    expect(taken.filter((one) => one === 'kept')).toHaveLength(1);
    expect((await events.latest(customer.id, 10)).filter(({ type }) => type === 'bounce')).toHaveLength(1);
  });

  it('gives an address up after five soft bounces on different days of two weeks, not before', async () => {
    const customer = await someCustomer();
    const days = [0, 2, 5, 9, 13];
    for (const [n, day] of days.entries()) {
      expect(await suppressedAs(customer.id)).toBeUndefined();
      await tell((await aSentMail(customer, 'tips', n)).bounce, SOFT, NOW + day * DAY);
    }

    expect(await suppressedAs(customer.id)).toBe('soft-bounces');
  });

  it('counts those that the mail server refused at once too, but not those that never reached one', async () => {
    const [refused, unreached] = [await someCustomer(), await someCustomer()];
    for (const [customer, code] of [
      [refused, 452],
      [unreached, undefined],
    ] as const) {
      for (let n = 0; n < 4; n++) {
        const { key } = await aSentMail(customer, 'tips', n);
        const outcome = { kind: 'rejected' as const, class: 'soft' as const, ...(code && { code }) };
        const settledAt = new Date(NOW - n * DAY);
        await SendModel.updateOne({ _id: key }, { $set: { state: 'rejected', outcome, settledAt } });
      }
      await tell((await aSentMail(customer, 'news')).bounce, SOFT, NOW + DAY);
    }

    expect(await suppressedAs(refused.id)).toBe('soft-bounces');
    expect(await suppressedAs(unreached.id)).toBeUndefined();
  });

  it('blames nobody for a refusal of policy', async () => {
    const customer = await someCustomer();
    for (let n = 0; n < 6; n++) {
      await tell((await aSentMail(customer, 'tips', n)).bounce, POLICY, NOW + n * DAY);
    }

    expect(await suppressedAs(customer.id)).toBeUndefined();
    expect((await events.latest(customer.id, 1))[0]?.data).toMatchObject({ class: 'policy' });
  });

  it('does not blame an address that the mail did not go to', async () => {
    const customer = await someCustomer();
    const mail = await aSentMail(customer);
    const moved = { id: customer.ref.slice(5), email: `new-${customer.email}` };
    await aReceive({ now: NOW }).receive([anEvent(moved, { at: NOW })], 'api');

    expect(await tell(mail.bounce, HARD)).toBe('kept');

    expect(await suppressedAs(customer.id)).toBeUndefined();
    expect(await suppressions.has(customer.addressKey)).toBe(false);
  });

  it('finds who a customer became', async () => {
    const [older, younger] = [await someCustomer(), await someCustomer()];
    const mail = await aSentMail(younger);
    const both = { id: older.ref.slice(5), email: younger.email };
    await aReceive({ now: NOW }).receive([anEvent(both)], 'api');

    expect(await tell(mail.bounce, HARD)).toBe('kept');

    expect((await events.latest(older.id, 1))[0]?.type).toBe('bounce');
  });

  it('keeps a spam complaint as an event, and suppresses nothing: service mail goes on', async () => {
    const customer = await someCustomer();
    const mail = await aSentMail(customer);

    expect(await tell(mail.bounce, { kind: 'spam-complaint' })).toBe('kept');
    expect(await tell(mail.bounce, { kind: 'spam-complaint' })).toBe('repeated');

    expect((await events.latest(customer.id, 1))[0]?.type).toBe('spam-complaint');
    expect(await suppressedAs(customer.id)).toBeUndefined();
    expect((await SendModel.findById(mail.key).lean())?.spamComplaintAt).toEqual(new Date(NOW));
  });

  it('hears of a mail whose record is gone, and of nobody whom we know not', async () => {
    const customer = await someCustomer();
    const mail = await aSentMail(customer);
    await SendModel.deleteOne({ _id: mail.key });

    expect(await tell(mail.bounce, HARD)).toBe('kept');
    expect(await suppressedAs(customer.id)).toBeUndefined();
    expect(await tell((await aSentMail({ id: '01JX0000000000000000000009' })).bounce, HARD)).toBe('unheard');
  });

  it('believes a provider about an address, though no mail is named', async () => {
    const customer = await someCustomer();
    const told = { report: HARD, id: 'ses-1' };

    expect(await someReports().ofAddress(customer.addressKey, told)).toBe('kept');
    expect(await someReports().ofAddress(customer.addressKey, told)).toBe('repeated');
    expect(await suppressedAs(customer.id)).toBe('hard-bounce');
    expect(await someReports().ofAddress('of-nobody', told)).toBe('unheard');
    expect(await suppressions.reason('of-nobody')).toBe('hard-bounce');
  });
});
