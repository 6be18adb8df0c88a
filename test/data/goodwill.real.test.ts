import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { caseSteps } from '../../data/case-steps.ts';
import { disconnect } from '../../data/connect.ts';
import { createGoodwill } from '../../data/goodwill.ts';
import { grants } from '../../data/grants.ts';
import { Refused } from '../../data/reserve.ts';
import { aCase, caseOf, isHeld } from '../support/cases.ts';
import { aDatabase, aPlaybook, aReceive, NOW } from '../support/shop.ts';
import { aSurprise } from '../support/surprises.ts';

jest.setTimeout(60_000);

const APOLOGY = aSurprise({
  name: 'our-apology',
  budget: { counts: 'grants', amount: 2, per: { months: 1 }, spread: true },
});
const PLAYBOOK = {
  ...aPlaybook(),
  surprises: { 'our-apology': APOLOGY },
  complaints: { goodwill: 'our-apology' },
};
const steps = caseSteps(
  aReceive(),
  createGoodwill(async () => PLAYBOOK),
);
const GOODWILL = { resolution: 'goodwill', by: 'Anna' } as const;

beforeAll(aDatabase);
afterAll(disconnect);

describe('goodwill', () => {
  it('is given once with the resolution it is for; of more cases than its budget has, the others stay open', async () => {
    const cases = await Promise.all([1, 2, 3, 4].map(() => aCase()));

    const tried = await Promise.allSettled(
      cases.flatMap((one) => [steps.resolve(one, GOODWILL, NOW), steps.resolve(one, GOODWILL, NOW)]),
    );

    const refused = tried.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(refused).toHaveLength(4);
    expect(refused.every((reason) => reason instanceof Refused)).toBe(true);
    const given = await grants.list({ surprise: 'our-apology' }, 9, NOW);
    const held = await Promise.all(cases.map(async (one) => [one.id, await isHeld(one)] as const));
    expect(held.filter(([, isOpen]) => isOpen)).toHaveLength(2);
    expect(given.map(({ because }) => because).sort()).toEqual(
      held.flatMap(([id, isOpen]) => (isOpen ? [] : [id])).sort(),
    );
    expect(given.every(({ status }) => status === 'confirmed')).toBe(true);
  });

  it('is given for nothing else', async () => {
    const one = await aCase();
    const before = await grants.list({ surprise: 'our-apology' }, 9, NOW);

    await steps.resolve(one, { resolution: 'refund', by: 'Anna' }, NOW);

    expect((await caseOf(one.id)).resolution).toBe('refund');
    expect(await grants.list({ surprise: 'our-apology' }, 9, NOW)).toHaveLength(before.length);
  });
});
