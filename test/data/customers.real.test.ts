import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { disconnect } from '../../data/connect.ts';
import { customers } from '../../data/customers.ts';
import { suppressions } from '../../data/suppressions.ts';
import type { Place } from '../../domain/customer.ts';
import type { Journey } from '../../domain/journey.ts';
import { aDatabase, anEvent, aReceive, somebody } from '../support/shop.ts';

jest.setTimeout(30_000);

beforeAll(aDatabase);
afterAll(disconnect);

const { receive, receiveOwn } = aReceive();

/** Somebody who was met just now. */
async function aCustomer() {
  const [receipt] = await receive([anEvent(somebody())], 'api');
  const customer = await customers.byId(receipt?.customerId ?? '');
  if (!customer) throw new Error('not received');
  return customer;
}

const aPlace = (place: Partial<Place> = {}): Place => ({
  ...{ key: `$customer/${randomUUID()}/$1`, due: 100, kind: 'marketing' },
  ...place,
});

describe('takePlace', () => {
  const placesOf = async (id: string) => (await customers.byId(id))?.contact.places;
  const FIRST = { n: 1, version: 0 };

  it('takes a place, and the same again', async () => {
    const { id } = await aCustomer();
    const place = aPlace();

    expect(await customers.takePlace(id, FIRST, place, 0)).toBe(true);
    expect(await customers.takePlace(id, { n: 1, version: 1 }, { ...place, due: 200 }, 0)).toBe(true);

    expect((await customers.byId(id))?.contact).toEqual({ version: 2, places: [{ ...place, due: 200 }] });
  });

  it('gives one place to one of many who have seen the same', async () => {
    const { id } = await aCustomer();

    const taken = await Promise.all([1, 2, 3, 4, 5].map(() => customers.takePlace(id, FIRST, aPlace(), 0)));

    expect(taken.filter(Boolean)).toHaveLength(1);
    expect(await placesOf(id)).toHaveLength(1);
  });

  it('is refused once something was received', async () => {
    const { id } = await aCustomer();

    await receiveOwn(id, { type: 'pause', at: 0 });

    expect(await customers.takePlace(id, FIRST, aPlace(), 0)).toBe(false);
  });

  it('is refused to a suppressed customer', async () => {
    const { id, emailKey = '' } = await aCustomer();

    await suppressions.add(emailKey, 'asked', 0);

    expect(await customers.takePlace(id, FIRST, aPlace({ kind: 'service' }), 0)).toBe(false);
  });

  it('forgets places that no cap counts any more', async () => {
    const { id } = await aCustomer();
    const [old, recent] = [aPlace({ due: 10 }), aPlace({ due: 20 })];
    await customers.takePlace(id, FIRST, old, 0);

    await customers.takePlace(id, { n: 1, version: 1 }, recent, 20);

    expect(await placesOf(id)).toEqual([recent]);
  });

  it('is undone by giveBack, once', async () => {
    const { id } = await aCustomer();
    const [mine, other] = [aPlace(), aPlace()];
    await customers.takePlace(id, FIRST, mine, 0);
    await customers.takePlace(id, { n: 1, version: 1 }, other, 0);

    await customers.giveBack(id, mine.key);
    await customers.giveBack(id, mine.key);

    expect((await customers.byId(id))?.contact).toEqual({ version: 3, places: [other] });
  });
});

describe('saveSnapshot', () => {
  const aJourney = (customerId: string, journey: Partial<Journey> = {}): Journey => ({
    ...{ v: 1, customerId, phase: 'first-contact', since: 0, seq: 1, heard: 1, now: 10 },
    ...{ playbook: 1, agenda: [], counters: {} },
    ...journey,
  });
  const seqOf = async (id: string) => (await customers.byId(id))?.journey?.seq;

  it('keeps the later decision, and of one decision the later answer', async () => {
    const { id } = await aCustomer();

    await customers.saveSnapshot(aJourney(id, { seq: 2 }), 20);
    await customers.saveSnapshot(aJourney(id, { seq: 1 }), 30);
    await customers.saveSnapshot(aJourney(id, { seq: 3 }), 10);
    expect(await seqOf(id)).toBe(2);

    await customers.saveSnapshot(aJourney(id, { seq: 2, heard: 7 }), 20);
    expect((await customers.byId(id))?.journey?.heard).toBe(7);
  });

  it('inserts nobody', async () => {
    await customers.saveSnapshot(aJourney('nobody'), 10);

    expect(await customers.byId('nobody')).toBeUndefined();
  });

  it('is counted per phase, while the journey lives', async () => {
    const [an, bo, cas] = [await aCustomer(), await aCustomer(), await aCustomer()];
    const before = await customers.countPerPhase();

    await customers.saveSnapshot(aJourney(an.id, { phase: 'relationship' }), 10);
    await customers.saveSnapshot(aJourney(bo.id, { phase: 'relationship', ended: 'ended' }), 10);

    expect(await customers.countPerPhase()).toEqual({ ...before, relationship: before.relationship + 1 });
    expect((await customers.latest(2)).map(({ id }) => id)).toEqual([cas.id, bo.id]);
  });
});
