import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BudgetModel } from '../../data/budgets.ts';
import { isDuplicate } from '../../data/collection.ts';
import { disconnect } from '../../data/connect.ts';
import { couponPools } from '../../data/coupon-pools.ts';
import { GrantModel } from '../../data/grant-document.ts';
import { type GrantRequest, Refused, reserve } from '../../data/reserve.ts';
import { inTransaction } from '../../data/transaction.ts';
import { aDatabase } from '../support/shop.ts';
import { aGrantRequest, aSurprise, someCustomers } from '../support/surprises.ts';

beforeAll(aDatabase, 60_000);
afterAll(disconnect);

/** As a worker of its own would, which takes no turns with the others: they meet in MongoDB alone. */
async function byAWorkerOfItsOwn(request: GrantRequest): Promise<string> {
  const reserved = inTransaction((session) => reserve(request, session));
  return reserved.then(
    ({ code = 'no code' }) => code,
    (error: unknown) => (isDuplicate(error) ? byAWorkerOfItsOwn(request) : whyNot(error)),
  );
}

function whyNot(error: unknown): string {
  if (!(error instanceof Refused)) throw error;
  return error.refusal.kind === 'refused' ? error.refusal.reason : 'later';
}

describe('reserve', () => {
  it('gives exactly 5 of 40 that workers of their own ask for at once, each with a code of its own', async () => {
    const codes = Array.from({ length: 9 }, (_, n) => `WINTER-${n}`);
    await couponPools.upload('winter', codes);
    const budget = { counts: 'grants', amount: 5, per: { months: 1 }, spread: false } as const;
    const surprise = aSurprise({ budget, pool: 'winter' });
    const customers = await someCustomers(40);

    const answers = await Promise.all(
      customers.map((customerId) => byAWorkerOfItsOwn(aGrantRequest({ customerId, surprise }))),
    );

    const given = answers.filter((answer) => answer.startsWith('WINTER'));
    expect([given.length, new Set(given).size]).toEqual([5, 5]);
    expect(answers.filter((answer) => answer === 'budget')).toHaveLength(35);
    expect(await GrantModel.countDocuments({ surprise: surprise.name })).toBe(5);
    expect(await BudgetModel.findOne({ surprise: surprise.name }).lean()).toMatchObject({ spent: 5 });
  });

  it('gives one to a customer for whom workers of their own ask at once', async () => {
    const surprise = aSurprise({ most: 1 });
    const [customerId = ''] = await someCustomers(1);

    const answers = await Promise.all(
      ['a', 'b', 'c', 'd', 'e', 'f'].map((id) =>
        byAWorkerOfItsOwn(aGrantRequest({ customerId, surprise, id: `${customerId}/${id}` })),
      ),
    );

    expect(answers.filter((answer) => answer === 'limit')).toHaveLength(5);
    expect(await GrantModel.countDocuments({ customerId })).toBe(1);
  });
});
