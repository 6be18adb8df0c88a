import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { disconnect } from '../../data/connect.ts';
import { CustomerModel } from '../../data/customer-document.ts';
import { SendingModel, sending } from '../../data/sending.ts';
import { emptyJourney } from '../../domain/beginning.ts';
import { aDatabase, anEvent, aReceive, somebody } from '../support/shop.ts';

const HAND = { by: 'test', at: new Date('2026-06-01T10:00:00Z') };

beforeAll(aDatabase, 60_000);
afterAll(disconnect);
beforeEach(async () => {
  await Promise.all([SendingModel.deleteMany({}), CustomerModel.deleteMany({})]);
});

/** Customers who are told of everything, some of whom wait for mail to be started. */
async function people(count: number): Promise<readonly string[]> {
  const receipts = await aReceive().receive(
    Array.from({ length: count }, () => anEvent(somebody())),
    'api',
  );
  const ids = receipts.map(({ customerId }) => customerId).toSorted();
  const journey = { ...emptyJourney('x', 'first-contact'), stopped: true };
  await CustomerModel.updateMany({}, { $set: { journey }, $unset: { undelivered: 1 } });
  return ids;
}

const undelivered = () => CustomerModel.countDocuments({ undelivered: true });

describe('sending', () => {
  it('leaves, where nobody ever stopped it', async () => {
    expect(await sending.current()).toEqual({ spreadMs: 0 });
    expect((await sending.start(5, HAND)).stopped).toBeUndefined();
  });

  it('is stopped once, however many stop it at once, and never loosened by a smaller stop', async () => {
    await Promise.all(['a', 'b', 'c'].map((by) => sending.stop('all', { ...HAND, by })));
    const first = await sending.current();
    await sending.stop('marketing', { ...HAND, by: 'late', because: 'less' });

    expect(await sending.current()).toEqual(first);
    expect(first).toMatchObject({ stopped: 'all' });
  });

  it('is widened by a stop of all mail; a start ends what was stopped last, and forgets why', async () => {
    const paused = await sending.stop('marketing', { ...HAND, because: 'a wrong price' });
    expect(await sending.stop('all', { ...HAND, because: 'worse' })).toMatchObject({
      ...{ stopped: 'all', because: 'worse' },
    });

    expect(await sending.start(60_000, HAND)).toEqual({ ...paused, spreadMs: 60_000 });
    const { countsFrom } = paused;
    expect(await sending.start(60_000, HAND)).toEqual({ ...HAND, countsFrom, spreadMs: 60_000 });
  });

  it('wakes those who wait by pages, also those whom an earlier round marked for nothing', async () => {
    const ids = await people(7);
    const half = await sending.wake('', { limit: 4 }); // and the worker dies

    expect([half, await undelivered()]).toEqual([ids[3], 4]);
    await CustomerModel.updateMany({ _id: ids[0] ?? '' }, { $unset: { undelivered: 1 } }); // told, and waits on
    expect(await sending.wake('', { limit: 3 })).toBe(ids[5]); // the first, and two that come after the marked ones
    expect(await sending.wake(ids[5] ?? '', { limit: 4 })).toBe(ids[6]);
    expect(await sending.wake('', { limit: 4 })).toBeUndefined();
    expect([await undelivered(), await sending.waiting()]).toEqual([7, 7]);
  });

  it('wakes, where it is asked so, only those of whom one of these touches waits', async () => {
    const [first = '', second = '', third = ''] = await people(3);
    const agendas = [
      [first, [{ touch: 'thanks' }, { touch: 'tips', waits: true }]],
      [second, [{ touch: 'thanks', waits: true }]],
      [third, []],
    ] as const;
    for (const [_id, agenda] of agendas) {
      await CustomerModel.updateOne({ _id }, { $set: { 'journey.agenda': agenda } });
    }

    expect(await sending.wake('', { limit: 4, touches: ['thanks'] })).toBe(second);
    expect(await undelivered()).toBe(1);
  });

  it('keeps the spread of what waited when marketing alone is stopped again', async () => {
    await sending.stop('all', HAND);
    await sending.start(60_000, HAND);

    expect(await sending.stop('marketing', HAND)).toMatchObject({ stopped: 'marketing', spreadMs: 60_000 });
    expect(await sending.stop('all', HAND)).toMatchObject({ stopped: 'all', spreadMs: 0 });
  });
});
