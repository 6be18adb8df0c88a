import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { disconnect } from '../../data/connect.ts';
import { ConsentEventModel } from '../../data/consent-events.ts';
import { CustomerModel } from '../../data/customer-document.ts';
import { customers } from '../../data/customers.ts';
import { ERASING, eraseAll } from '../../data/erasing.ts';
import { erasures } from '../../data/erasures.ts';
import { events } from '../../data/events.ts';
import { sends } from '../../data/sends.ts';
import { suppressions } from '../../data/suppressions.ts';
import { keyedHash } from '../../domain/hash.ts';
import type { Journey } from '../../domain/journey.ts';
import { aMail, aTask } from '../support/asked-sends.ts';
import { aClaim, takesPlace } from '../support/attempts.ts';
import { findIn } from '../support/needles.ts';
import { aDatabase, anEvent, aPurchase, aReceive, HOUR, somebody } from '../support/shop.ts';

jest.setTimeout(60_000);

beforeAll(aDatabase);
afterAll(disconnect);

const NOW = Date.UTC(2026, 10, 22, 12);
const LATER = NOW + HOUR;

/** The path in, an hour after anybody was erased. */
const { receive: receiveLater } = aReceive({ now: LATER });
const { receive, receiveOwn } = aReceive();

const keyOf = (email: string) => keyedHash('key', email);

async function aCustomer() {
  const an = somebody();
  const [receipt] = await receive([aPurchase(an)], 'api');
  return { an, id: receipt?.customerId ?? '' };
}

async function workOff(): Promise<void> {
  for (;;) {
    const erasure = await erasures.lease(Date.now(), 60_000);
    if (!erasure) return;
    expect(await eraseAll(erasure)).toBeUndefined();
    await erasures.done(erasure.customerId, Date.now());
  }
}

describe('erasures', () => {
  it('leave nothing of a customer but our own id and the hash of their address, from the answer on', async () => {
    const { an, id } = await aCustomer();

    await erasures.ask(id, 'of the test', NOW);

    expect(await customers.byId(id)).toMatchObject({ erased: true, externalIds: [] });
    expect(await customers.find(`shop:${an.id}`)).toBeUndefined();
    expect(await suppressions.reason(keyOf(an.email))).toBe('erased');
    await workOff();
    expect(await findIn([an.id, an.email])).toEqual([]);
    const left = (await findIn([keyOf(an.email)])).map((one) => one.split(':')[0]);
    expect(left.toSorted()).toEqual(['consentEvents', 'suppressions']); // the proof, by the hash alone
  });

  it('leave a refusal standing: who orders again gets no soft opt-in to what they left', async () => {
    const { an, id } = await aCustomer();
    await receiveOwn(id, { type: 'unsubscribe', at: NOW, data: { how: 'page' } });
    await erasures.ask(id, 'of the test', NOW);
    await workOff();

    const [receipt] = await receiveLater([aPurchase(an, { orderId: 'o-9', at: LATER })], 'api');

    expect(receipt?.customerId).not.toBe(id);
    expect((await customers.byId(receipt?.customerId ?? ''))?.known.consents).toEqual({});
    expect(
      await ConsentEventModel.countDocuments({ addressKey: keyOf(an.email), basis: 'soft-opt-in' }),
    ).toBe(1);
  });

  it('are asked for once, and told of as often as one likes', async () => {
    const { id } = await aCustomer();

    const asked = await Promise.all([1, 2, 3].map(() => erasures.ask(id, 'of the test', NOW)));

    expect(new Set(asked.map((one) => one?.askedAt.getTime()))).toEqual(new Set([NOW]));
    await workOff();
    expect(await erasures.find(id)).toMatchObject({ customerId: id, doneAt: expect.any(Date) });
    expect(await erasures.ask('nobody', 'of the test', NOW)).toBeUndefined();
  });

  it('take whoever was merged into the customer with them', async () => {
    const [one, other] = [await aCustomer(), await aCustomer()];
    await receive([anEvent({ id: one.an.id, email: other.an.email })], 'api');

    await erasures.ask(other.id, 'of the test', NOW); // by the id that is no more
    await workOff();

    expect(await findIn([one.an, other.an].flatMap(({ id, email }) => [id, email]))).toEqual([]);
    expect(await customers.byId(other.id)).toMatchObject({ erased: true, mergedInto: one.id });
  });

  it('leave an address alone that is somebody else’s by now', async () => {
    const { an, id } = await aCustomer();
    const moved = anEvent({ ...an, email: somebody().email }, { type: 'profile', at: LATER - 1 });
    await receiveLater([moved], 'api');
    const heir = { ...somebody(), email: an.email };
    await receive([aPurchase(heir)], 'api');

    await erasures.ask(id, 'of the test', NOW);

    expect(await customers.find(`shop:${heir.id}`)).not.toHaveProperty('suppressed');
    expect(await suppressions.has(keyOf(an.email))).toBe(false);
  });

  it('let the same history come again: who is told of anew is new, and what was said stays proven once', async () => {
    const an = somebody();
    const told = aPurchase(an, { consent: [{ topic: 'news', basis: 'consent' }] });
    const [receipt] = await receive([told], 'api');
    await erasures.ask(receipt?.customerId ?? '', 'of the test', NOW);
    await workOff();

    const [again] = await receiveLater([told], 'api');

    expect(again).toMatchObject({ duplicate: false });
    expect(again?.customerId).not.toBe(receipt?.customerId);
    expect(await ConsentEventModel.countDocuments({ addressKey: keyOf(an.email) })).toBe(1);
  });

  it('go on where they were left, after any step', async () => {
    for (let steps = 0; steps <= Object.keys(ERASING).length; steps += 1) {
      const { an, id } = await aCustomer();
      await erasures.ask(id, 'of the test', NOW);
      const erasure = await erasures.lease(Date.now(), 0);
      const some = Object.values(ERASING).slice(0, steps);
      for (const { erase } of some) if (erasure) await erase?.(erasure);

      await workOff();

      expect(await findIn([an.id, an.email])).toEqual([]);
    }
  });

  it('wait for a mail that is leaving, and keep nothing of it once it is settled', async () => {
    const { an, id } = await aCustomer();
    const claim = await aClaim(aTask({ customerId: id }), Date.now());
    await sends.transmitting(claim, aMail({ to: an.email }));
    await erasures.ask(id, 'of the test', NOW);
    const erasure = await erasures.lease(Date.now(), 0);
    if (!erasure) throw new Error('nothing to erase');

    expect(await eraseAll(erasure)).toBeGreaterThan(0);
    await sends.settle(claim, { kind: 'accepted' }, { reply: `250 <${an.email}> accepted` }, 1);

    expect(await eraseAll(erasure)).toBeUndefined();
    await sends.settle(claim, { kind: 'accepted' }, { reply: `250 <${an.email}> accepted` }, 1);
    await workOff();
    expect(await findIn([an.email, claim.key])).toEqual([]);
  });

  it('leave no row of an attempt that comes too late, and nothing leaves', async () => {
    const { id } = await aCustomer();
    await erasures.ask(id, 'of the test', NOW);
    const task = aTask({ customerId: id });
    const claim = await aClaim(task);

    expect(await takesPlace(task)).toBe(false);
    await sends.settle(claim, { kind: 'skipped', reason: 'erased' }, {}, 1);

    expect(await sends.byKey(claim.key)).toBeUndefined();
    await workOff();
  });

  it('are not undone by what a journey or a marketer writes late', async () => {
    const { an, id } = await aCustomer();
    await erasures.ask(id, 'of the test', NOW);

    await customers.saveSnapshot({ ...A_JOURNEY, customerId: id }, NOW);
    const late = receiveOwn(id, { type: 'pause', at: NOW, customer: { email: an.email } });

    await expect(late).rejects.toThrow('no customer');
    expect(await CustomerModel.findById(id).lean()).not.toHaveProperty('journey');
    expect((await events.between(id, 0, 100)).map(({ type }) => type)).toContain('erased');
    await workOff();
    expect((await events.between(id, 0, 100)).map(({ type }) => type)).toEqual(['erased']);
  });
});

const A_JOURNEY: Omit<Journey, 'customerId'> = {
  ...{ v: 1, phase: 'first-contact', since: 0, seq: 1, heard: 1, now: 0, playbook: 1 },
  ...{ agenda: [], counters: {} },
};

describe('somebody who was erased', () => {
  async function anErased() {
    const { an, id } = await aCustomer();
    await erasures.ask(id, 'of the test', NOW);
    await workOff();
    return { an, id };
  }

  it('is somebody new when they buy again, and may be written to', async () => {
    const { an, id } = await anErased();

    const [receipt] = await receiveLater([aPurchase(an, { at: LATER })], 'api');

    expect(receipt?.customerId).not.toBe(id);
    expect(await customers.find(`shop:${an.id}`)).not.toHaveProperty('suppressed');
    expect(await suppressions.has(keyOf(an.email))).toBe(false);
  });

  it.each([
    ['an import of their orders', (an: Person) => receiveLater([aPurchase(an, { at: LATER })], 'import')],
    ['an event that is not their own', (an: Person) => receiveLater([anEvent(an, { at: LATER })], 'api')],
    ['a purchase of before', (an: Person) => receiveLater([aPurchase(an, { at: NOW - HOUR })], 'api')],
  ] as const)('is not written to again after %s', async (_, tell) => {
    const { an } = await anErased();

    await tell(an);

    expect(await customers.find(`shop:${an.id}`)).toMatchObject({ suppressed: 'erased' });
  });

  it('is told of by events while they are erased: each is theirs who is gone, or of somebody new', async () => {
    const { an, id } = await aCustomer();
    const posting = Array.from({ length: 20 }, () => receive([aPurchase(an)], 'api'));
    await erasures.ask(id, 'of the test', NOW);
    const receipts = (await Promise.all(posting)).flat();
    await workOff();

    const fresh = await customers.find(`shop:${an.id}`);
    const kept = fresh ? await events.between(fresh.id, 0, Infinity) : [];
    const after = receipts.filter(({ customerId }) => customerId !== id);
    expect(kept.map((event) => event.id).toSorted()).toEqual(after.map((one) => `shop/${one.id}`).toSorted());
    expect(await events.between(id, 0, Infinity)).toHaveLength(1);
  });
});

type Person = ReturnType<typeof somebody>;
