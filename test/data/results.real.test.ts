import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { disconnect } from '../../data/connect.ts';
import { countResults, type ResultsWanted } from '../../data/results.ts';
import { DAY, type Deed, keepDeeds, keepMails, type Mail, SEEN } from '../support/results.ts';
import { aCount } from '../support/results-counted.ts';
import { aDatabase } from '../support/shop.ts';

const ALL: ResultsWanted = {
  ...{ per: 'touch', from: SEEN - 100 * DAY, to: SEEN + DAY, byChannel: false, now: SEEN },
};

beforeAll(aDatabase);
afterAll(disconnect);
beforeEach(async () => {
  await Promise.all(
    ['sends', 'events', 'customers', 'answers', 'grants'].map((name) =>
      mongoose.connection.collection(name).deleteMany({}),
    ),
  );
});

function aMail(mail: Partial<Mail> = {}): Mail {
  return { who: 'an', ago: 20, fate: 'accepted', ...mail };
}

function anOrder(who: string, ago: number, orderId = `${who}-${ago}`): Deed {
  return { who, ago, type: 'purchase', data: { orderId } };
}

describe('countResults', () => {
  it('counts what was sent, refused and held out, and nothing of rehearsals, merges and what was skipped', async () => {
    await keepMails([
      ...(['accepted', 'accepted', 'unknown', 'rejected', 'lost', 'holdout'] as const).map((fate) =>
        aMail({ fate }),
      ),
      ...(['rehearsal', 'condition', 'released', 'moved'] as const).map((fate) => aMail({ fate })),
    ]);

    expect(await countResults(ALL)).toEqual([
      aCount({
        ...{ sent: 3, rejected: 2, heldOut: 1, followed: 3 },
        arms: { treated: { customers: 1, ordered: 0 }, holdout: { customers: 0, ordered: 0 } },
      }),
    ]);
  });

  it.each([
    ['after it was due', 19.999, 1],
    ['on the seventh day', 13, 1],
    ['later than that', 12.999, 0],
    ['at the moment it was due, as what caused it', 20, 0],
    ['before it', 20.001, 0],
  ])('counts an order %s', async (_, ago, ordered) => {
    await keepMails([aMail()]);
    await keepDeeds([anOrder('an', ago), anOrder('ben', 19)]);

    expect(await countResults(ALL)).toMatchObject([{ sent: 1, followed: 1, ordered }]);
  });

  it('waits for the seven days of a mail before it says what followed', async () => {
    await keepMails([aMail({ ago: 7 }), aMail({ ago: 6.999 })]);
    await keepDeeds([anOrder('an', 6)]);

    expect(await countResults(ALL)).toMatchObject([{ sent: 2, followed: 1, ordered: 1 }]);
  });

  it('compares each customer once, by their first mail of marketing', async () => {
    await keepMails([
      ...[aMail({ who: 'an', ago: 40 }), aMail({ who: 'an', ago: 20 })],
      ...[aMail({ who: 'ben', ago: 30, fate: 'holdout' }), aMail({ who: 'ben', ago: 20, fate: 'holdout' })],
      ...[aMail({ who: 'cor', fate: 'rejected' }), aMail({ who: 'dee', ago: 3 })],
    ]);
    await keepMails([aMail({ who: 'ed', touch: 'thank-you', kind: 'service' })]);
    await keepDeeds([anOrder('an', 19), anOrder('ben', 29), anOrder('ed', 19)]);

    const counts = await countResults(ALL);

    expect(counts.find(({ name }) => name === 'small-treat')?.arms).toEqual({
      treated: { customers: 2, ordered: 0 }, // An ordered after her second
      holdout: { customers: 1, ordered: 1 },
    });
    expect(counts.find(({ name }) => name === 'thank-you')).toMatchObject({
      ...{ kind: 'service', ordered: 1 },
      arms: { treated: { customers: 0, ordered: 0 }, holdout: { customers: 0, ordered: 0 } },
    });
  });

  it('compares nobody who objected to being measured', async () => {
    await keepMails([aMail({ ago: 20 }), aMail({ who: 'ben', fate: 'holdout' })]);
    await keepDeeds(['an', 'ben'].map((who) => ({ who, ago: 10, type: 'objection' })));

    const nobody = { customers: 0, ordered: 0 };
    expect(await countResults(ALL)).toMatchObject([
      { sent: 1, heldOut: 1, arms: { treated: nobody, holdout: nobody } },
    ]);
  });

  it('counts what names the mail that it came through, and complaints of its seven days', async () => {
    await keepMails([aMail({ occasion: '1' }), aMail({ occasion: '2', ago: 18 }), aMail({ who: 'ben' })]);
    const it = { touch: 'small-treat', occasion: '1' };
    await keepDeeds([
      { who: 'an', ago: 1, type: 'unsubscribe', data: it },
      { who: 'an', ago: 1, type: 'unsubscribe', data: {} },
      { who: 'an', ago: 1, type: 'spam-complaint', data: it },
      { who: 'an', ago: 17, type: 'complaint', data: {} },
      { who: 'ben', ago: 17, type: 'complaint', data: { touch: 'how-was-it', occasion: 'o-1' } },
    ]);

    expect(await countResults(ALL)).toMatchObject([
      { sent: 3, unsubscribes: 1, spamComplaints: 1, complaints: 2 },
    ]);
  });

  it('counts answers with their scores, and grants with what they cost', async () => {
    await keepMails([1, 2, 3].map((one) => aMail({ occasion: String(one) })));
    const of = (occasion: string) => ({ customerId: 'an', touch: 'small-treat', occasion });
    await mongoose.connection.collection('answers').insertMany([
      { ...of('1'), at: new Date(SEEN), said: { score: 9 } },
      { ...of('2'), at: new Date(SEEN), said: { score: 4 } },
      { ...of('3'), at: new Date(SEEN), said: { answers: { birthday: true } } },
      { ...of('4'), at: new Date(SEEN), said: { score: 10 } },
    ]);
    const grant = { reservedAt: SEEN - 20 * DAY, currency: 'EUR', value: 1250 };
    await mongoose.connection.collection('grants').insertMany([
      { ...of('1'), ...grant, status: 'confirmed' },
      { ...of('2'), ...grant, status: 'redeemed' },
      { ...of('3'), ...grant, status: 'released' },
    ]);

    expect(await countResults(ALL)).toMatchObject([
      { answers: 3, scored: 2, scoreSum: 13, granted: 2, redeemed: 1, cost: { EUR: 2500 } },
    ]);
  });
});

describe('countResults, as asked', () => {
  it('counts per phase, within a time, of one version of the playbook', async () => {
    await keepMails([
      aMail({ ago: 40 }),
      aMail({ ago: 30, playbook: 2, touch: 'hello' }),
      aMail({ ago: 30, playbook: 3, phase: 'ambassador' }),
      aMail({ ago: 20, playbook: 2 }),
    ]);
    const from = SEEN - 30 * DAY;
    const names = async (wanted: Partial<ResultsWanted>) => {
      const counts = await countResults({ ...ALL, ...wanted });
      return counts.map(({ name, sent, playbooks }) => `${name} ${sent} ${playbooks}`).sort();
    };

    expect(await names({ per: 'phase' })).toEqual(['ambassador 1 3', 'relationship 3 1,2']);
    expect(await names({ per: 'phase', from, to: SEEN - 20 * DAY })).toEqual([
      'ambassador 1 3',
      'relationship 1 2',
    ]);
    expect(await names({ playbook: 2 })).toEqual(['hello 1 2', 'small-treat 1 2']);
  });

  it('counts by how customers met the shop', async () => {
    const met = (_id: string, channel: string) => ({ _id, known: { metThrough: { channel } } });
    await mongoose.connection
      .collection<{ _id: string }>('customers')
      .insertMany([met('an', 'event'), met('cor', 'social')]);
    await keepMails([aMail(), aMail({ who: 'ben' }), aMail()]);

    const counts = await countResults({ ...ALL, byChannel: true });

    expect(counts.map(({ channel, sent }) => [channel, sent]).sort()).toEqual([
      [null, 1],
      ['event', 2],
    ]);
  });

  it('leaves out orders that were cancelled or wholly given back', async () => {
    const kept = { placed: true, items: [{ sku: 'a', quantity: 2 }], total: 1, at: 0, day: '' };
    const orders = [
      { ...kept, id: 'o-1', cancelled: true },
      { ...kept, id: 'o-2', refunded: { a: 2 } },
      { ...kept, id: 'o-3', refunded: { a: 1 } },
    ];
    const customers = mongoose.connection.collection<{ _id: string }>('customers');
    await customers.insertMany(
      ['an', 'ben', 'cor'].map((_id, i) => ({ _id, known: { orders: orders.slice(i, i + 1) } })),
    );
    await keepMails(['an', 'ben', 'cor'].map((who) => aMail({ who })));
    await keepDeeds([anOrder('an', 19, 'o-1'), anOrder('ben', 19, 'o-2'), anOrder('cor', 19, 'o-3')]);
    await keepDeeds([
      { who: 'an', ago: 18, type: 'cancelled', data: { orderId: 'o-1' } },
      ...['ben', 'cor'].map((who) => ({ who, ago: 2, type: 'refund', data: {} })),
    ]);

    expect(await countResults(ALL)).toMatchObject([{ followed: 3, ordered: 1 }]);
  });
});
