import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Click, ClickModel, clicks } from '../../data/clicks.ts';
import { disconnect } from '../../data/connect.ts';
import { eraseAll } from '../../data/erasing.ts';
import { everythingOf } from '../../data/everything.ts';
import { sends } from '../../data/sends.ts';
import { aMail, aTask } from '../support/asked-sends.ts';
import { aClaim } from '../support/attempts.ts';
import { aCustomer, NOON } from '../support/builders.ts';
import { aDatabase } from '../support/shop.ts';

let mail = '';

beforeAll(aDatabase, 60_000);
afterAll(disconnect);
beforeEach(async () => {
  mail = randomUUID();
  await ClickModel.deleteMany({});
});

const aClick = (click: Partial<Click> = {}): Click => ({
  ...{ mail, customerId: 'an', index: 0, touch: 'news', link: 'shop.url', at: NOON },
  ...click,
});
const counted = async () => (await clicks.counts({})).map(({ people, scanners }) => [people, scanners]);

describe('clicks', () => {
  it('counts a link of a mail once for its reader, however often and however much at once', async () => {
    await Promise.all(Array.from({ length: 8 }, (_, at) => clicks.note(aClick({ at: NOON + at }))));
    await clicks.note(aClick({ mail: 'another' }));

    expect(await counted()).toEqual([[2, 0]]);
  });

  it('counts machines apart, and a reader who comes after one', async () => {
    await clicks.note(aClick({ sign: 'head' }));
    await clicks.note(aClick({ sign: 'user-agent' }));
    expect(await counted()).toEqual([[0, 1]]);

    await clicks.note(aClick({ at: NOON + 60_000 }));
    expect(await counted()).toEqual([[1, 1]]);
  });

  it('takes back what a machine did before it was known for one, and nothing earlier', async () => {
    await clicks.note(aClick({ at: NOON - 60_000 }));
    await clicks.note(aClick({ index: 1, link: 'one', at: NOON - 2_000 }));
    await clicks.note(aClick({ index: 2, link: 'two', at: NOON + 2 }));
    await clicks.takeBack(mail, NOON);

    expect(await clicks.counts({})).toEqual([
      { touch: 'news', link: 'shop.url', people: 1, scanners: 0 },
      { touch: 'news', link: 'one', people: 0, scanners: 1 },
      { touch: 'news', link: 'two', people: 0, scanners: 1 },
    ]);
  });

  it('tells the visits to a mail, and those of some days', async () => {
    await clicks.note(aClick({ index: 3 }));
    await clicks.note(aClick({ mail: 'another' }));

    expect(await clicks.ofMail(mail)).toEqual([{ link: 3, at: NOON }]);
    expect(await clicks.counts({ from: NOON + 1 })).toEqual([]);
    expect(await clicks.counts({ to: NOON })).toEqual([]);
  });

  it('are told to the customer whose they are', async () => {
    await clicks.note(aClick());
    await clicks.note(aClick({ mail: 'another', customerId: 'bo' }));

    const told = [];
    for await (const row of (await everythingOf(aCustomer([], { id: 'an' }))).clicks()) told.push(row);

    expect(told).toMatchObject([{ customerId: 'an', touch: 'news', link: 'shop.url' }]);
  });

  it('go with who is erased, and with nobody else', async () => {
    await clicks.note(aClick());
    await clicks.note(aClick({ mail: 'of a member', customerId: 'merged' }));
    await clicks.note(aClick({ mail: 'another', customerId: 'bo' }));

    await eraseAll({ members: ['an', 'merged'], addressKeys: [], externalIds: [], emails: [] });

    expect(await ClickModel.distinct('customerId')).toEqual(['bo']);
  });

  it('counts the mails that are measured and were taken', async () => {
    for (const measured of [{ measured: true }, { measured: true }, {}] as const) {
      const claim = await aClaim(aTask({ touch: 'news' }));
      await sends.transmitting(claim, aMail(measured));
      await sends.settle(claim, { kind: 'accepted' }, {}, NOON);
    }

    expect(await clicks.mails({})).toEqual(new Map([['news', 2]]));
    expect(await clicks.mails({ from: NOON + 1 })).toEqual(new Map());
  });
});
