import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { announcements } from '../../data/announcements.ts';
import { circuitBreaker } from '../../data/circuit-breaker.ts';
import { disconnect } from '../../data/connect.ts';
import { SendModel } from '../../data/send-document.ts';
import { SendingModel, sending } from '../../data/sending.ts';
import { TeamMailModel } from '../../data/team-mails.ts';
import { manySent } from '../support/returned.ts';
import { aDatabase } from '../support/shop.ts';

const SPAM = { spamComplaintAt: new Date() };
const HARD = { bounce: { class: 'hard', at: 0 } };
const REFUSED = { state: 'rejected', outcome: { kind: 'rejected', class: 'hard' } };

beforeAll(aDatabase, 60_000);
afterAll(disconnect);
beforeEach(async () => {
  await Promise.all([SendingModel.deleteMany({}), SendModel.deleteMany({}), TeamMailModel.deleteMany({})]);
});

/** Tells of everything that is to be told; answers of what. */
async function told(): Promise<readonly string[]> {
  const next = await announcements.next(100);
  await next?.done();
  return next?.messages.map(({ type }) => type) ?? [];
}

describe('circuitBreaker', () => {
  it('pauses marketing at three spam complaints in a thousand, says why, and has the team and others told', async () => {
    await manySent(997);
    await manySent(2, SPAM);
    expect(await circuitBreaker.consider(Date.now())).toBe(false);

    await manySent(1, SPAM);
    expect(await circuitBreaker.consider(Date.now())).toBe(true);

    expect(await sending.current()).toMatchObject({
      ...{ stopped: 'marketing', by: 'circuit-breaker' },
      because: '3 spam complaints in the last 1000 marketing mails',
      trip: { cause: 'spam-complaints', mails: 1_000, spamComplaints: 3 },
    });
    expect(await TeamMailModel.countDocuments()).toBe(1);
    expect([await told(), await told()]).toEqual([['sending.stopped'], []]);
  });

  it('counts who calls several mails spam once', async () => {
    await manySent(20, { ...SPAM, customerId: 'an' });
    await manySent(1, { ...SPAM, customerId: 'bo' });

    expect(await circuitBreaker.consider(Date.now())).toBe(false);
  });

  it('counts those that were refused at once, and only the last thousand of marketing', async () => {
    await manySent(60, { ...HARD, claimedAt: new Date(Date.now() - 60_000) });
    await manySent(60, { ...HARD, kind: 'service' });
    await manySent(955);
    await manySent(25, REFUSED);
    expect(await circuitBreaker.consider(Date.now())).toBe(false); // 25 and 20 of a thousand

    await manySent(25, HARD);
    expect(await circuitBreaker.consider(Date.now())).toBe(true);
  });

  it('pauses once, of however many who see it at once', async () => {
    await manySent(20, SPAM);

    const paused = await Promise.all(Array.from({ length: 10 }, () => circuitBreaker.consider(Date.now())));

    expect(paused.filter(Boolean)).toHaveLength(1);
    expect(await TeamMailModel.countDocuments()).toBe(1);
    expect(await circuitBreaker.consider(Date.now())).toBe(false);
  });

  it('counts anew once a person started it again, and pauses again', async () => {
    await manySent(20, SPAM);
    await circuitBreaker.consider(Date.now());
    const at = new Date();
    expect(await sending.start(0, { by: 'page', at })).toEqual({
      ...{ by: 'page', at, spreadMs: 0, countsFrom: at },
    });
    expect(await circuitBreaker.consider(Date.now())).toBe(false);

    await manySent(3, { ...SPAM, claimedAt: new Date(at.getTime() + 1) });
    expect(await circuitBreaker.consider(at.getTime() + 2)).toBe(true);
    expect(await TeamMailModel.countDocuments()).toBe(2);
    expect(await told()).toEqual(['sending.stopped', 'sending.stopped']);
  });

  it('goes on counting over a stop by hand', async () => {
    await manySent(997);
    await manySent(2, SPAM);
    await sending.stop('all', { by: 'page', at: new Date(), because: '$5 off, and that was wrong' });
    await manySent(1, SPAM); // told of meanwhile
    await sending.start(0, { by: 'page', at: new Date() });

    expect(await circuitBreaker.consider(Date.now())).toBe(true);
  });

  it('stays the pause it is while all mail is stopped and started again', async () => {
    await manySent(20, SPAM);
    await circuitBreaker.consider(Date.now());
    const paused = await sending.current();
    const HAND = { by: 'page', at: new Date(), because: 'the mail server is being mended' };

    const stopped = await sending.stop('all', HAND);
    const started = await sending.start(5, { by: 'page', at: new Date() });

    expect(stopped).toMatchObject({ stopped: 'all', ...HAND });
    expect(started).toEqual({ ...paused, countsFrom: new Date(0), spreadMs: 5 });
    expect(await sending.start(0, { by: 'page', at: new Date() })).not.toHaveProperty('stopped');
  });

  it('leaves a stop of a person as it is', async () => {
    await sending.stop('all', { by: 'page', at: new Date(), because: 'a wrong price' });
    await manySent(20, SPAM);

    expect(await circuitBreaker.consider(Date.now())).toBe(false);
    expect((await sending.current()).because).toBe('a wrong price');
  });
});
