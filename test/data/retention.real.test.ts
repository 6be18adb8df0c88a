import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { disconnect } from '../../data/connect.ts';
import { CustomerModel } from '../../data/customer-document.ts';
import { customers } from '../../data/customers.ts';
import { decisions } from '../../data/decisions.ts';
import { PrivacyRequestModel } from '../../data/privacy-requests.ts';
import { retention } from '../../data/retention.ts';
import { sends } from '../../data/sends.ts';
import type { Retained } from '../../domain/retained.ts';
import { aMail, aTask } from '../support/asked-sends.ts';
import { aTransmission } from '../support/attempts.ts';
import { findIn } from '../support/needles.ts';
import { aDatabase, anEvent, aReceive, somebody } from '../support/shop.ts';

jest.setTimeout(60_000);

beforeAll(aDatabase);
afterAll(disconnect);

const NOW = Date.UTC(2026, 10, 22, 12);
const YEAR = 365 * 86_400_000;
const LONG_AGO = NOW - 4 * YEAR;

/** Forgets all of a kind that is older than a moment; answers how much that was. */
async function forget(kind: Retained, before: number): Promise<number> {
  let count = 0;
  for (let after: string | undefined = ''; after !== undefined; ) {
    const page = await retention.forget(kind, before, after);
    count += page.count;
    after = page.after;
  }
  return count;
}

describe('retention', () => {
  it('forgets what customers wrote, not what facts rest on', async () => {
    const [old, fresh, an, bo] = [aReceive({ now: LONG_AGO }), aReceive(), somebody(), somebody()];
    const told = { question: 'nps', score: 9, comment: 'Long ago' };
    const quotable = { ...told, mayQuote: true, name: 'An of Old' };
    await old.receive([anEvent(an, { type: 'feedback', at: LONG_AGO, data: quotable })], 'api');
    const answers = { roast: 'Old answer', milk: 'Old too' };
    await old.receive([anEvent(an, { type: 'profile', at: LONG_AGO, data: { answers } })], 'api');
    await fresh.receive(
      [anEvent(an, { type: 'feedback', data: { ...told, score: 8, comment: 'Lately' } })],
      'api',
    );

    expect(await retention.count('written', NOW - 3 * YEAR)).toBe(2);
    expect(await forget('written', NOW - 3 * YEAR)).toBe(2);

    expect(await findIn(['Long ago', 'An of Old', 'Old answer', 'Old too'])).toEqual([]);
    expect(await findIn(['Lately'])).toHaveLength(1);
    expect(await forget('written', NOW - 3 * YEAR)).toBe(0);
    await fresh.receive([anEvent(bo)], 'api');
    await fresh.receive([anEvent({ id: an.id, email: bo.email })], 'api'); // merged: facts are folded again
    const { known } = (await customers.find(`shop:${an.id}`)) ?? {};
    expect(known?.feedback.nps).toMatchObject({ score: 8 });
    expect(known?.profile.answered).toEqual(['milk', 'roast']);
  });

  it('forgets what a mail said, not that it was sent', async () => {
    const [old, lately] = [aTask(), aTask()];
    await sends.settle(await aTransmission(old), { kind: 'accepted' }, { reply: 'OK old' }, LONG_AGO);
    await sends.settle(await aTransmission(lately), { kind: 'accepted' }, { reply: 'OK' }, NOW);
    const rehearsed = await sends.claim(aTask(), 0, 1_000);
    if (rehearsed.kind === 'settled') throw new Error('settled');
    const wouldBe = aMail({ subject: 'Rehearsed long ago' });
    await sends.settle(rehearsed, { kind: 'skipped', reason: 'rehearsal' }, { wouldBe }, LONG_AGO);

    expect(await forget('mails', NOW - YEAR)).toBe(2);

    const [kept] = await sends.ofCustomer(old.customerId, 1);
    expect(kept).toMatchObject({ outcome: { kind: 'accepted' } });
    expect(kept).not.toHaveProperty('mail');
    expect(await findIn(['OK old', 'Rehearsed long ago'])).toEqual([]);
    expect(await sends.claim(old, NOW, 1_000)).toMatchObject({ kind: 'settled' });
    expect((await sends.ofCustomer(lately.customerId, 1))[0]).toHaveProperty('mail');
  });

  it('forgets decisions, and requests that were answered', async () => {
    const record = { customerId: 'c', phase: 'first-contact', playbook: 1, heard: [], changes: [] } as const;
    await decisions.save({ ...record, seq: 1, at: LONG_AGO });
    await decisions.save({ ...record, seq: 2, at: NOW });
    const request = { kind: 'tell-data', source: 'shop', askedAt: new Date(LONG_AGO) } as const;
    await PrivacyRequestModel.create({
      ...request,
      orders: [],
      _id: 'answered',
      answeredAt: new Date(LONG_AGO),
    });
    await PrivacyRequestModel.create({ ...request, orders: [], _id: 'open' });

    expect([await forget('decisions', NOW - YEAR), await forget('requests', NOW - YEAR)]).toEqual([1, 1]);

    expect((await decisions.ofCustomer('c', 9)).map(({ seq }) => seq)).toEqual([2]);
    expect(await PrivacyRequestModel.exists({ _id: 'open' })).not.toBeNull();
  });

  it('erases customers of whom nothing was heard for years, not those whose history came lately', async () => {
    await CustomerModel.deleteMany({});
    const [old, fresh] = [aReceive({ now: LONG_AGO }), aReceive()];
    const [silent, back, imported] = [somebody(), somebody(), somebody()];
    await old.receive([anEvent(silent, { at: LONG_AGO }), anEvent(back, { at: LONG_AGO })], 'api');
    await fresh.receive([anEvent(back)], 'api');
    await fresh.receive([anEvent(imported, { at: LONG_AGO })], 'import');

    expect(await retention.count('inactive', NOW - 3 * YEAR)).toBe(1);
    expect(await forget('inactive', NOW - 3 * YEAR)).toBe(1);

    const left = await Promise.all([silent, back, imported].map(({ id }) => customers.find(`shop:${id}`)));
    expect(left.map((customer) => customer !== undefined)).toEqual([false, true, true]);
  });
});
