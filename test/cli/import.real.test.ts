import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { CustomerModel } from '../../data/customer-document.ts';
import { EventModel } from '../../data/event-document.ts';
import { SuppressionModel } from '../../data/suppressions.ts';
import { MovingIn } from '../support/import-command.ts';

const FIXTURES = 'docs/import';

jest.setTimeout(60_000);

let shop: MovingIn;
beforeAll(async () => {
  shop = await MovingIn.open();
});
afterAll(() => shop.close());
beforeEach(async () => {
  await Promise.all([CustomerModel.deleteMany(), EventModel.deleteMany(), SuppressionModel.deleteMany()]);
});

/** All that is kept, ids of customers apart: these are made anew in each run. */
async function kept() {
  const customers = await CustomerModel.find().lean();
  const events = await EventModel.find().sort({ _id: 1 }).lean();
  return {
    customers: customers.map(({ _id, ...customer }) => JSON.stringify(customer)).sort(),
    events: events.map(({ customerId, receivedAt, n, ...event }) => event),
  };
}

describe('rapport import', () => {
  it('takes a shop in: suppressions first, then customers, then orders, and the same again changes nothing', async () => {
    const files = ['orders', 'customers', 'suppressions'].map((name) => `${FIXTURES}/${name}.csv`);
    const first = await shop.run(...files);
    const once = await kept();
    const again = await shop.run(...files);

    expect(first.code).toBe(0);
    expect(first.files.map(({ format, rows, news }) => [format, rows, news])).toEqual([
      ['suppressions', 2, 2],
      ['customers', 3, 5],
      ['orders', 3, 2],
    ]);
    expect(again.files.map(({ news, known }) => [news, known])).toEqual([
      ...[
        [0, 2],
        [0, 5],
        [0, 2],
      ],
    ]);
    expect(await kept()).toEqual(once);
  });

  it('silences at once who is suppressed, and gives no consent that is not recorded', async () => {
    const files = ['suppressions', 'customers', 'orders'].map((name) => `${FIXTURES}/${name}.csv`);
    await shop.run(...files);

    const customers = await CustomerModel.find().lean();
    const told = customers.map(({ known, suppressed, undelivered }) => [
      ...[known.profile.name?.first, suppressed, undelivered],
      Object.entries(known.consents).map(([topic, { granted, basis }]) => `${topic} ${granted} ${basis}`),
      known.orders.map(({ total, items }) => [total, items.length]),
    ]);
    expect(told.sort()).toEqual([
      ['An', undefined, true, ['news true consent', 'tips true consent'], [[2933, 2]]],
      ['Bo', undefined, true, [], [[1500, 1]]],
      ['Cas', 'spam-complaint', true, ['news true consent'], []],
    ]);
    expect(await EventModel.countDocuments({ acts: true })).toBe(0);
  });

  it('keeps what is right, tells what is wrong beside the file, and ends with 3', async () => {
    const rows = Buffer.concat([
      Buffer.from('\uFEFFid;email;first_name;consent_topics;consent_at;consent_source\r\n'),
      Buffer.from(
        'c-1;an@example.com;"An\r\nMaria";;;\r\nc-2;nobody;Bo;;;\r\nc-3;cas@example.com;Cas;news;;form\r\n',
      ),
      Buffer.from([...Buffer.from('c-4;dee@example.com;Andr'), 0xe9, ...Buffer.from(';;;\r\n')]),
      Buffer.from('c-5;eef@example.com;Eef;;;;;\r\nc-6;fen@example.com;Fen;;;\r\n'),
    ]);
    const file = await shop.file('people.csv', rows);

    const { code, files } = await shop.run(file);
    const report = await readFile(files[0]?.report ?? '', 'utf8');

    expect(code).toBe(3);
    expect(files).toMatchObject([{ rows: 6, news: 1, rejected: 5 }]);
    expect(report.trim().split('\n')).toEqual([
      'line,column,what is wrong,how to mend it',
      '2,first_name,holds control characters,',
      '4,email,is not an e-mail address,it looks like an@example.com',
      expect.stringMatching(/^5,consent_at,is required with consent_topics,/),
      '6,,is not UTF-8,"save the file as UTF-8 (in Excel: ""CSV UTF-8"")"',
      expect.stringMatching(/^7,,"has 8 values, and the first line names 6 columns",/),
    ]);
  });

  it('leaves an order out as a whole', async () => {
    const file = await shop.file(
      'sales.csv',
      'order_id,email,at,total,currency,sku,quantity,price\n' +
        'o-1,an@example.com,2024-01-01,29.33,EUR,cd-1,1,100\no-2,an@example.com,2024-01-02,100,EUR,cd-1,1,100\n' +
        'o-1,,,,,cd-2,1,100\no-2,,2024-01-09,,,cd-2,1,100\n',
    );

    const { files } = await shop.run(file);
    const report = await readFile(files[0]?.report ?? '', 'utf8');

    expect(files).toMatchObject([{ rows: 4, news: 0, rejected: 4 }]);
    expect(
      report
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => line.split(',').slice(0, 3).join()),
    ).toEqual([
      '2,total,is not in minor units',
      '4,,is of an order that is left out as a whole',
      '5,at,"differs from line 3',
      '3,,is of an order that is left out as a whole',
    ]);
  });

  it('refuses all files when one is not known, with the nearest column, and keeps nothing', async () => {
    const file = await shop.file('wrong.csv', 'id,emial,first_name\nc-1,an@example.com,An\n');

    await expect(shop.run(`${FIXTURES}/customers.csv`, file)).rejects.toThrow(
      'wrong.csv has a column "emial" that customers do not have; did you mean "email"?',
    );
    expect(await CustomerModel.countDocuments()).toBe(0);
  });

  it('only looks, in a dry run', async () => {
    const { code, files } = await shop.run('--dry-run', `${FIXTURES}/customers.csv`);

    expect([code, files[0]?.news]).toEqual([0, 5]);
    expect(await CustomerModel.countDocuments()).toBe(0);
  });

  it('ends the same when it was killed half-way and run again', async () => {
    const people = Array.from({ length: 3_000 }, (_, i) => `c-${i},c-${i}@example.com,An`);
    const orders = people.map((_, i) => `o-${i},c-${i % 700},c-${i % 700}@example.com,2024-01-01,1000`);
    const files = [
      await shop.file('people.csv', `id,email,first_name\n${people.join('\n')}\n`),
      await shop.file('sales.csv', `order_id,customer_id,email,at,total\n${orders.join('\n')}\n`),
    ];
    await shop.run(...files);
    const whole = await kept();
    await Promise.all([CustomerModel.deleteMany(), EventModel.deleteMany()]);

    const isTime = async () => (await EventModel.countDocuments()) > 2_000;
    const wasKilled = await shop.kill(isTime, ...files);
    const half = await EventModel.countDocuments();
    await shop.run(...files);

    expect([wasKilled, half > 2_000, half < 6_000]).toEqual([true, true, true]);
    expect(await kept()).toEqual(whole);
  });
});
