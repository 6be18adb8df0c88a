import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BudgetModel } from '../../data/budgets.ts';
import { disconnect } from '../../data/connect.ts';
import { gifts } from '../../data/gifts.ts';
import { GrantModel } from '../../data/grant-document.ts';
import { grants } from '../../data/grants.ts';
import { retention } from '../../data/retention.ts';
import { SendModel } from '../../data/send-document.ts';
import { inTransaction } from '../../data/transaction.ts';
import { unsettledSends } from '../../data/unsettled-sends.ts';
import { NOON } from '../support/builders.ts';
import { aDatabase } from '../support/shop.ts';
import { aGrantRequest, aSurprise, someCustomers } from '../support/surprises.ts';

beforeAll(aDatabase, 60_000);
afterAll(disconnect);

/** A gift whose mail left, or did not: nobody knows. */
async function aGiftOfUnknownFate() {
  const [customerId = ''] = await someCustomers(1);
  const request = aGrantRequest({ customerId, surprise: aSurprise({ kind: 'gift' }) });
  await grants.give(request);
  const { id: _id, touch = '', occasion = '', surprise } = request;
  const untried = {
    postponements: 0,
    delays: { count: 0 },
    resends: 0,
    outcome: { kind: 'unknown' } as const,
  };
  const mail = { customerId, touch, occasion, kind: 'marketing', due: NOON, state: 'unknown' } as const;
  await SendModel.create({ _id, ...mail, ...untried });
  await grants.confirm(_id, NOON);
  return { request, key: _id, surprise: surprise.name };
}

const lost = { what: 'lost', by: 'test', because: 'asked', at: NOON } as const;
const spent = async (surprise: string) => (await BudgetModel.findOne({ surprise }).lean())?.grants;

describe('retention.forget, of a gift', () => {
  it('deletes what was noted as it was sent, once that is old', async () => {
    const { key } = await aGiftOfUnknownFate();
    const sent = { by: 'warehouse', at: NOON, note: 'An was ill' };
    await inTransaction((session) => gifts.send(key, sent, session));

    await retention.forget('written', NOON);
    expect((await GrantModel.findById(key).lean())?.sent).toEqual(sent);
    await retention.forget('written', NOON + 1);

    expect((await GrantModel.findById(key).lean())?.sent).toEqual({ by: 'warehouse', at: NOON });
  });
});

describe('unsettledSends.settle, of a gift', () => {
  it('gives back what nobody heard of', async () => {
    const { key, surprise } = await aGiftOfUnknownFate();

    await unsettledSends.settle(key, lost);

    expect(await grants.byId(key)).toMatchObject({ status: 'released' });
    expect(await spent(surprise)).toBe(0);
  });

  it('gives nothing back that has left, so that it is not sent twice', async () => {
    const { key, surprise, request } = await aGiftOfUnknownFate();
    await inTransaction((session) => gifts.send(key, { by: 'warehouse', at: NOON }, session));

    await unsettledSends.settle(key, lost);

    expect(await spent(surprise)).toBe(1);
    expect(await grants.give(request)).toMatchObject({ kind: 'reserved' }); // the mail is sent again
    expect((await gifts.list('to-send', 9)).map((gift) => gift.key)).not.toContain(key);
  });
});
