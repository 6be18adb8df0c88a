import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { disconnect } from '../../data/connect.ts';
import { ConsentEventModel, consentEvents } from '../../data/consent-events.ts';
import { CustomerModel } from '../../data/customer-document.ts';
import { customers } from '../../data/customers.ts';
import { createReceiveHistory } from '../../data/receive-history.ts';
import { textHash } from '../../domain/hash.ts';
import {
  aClock,
  aDatabase,
  anEvent,
  aPlaybook,
  aPurchase,
  aReceive,
  HOUR,
  somebody,
} from '../support/shop.ts';

beforeAll(aDatabase);
afterAll(disconnect);

const { receive, receiveOwn } = aReceive();
const GIVEN = {
  topic: 'news',
  basis: 'consent',
  wording: 'Yes, write to me.',
  wordingVersion: '3',
  locale: 'en',
  evidence: { form: 'checkout' },
} as const;

async function received(event: ReturnType<typeof anEvent>): Promise<string> {
  const [receipt] = await receive([event], 'api');
  return receipt?.customerId ?? '';
}

describe('consentEvents', () => {
  it('prove a consent: to what, by which wording, when, where, and of which address', async () => {
    const event = anEvent(somebody(), { consent: [GIVEN, { topic: 'tips', withdrawn: true }] });
    const customerId = await received(event);

    const [tips, news] = await consentEvents.ofCustomer(customerId, 9);

    const addressKey = (await customers.byId(customerId))?.emailKey;
    const told = { customerId, addressKey, source: 'shop', type: 'visit', at: event.at };
    expect(news).toMatchObject({
      ...{ ...told, ...GIVEN, id: `shop/${event.id}/news`, change: 'given' },
      wordingHash: textHash('Yes, write to me.'),
    });
    expect(tips).toMatchObject({ ...told, topic: 'tips', change: 'withdrawn', evidence: {} });
    expect(JSON.stringify([tips, news])).not.toContain('@');
  });

  it('prove a soft opt-in by its order, and by the objection that was offered', async () => {
    const customerId = await received(aPurchase(somebody(), { orderId: 'o-7' }));

    expect(await consentEvents.ofCustomer(customerId, 9)).toMatchObject([
      { topic: 'news', basis: 'soft-opt-in', order: 'o-7', evidence: { objection: 'checkout' } },
    ]);
  });

  it('prove a double opt-in by both its moments, and the page without what follows it', async () => {
    const data = {
      where: 'https://shop.example/join?name=an',
      askedAt: '2026-11-22T10:00:00Z',
      confirmed: 'link',
    };
    const event = anEvent(somebody(), { type: 'sign-up', consent: [GIVEN], data });

    const [proof] = await consentEvents.ofCustomer(await received(event), 9);

    expect(proof?.evidence).toEqual({
      ...{ form: 'checkout', where: 'https://shop.example/join', askedAt: data.askedAt },
      confirmedAt: new Date(event.at).toISOString(),
    });
  });

  it('prove leaving a topic, leaving all, and a spam complaint', async () => {
    const customerId = await received(anEvent(somebody(), { consent: [GIVEN] }));
    const at = anEvent(somebody()).at;
    await receiveOwn(customerId, {
      type: 'unsubscribe',
      at: at + 1,
      data: { topic: 'news', how: 'one-click' },
    });
    await receiveOwn(customerId, { type: 'unsubscribe', at: at + 2, data: { how: 'page' } });
    await receiveOwn(customerId, { type: 'spam-complaint', at: at + 3 });

    const proofs = await consentEvents.ofCustomer(customerId, 3);

    expect(proofs.map(({ topic, change, how }) => [topic, change, how])).toEqual([
      ['*', 'withdrawn', undefined],
      ['*', 'withdrawn', 'page'],
      ['news', 'withdrawn', 'one-click'],
    ]);
    expect((await customers.byId(customerId))?.known).toMatchObject({
      marketingOff: { at: at + 3 },
      consents: { news: { granted: false } },
    });
  });

  it('are kept with their event, once, and neither without the other', async () => {
    const event = anEvent(somebody(), { consent: [GIVEN] });
    const customerId = await received(event);
    await Promise.all([received(event), received(event)]);
    expect(await consentEvents.ofCustomer(customerId, 9)).toHaveLength(1);

    const refused = anEvent(somebody(), { consent: [GIVEN] });
    const proving = jest.spyOn(ConsentEventModel, 'insertMany').mockRejectedValue(new Error('no room'));
    await expect(received(refused)).rejects.toThrow('no room');
    proving.mockRestore();
    expect(await CustomerModel.exists({ 'known.profile.email': refused.customer.email })).toBeNull();
  });

  it('are never changed and never removed', async () => {
    const customerId = await received(anEvent(somebody(), { consent: [GIVEN] }));

    await expect(ConsentEventModel.updateMany({ customerId }, { topic: 'tips' })).rejects.toThrow(
      'only ever added to',
    );
    await expect(ConsentEventModel.deleteMany({ customerId })).rejects.toThrow('only ever added to');
  });

  it('come of an import too, marked as such, in the same number', async () => {
    const [an, bo] = [somebody(), somebody()];
    const playbook = async () => aPlaybook();
    const history = createReceiveHistory({ hashKey: 'key', clock: aClock(), playbook });
    const events = [
      anEvent(an, { consent: [GIVEN] }),
      anEvent(bo, { consent: [{ ...GIVEN, undated: true }] }),
    ];
    await history(events);
    await history(events);

    const [a, b] = await Promise.all(
      [an, bo].map(async ({ id }) => {
        const customer = await customers.find(`shop:${id}`);
        return consentEvents.ofCustomer(customer?.id ?? '', 9);
      }),
    );
    expect([a, b]).toMatchObject([
      [{ imported: true, basis: 'consent' }],
      [{ imported: true, undated: true }],
    ]);
  });

  it('of two customers who turn out to be one all stay, each telling whose it was', async () => {
    const [an, bo] = [somebody(), somebody()];
    const older = await received(anEvent(an, { consent: [GIVEN], at: anEvent(an).at - HOUR }));
    const younger = await received(anEvent(bo, { consent: [{ topic: 'news', withdrawn: true }] }));
    await received(anEvent({ id: an.id, email: bo.email }));

    const proofs = await consentEvents.ofCustomer(older, 9);

    expect(proofs.map(({ customerId, change }) => [customerId, change])).toEqual([
      [younger, 'withdrawn'],
      [older, 'given'],
    ]);
  });
});
