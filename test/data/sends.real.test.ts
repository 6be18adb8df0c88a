import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { disconnect } from '../../data/connect.ts';
import { SendUnderWay, sends } from '../../data/sends.ts';
import { sendKey } from '../../domain/send.ts';
import { aMail, aTask, LEASE } from '../support/asked-sends.ts';
import { aClaim, aTransmission } from '../support/attempts.ts';
import { aDatabase } from '../support/shop.ts';

jest.setTimeout(30_000);

beforeAll(aDatabase);
afterAll(disconnect);

const UNKNOWN = { kind: 'settled', outcome: { kind: 'unknown' } };

describe('claim', () => {
  it('goes to one of many attempts at once', async () => {
    const task = aTask();

    const claims = await Promise.allSettled(Array.from({ length: 8 }, () => sends.claim(task, 0, LEASE)));

    expect(claims.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const claim of claims) {
      if (claim.status === 'rejected') expect(claim.reason).toBeInstanceOf(SendUnderWay);
    }
  });

  it('tells when a living claim ends', async () => {
    const task = aTask();
    await aClaim(task, 5);

    await expect(sends.claim(task, 6, LEASE)).rejects.toMatchObject({ key: sendKey(task), until: 5 + LEASE });
  });

  it('takes over one that died before a byte left, for good', async () => {
    const task = aTask();
    const dead = await aClaim(task);

    const claim = await aClaim({ ...task, due: 7 }, LEASE);

    expect(claim.resend).toBeUndefined();
    expect(await sends.transmitting(dead, aMail())).toBe(false);
    expect(await sends.settle(dead, { kind: 'skipped', reason: 'expired' }, {}, 1)).toMatchObject({
      kind: 'skipped',
    });
    expect(await sends.byKey(sendKey(task))).toMatchObject({ state: 'claimed', owner: claim.owner, due: 7 });
  });

  it('is taken over by one of many at once', async () => {
    const task = aTask();
    await aClaim(task);

    const claims = await Promise.allSettled(Array.from({ length: 8 }, () => sends.claim(task, LEASE, LEASE)));

    expect(claims.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('finds marketing that died while transmitting unknown, and does not repeat it', async () => {
    const task = aTask();
    await aTransmission(task);

    await expect(sends.claim(task, LEASE - 1, LEASE)).rejects.toBeInstanceOf(SendUnderWay);
    expect(await sends.claim(task, LEASE, LEASE)).toEqual(UNKNOWN);
    expect(await sends.claim(task, 9 * LEASE, LEASE)).toEqual(UNKNOWN);
  });

  it('is not needed for the fate of what died while transmitting to be read as unknown', async () => {
    const [dead, living] = [aTask(), aTask()];
    await aTransmission(dead);
    await aTransmission(living, Date.now() + 60_000);
    const before = await sends.tally();

    await aTransmission(aTask());

    expect(await sends.byKey(sendKey(dead))).toMatchObject({
      state: 'unknown',
      outcome: { kind: 'unknown' },
    });
    expect(await sends.ofCustomer(dead.customerId, 9)).toMatchObject([{ state: 'unknown' }]);
    expect(await sends.byKey(sendKey(living))).toMatchObject({ state: 'transmitting' });
    expect(await sends.tally()).toMatchObject({ unknown: before.unknown + 1, underWay: before.underWay });
  });

  it('repeats service mail that died while transmitting once, to the letter', async () => {
    const task = aTask({ kind: 'service' });
    const first = await aClaim(task);
    const mail = aMail();
    await sends.transmitting(first, mail);

    const second = await aClaim(task, LEASE);
    expect(second.resend).toEqual(mail);
    const third = await aClaim(task, 2 * LEASE); // the second died before a byte left
    expect(third.resend).toEqual(mail);
    await sends.transmitting(third, mail);

    expect(await sends.claim(task, 3 * LEASE, LEASE)).toEqual(UNKNOWN);
  });

  it.each([
    { kind: 'accepted' },
    { kind: 'rejected', class: 'hard', code: 550 },
    { kind: 'unknown' },
    { kind: 'skipped', reason: 'holdout' },
  ] as const)('answers what became of one that is $kind', async (outcome) => {
    const task = aTask();
    await sends.settle(await aTransmission(task), outcome, { reply: 'said so' }, 3);

    expect(await sends.claim(task, 0, LEASE)).toEqual({ kind: 'settled', outcome });
    expect(await sends.byKey(sendKey(task))).toMatchObject({ state: outcome.kind, reply: 'said so' });
  });

  it('is free again after a postponement or a delay, and counts them', async () => {
    const task = aTask();
    await sends.settle(await aClaim(task), { kind: 'postponed', reason: 'cap' }, {}, 1);
    await sends.settle(await aTransmission(task), { kind: 'delayed', until: 9, code: 450 }, {}, 2);
    await sends.settle(await aTransmission(task), { kind: 'delayed', until: 9 }, {}, 3);

    expect(await aClaim(task)).toMatchObject({ delays: { count: 2, firstAt: 2 } });
    expect(await sends.byKey(sendKey(task))).toMatchObject({ postponements: 1 });
  });
});

describe('settle', () => {
  it('corrects `unknown` when the owner of the lease turns out to live', async () => {
    const task = aTask();
    const slow = await aTransmission(task);
    await sends.claim(task, LEASE, LEASE);

    await sends.settle(slow, { kind: 'accepted' }, {}, 5);

    expect(await sends.claim(task, LEASE, LEASE)).toEqual({ kind: 'settled', outcome: { kind: 'accepted' } });
  });

  it('corrects `unknown` to a soft refusal when the server had put it off: nobody tries again', async () => {
    const task = aTask();
    const slow = await aTransmission(task);
    await sends.claim(task, LEASE, LEASE);

    const outcome = await sends.settle(slow, { kind: 'delayed', until: 9, code: 451 }, {}, 5);

    expect(outcome).toEqual({ kind: 'rejected', class: 'soft', code: 451 });
  });

  it('changes nothing the second time', async () => {
    const task = aTask();
    const claim = await aTransmission(task);
    await sends.settle(claim, { kind: 'delayed', until: 9 }, {}, 2);
    const kept = await sends.byKey(sendKey(task));

    await sends.settle(claim, { kind: 'delayed', until: 9 }, {}, 3);
    expect(await sends.byKey(sendKey(task))).toEqual(kept);
  });

  it('gives service mail of unknown fate one more attempt, and then calls it unknown', async () => {
    const task = aTask({ kind: 'service' });
    const mail = aMail();
    const put = { kind: 'delayed', until: 9 } as const;

    expect(await sends.settle(await aTransmission(task), put, { mail }, 2)).toEqual(put);
    const again = await aClaim(task);
    expect(again.resend).toEqual(mail);
    await sends.transmitting(again, mail);

    expect(await sends.settle(again, put, { mail }, 3)).toEqual({ kind: 'unknown' });
    expect(await sends.claim(task, 9 * LEASE, LEASE)).toEqual(UNKNOWN);
  });

  it('does not touch what another has taken over', async () => {
    const task = aTask({ kind: 'service' });
    const slow = await aTransmission(task);
    const other = await aClaim(task, LEASE);

    await sends.settle(slow, { kind: 'accepted' }, {}, 5);

    expect(await sends.byKey(sendKey(task))).toMatchObject({ state: 'claimed', owner: other.owner });
  });
});

describe('ofCustomer and tally', () => {
  it('list what a customer was sent, the latest first, and count what all came to', async () => {
    const customerId = 'listed';
    const before = await sends.tally();
    for (const due of [1, 2, 3]) {
      const claim = await aClaim(aTask({ customerId, occasion: `${due}`, due }));
      await sends.settle(claim, { kind: 'skipped', reason: 'expired' }, {}, due);
    }

    expect((await sends.ofCustomer(customerId, 2)).map(({ due }) => due)).toEqual([3, 2]);
    expect((await sends.ofCustomer(customerId, 2, 2)).map(({ due }) => due)).toEqual([1]);
    const { skipped } = await sends.tally();
    expect(skipped.expired).toBe((before.skipped.expired ?? 0) + 3);
  });
});
