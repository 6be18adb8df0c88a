import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ConfirmationBounceModel, confirmationBounces } from '../../data/confirmation-bounces.ts';
import { disconnect } from '../../data/connect.ts';
import { customers } from '../../data/customers.ts';
import { events } from '../../data/events.ts';
import { JoinRequestModel, joinRequests } from '../../data/join-requests.ts';
import { suppressions } from '../../data/suppressions.ts';
import type { DeliveryReport } from '../../domain/delivery-report.ts';
import { confirmationRef } from '../../domain/joining.ts';
import { readReturnPath } from '../../domain/return-path.ts';
import { aSentMail, RETURN_PATH, SECRET, someCustomer, someReports } from '../support/returned.ts';
import { aDatabase, HOUR } from '../support/shop.ts';

const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 10, 22, 12);

beforeAll(aDatabase, 60_000);
afterAll(disconnect);

const HARD: DeliveryReport = { kind: 'bounce', class: 'hard', status: '5.1.1' };
const SOFT: DeliveryReport = { kind: 'bounce', class: 'soft', status: '4.2.2' };
const POLICY: DeliveryReport = { kind: 'bounce', class: 'policy', status: '5.7.1' };

/** Somebody asked to join, and the mail left. */
async function aRequest(addressKey: string, now = NOW) {
  await joinRequests.ask(
    addressKey,
    { email: 'x@example.com', topics: ['news'], language: 'nl', where: 'x' },
    now,
  );
  const [request] = await JoinRequestModel.find({ addressKey }).sort({ _id: -1 }).lean();
  const id = request?._id ?? '';
  await JoinRequestModel.updateOne({ _id: id }, { $set: { state: 'sent' } });
  return { id, addressKey, ref: confirmationRef({ id, askedAt: now }) };
}

const tell = (ref: string, report: DeliveryReport, now = NOW) =>
  someReports(now).ofConfirmation(ref, async () => ({ report }));

const stateOf = async (id: string) => (await joinRequests.find(id))?.state;

describe('createReports, of a mail that asks to confirm an address', () => {
  it('suppresses an address that is no more, of whom nobody knows, once, and mails the request no more', async () => {
    const { id, ref, addressKey } = await aRequest('gone');

    const taken = await Promise.all(Array.from({ length: 5 }, () => tell(ref, HARD)));

    expect(taken.toSorted()).toEqual(['kept', ...Array(4).fill('repeated')]);
    expect(await suppressions.reason(addressKey)).toBe('hard-bounce');
    expect(await stateOf(id)).toBe('refused');
  });

  it('is an event of whoever has the address, and suppresses them', async () => {
    const customer = await someCustomer();
    const { ref } = await aRequest(customer.addressKey);

    expect(await tell(ref, HARD)).toBe('kept');
    expect(await tell(ref, HARD)).toBe('repeated');

    const told = await events.latest(customer.id, 9);
    expect(told.map(({ type }) => type)).toEqual(['bounce', 'visit']);
    expect(JSON.stringify(told[0])).not.toContain(customer.email);
    expect((await customers.byId(customer.id))?.suppressed).toBe('hard-bounce');
  });

  it('counts soft ones together with those of sends: five on different days of two weeks', async () => {
    const customer = await someCustomer();
    for (const day of [0, 4, 8]) {
      await tell((await aRequest(customer.addressKey, NOW + day * DAY)).ref, SOFT, NOW + day * DAY);
    }
    for (const day of [10, 12]) {
      expect((await customers.byId(customer.id))?.suppressed).toBeUndefined();
      const { bounce } = await aSentMail(customer, 'tips', day);
      const mail = readReturnPath(RETURN_PATH, [SECRET], bounce);
      if (!mail || !('customerId' in mail)) throw new Error('not of one of our mails');
      await someReports(NOW + day * DAY).ofMail(mail, async () => ({ report: SOFT }));
    }

    expect((await customers.byId(customer.id))?.suppressed).toBe('soft-bounces');
  });

  it('blames nobody for a refusal of policy, and keeps of several what weighs most', async () => {
    const { ref, addressKey } = await aRequest('ours');
    expect(await tell(ref, POLICY)).toBe('kept');
    expect(await suppressions.reason(addressKey)).toBeUndefined();

    expect(await tell(ref, SOFT)).toBe('kept');
    expect(await tell(ref, POLICY)).toBe('repeated');
    expect((await ConfirmationBounceModel.findById(ref).lean())?.class).toBe('soft');
    expect(await suppressions.reason(addressKey)).toBeUndefined();
  });

  it('takes a spam complaint as that of any mail, and mails the request no more', async () => {
    const customer = await someCustomer();
    const { id, ref } = await aRequest(customer.addressKey);

    expect(await tell(ref, { kind: 'spam-complaint' })).toBe('kept');

    expect((await customers.byId(customer.id))?.known.marketingOff).toBeDefined();
    expect((await customers.byId(customer.id))?.suppressed).toBeUndefined();
    expect(await stateOf(id)).toBe('refused');
  });

  it('hears nothing of a request that is gone, or that was never made', async () => {
    expect(await tell('aaaaaaaaaaaaaaaa', HARD)).toBe('unheard');
  });
});

describe('confirmationBounces', () => {
  it('takes a suppression back once the link of the mail is at hand, and hears no bounce of it any more', async () => {
    const customer = await someCustomer();
    const request = await aRequest(customer.addressKey);
    await tell(request.ref, HARD);

    await confirmationBounces.disprove(request);

    expect(await suppressions.has(customer.addressKey)).toBe(false);
    expect((await customers.byId(customer.id))?.suppressed).toBeUndefined();
    expect(await tell(request.ref, { kind: 'bounce', class: 'hard', status: '5.1.0' })).toBe('unheard');
    expect(await suppressions.has(customer.addressKey)).toBe(false);
  });

  it('leaves a suppression that stands on something else', async () => {
    const request = await aRequest('elsewhere');
    await suppressions.add('elsewhere', 'hard-bounce', NOW - DAY);
    await tell(request.ref, HARD);

    await confirmationBounces.disprove(request);

    expect(await suppressions.reason('elsewhere')).toBe('hard-bounce');
  });

  it('lets no bounce that comes with the press of the button suppress who pressed it', async () => {
    for (let n = 0; n < 10; n++) {
      const request = await aRequest(`racing-${n}`);
      await Promise.all([tell(request.ref, HARD), confirmationBounces.disprove(request)]);
      expect(await suppressions.has(request.addressKey)).toBe(false);
    }
  });
});
