import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BudgetModel } from '../../data/budgets.ts';
import { disconnect } from '../../data/connect.ts';
import { CouponCodeModel } from '../../data/coupon-document.ts';
import { couponPools } from '../../data/coupon-pools.ts';
import { GrantModel } from '../../data/grant-document.ts';
import { grants } from '../../data/grants.ts';
import { redemptions } from '../../data/redemptions.ts';
import { Refused, type Reservation } from '../../data/reserve.ts';
import { inTransaction } from '../../data/transaction.ts';
import { DAY, NOON } from '../support/builders.ts';
import { aDatabase } from '../support/shop.ts';
import { aGrantRequest, aSurprise, someCustomers } from '../support/surprises.ts';

beforeAll(aDatabase, 60_000);
afterAll(disconnect);

const reservedOf = (answers: readonly Reservation[]) =>
  answers.filter(({ kind }) => kind === 'reserved').length;

describe('grants.give', () => {
  it('gives exactly 50 of 200 that ask at once for a budget of 50', async () => {
    const budget = { counts: 'money', amount: 50 * 750, per: { months: 1 }, spread: false } as const;
    const surprise = aSurprise({ budget });
    const customers = await someCustomers(200);

    const answers = await Promise.all(
      customers.map((customerId) => grants.give(aGrantRequest({ customerId, surprise }))),
    );

    expect(reservedOf(answers)).toBe(50);
    const refused = answers.filter((answer) => answer.kind === 'refused' && answer.reason === 'budget');
    expect(refused).toHaveLength(150);
    expect(await GrantModel.countDocuments({ surprise: surprise.name, status: 'pending' })).toBe(50);
    expect((await BudgetModel.findOne({ surprise: surprise.name }).lean())?.spent).toBe(50 * 750);
  });

  it('gives each of 30 codes to one of 100 that ask at once, and tells the others that none is left', async () => {
    const codes = Array.from({ length: 30 }, (_, n) => `AUTUMN-${n}`);
    await couponPools.upload('autumn', codes);
    const surprise = aSurprise({ pool: 'autumn' });
    const customers = await someCustomers(100);

    const answers = await Promise.all(
      customers.map((customerId) => grants.give(aGrantRequest({ customerId, surprise }))),
    );

    const given = answers.flatMap((answer) => (answer.kind === 'reserved' ? answer.grant.code : []));
    expect(given.toSorted()).toEqual(codes.toSorted());
    const refused = answers.filter((answer) => answer.kind === 'refused' && answer.reason === 'stock');
    expect(refused).toHaveLength(70);
    expect(await couponPools.find('autumn')).toMatchObject({ total: 30, left: 0 });
  });

  it('answers the grant that stands, however often and at once it is asked for', async () => {
    const [customerId = ''] = await someCustomers(1);
    const request = aGrantRequest({ customerId, surprise: aSurprise() });

    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => grants.give(request)));

    const codes = answers.map((answer) => (answer.kind === 'reserved' ? answer.grant.code : undefined));
    expect(new Set(codes).size).toBe(1);
    expect(await BudgetModel.findById(request.surprise.name).lean()).toMatchObject({ grants: 1 });
  });

  it('puts off to the day that has room, and gives at once to whom a person chose', async () => {
    const budget = { counts: 'grants', amount: 30, per: { months: 1 }, spread: true } as const;
    const surprise = aSurprise({ budget });
    const [one = '', other = '', chosen = ''] = await someCustomers(3);

    expect(await grants.give(aGrantRequest({ customerId: one, surprise }))).toMatchObject({
      kind: 'reserved',
    });
    const later = { kind: 'later', until: Date.parse('2026-06-02T00:00+02:00') };
    expect(await grants.give(aGrantRequest({ customerId: other, surprise }))).toEqual(later);
    const ahead = aGrantRequest({ customerId: chosen, surprise, ahead: true });
    expect(await grants.give(ahead)).toMatchObject({ kind: 'reserved' });
  });

  it('gives to one customer no more often than it says, of five touches at once', async () => {
    const surprise = aSurprise({ oncePer: { months: 6 }, most: 2 });
    const [customerId = ''] = await someCustomers(1);
    const ask = (id: string, at = NOON) => grants.give(aGrantRequest({ customerId, surprise, id, at }));

    expect(reservedOf(await Promise.all(['a', 'b', 'c', 'd', 'e'].map((id) => ask(id))))).toBe(1);
    expect(await ask('f', NOON + 180 * DAY)).toEqual({ kind: 'refused', reason: 'limit' });
    expect(await ask('g', NOON + 184 * DAY)).toMatchObject({ kind: 'reserved' });
    expect(await ask('h', NOON + 400 * DAY)).toEqual({ kind: 'refused', reason: 'limit' });
  });

  it('gives nothing to nobody', async () => {
    const request = aGrantRequest({ customerId: 'nobody', surprise: aSurprise() });

    expect(await grants.give(request)).toEqual({ kind: 'refused', reason: 'gone' });
    expect(await BudgetModel.findById(request.surprise.name)).toBeNull();
  });
});

describe('grants.release', () => {
  it('gives back budget and code once, however often it is asked, and never what was told of', async () => {
    await couponPools.upload('spring', ['SPRING-1']);
    const surprise = aSurprise({ pool: 'spring' });
    const [one = '', other = ''] = await someCustomers(2);
    const [first, second] = [one, other].map((customerId) => aGrantRequest({ customerId, surprise }));
    if (!first || !second) throw new Error('there are two');

    await grants.give(first);
    await Promise.all([1, 2, 3].map(() => grants.release(first.id, NOON)));
    expect(await grants.byId(first.id)).toMatchObject({ status: 'released' });
    expect(await BudgetModel.findById(surprise.name).lean()).toMatchObject({ spent: 0, grants: 0 });

    expect(await grants.give(second)).toMatchObject({ grant: { code: 'SPRING-1' } });
    await grants.confirm(second.id, NOON);
    await grants.release(second.id, NOON);
    expect(await grants.byId(second.id)).toMatchObject({ status: 'confirmed', code: 'SPRING-1' });
    expect(await CouponCodeModel.findById('SPRING-1').lean()).toMatchObject({ grant: second.id });
  });

  it('leaves alone what another attempt has taken up', async () => {
    const [customerId = ''] = await someCustomers(1);
    const request = aGrantRequest({ customerId, surprise: aSurprise() });
    const mail = { owner: 'another', leaseUntil: new Date(NOON) };

    await grants.give(request);
    await grants.give({ ...request, mail });
    await grants.release(request.id, NOON, 'me');

    expect(await grants.isOurs(request.id, 'me')).toBe(false);
    expect(await grants.isOurs(request.id, 'another')).toBe(true);
  });
});

describe('grants.isOurs', () => {
  it('lets a mail be sent again whose grant is the customer’s, also once it was redeemed', async () => {
    const [customerId = ''] = await someCustomers(1);
    const { id } = aGrantRequest({ customerId, surprise: aSurprise() });
    expect(await grants.isOurs(id, 'me')).toBe(false);

    await grants.give(aGrantRequest({ customerId, surprise: aSurprise(), id }));
    await grants.confirm(id, NOON);
    expect(await grants.isOurs(id, 'another')).toBe(true);
    await inTransaction((session) => redemptions.redeem(id, { orderId: 'o-1', at: NOON }, session));

    expect(await grants.isOurs(id, 'another')).toBe(true);
  });
});

describe('grants.giveIn', () => {
  it('gives with what it is given for, or neither', async () => {
    const budget = { counts: 'grants', amount: 1, per: { months: 1 }, spread: true } as const;
    const surprise = aSurprise({ budget });
    const [one = '', other = ''] = await someCustomers(2);
    const give = (customerId: string) => {
      const { mail, touch, occasion, ...request } = aGrantRequest({ customerId, surprise, ahead: true });
      return inTransaction((session) => grants.giveIn(session, { ...request, because: 'case-1' }));
    };

    expect(await give(one)).toMatchObject({ status: 'confirmed', because: 'case-1' });
    await expect(give(other)).rejects.toBeInstanceOf(Refused);
    expect(await grants.ofCustomer(other)).toEqual([]);
    expect(await grants.ofCustomer(one)).toHaveLength(1);
  });
});

describe('couponPools.upload', () => {
  it('adds what is new, and tells what was told twice or is known', async () => {
    expect(await couponPools.upload('first', ['A-1', 'A-2', 'A-2'])).toEqual({
      ...{ added: 2, duplicates: ['A-2'], total: 2, left: 2 },
    });
    expect(await couponPools.upload('second', ['A-1', 'B-1'])).toEqual({
      ...{ added: 1, duplicates: ['A-1'], total: 1, left: 1 },
    });
  });
});
