import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GrantModel } from '../../data/grant-document.ts';
import { PointEntryModel } from '../../data/point-entries.ts';
import type { Playbook } from '../../domain/playbook.ts';
import { readPlaybook } from '../../domain/read-playbook.ts';
import { HOUR } from '../support/builders.ts';
import { eventually } from '../support/eventually.ts';
import { GatedServer } from '../support/gated-server.ts';
import { SHOP } from '../support/playbook-text.ts';
import { Rapport } from '../support/rapport.ts';

const PATIENCE = { within: 60_000 };

const YAML = `${SHOP}surprises:
  a-look: { kind: upgrade }
loyalty:
  terms: "2026-11"
  joining: automatic
  points:
    pendingAtMost: 0
    earn:
      orders: { on: purchase, points: 1, per: 1 EUR }
      answers: { on: feedback, points: 5 }
  tiers:
    silver: { title: Zilver, from: 10 points }
always:
  thank-you: { on: purchase, kind: service }
  small-treat: { on: purchase, surprise: a-look, when: { orders.days: { $gte: 1 } }, oncePer: 1 year }
  referral-thanks: { on: tier }
phases:
  first-contact:
    movesOn: [{ to: getting-acquainted, when: { orders.count: { $gte: 1 } } }]
  getting-acquainted:
    movesOn: [{ to: relationship, when: { orders.days: { $gte: 2 } } }]
`;

function thePlaybook(): Playbook {
  const templates = ['thank-you', 'small-treat', 'referral-thanks'];
  const read = readPlaybook(YAML, { templates });
  if (read.kind === 'refused') throw new Error(read.errors.map(({ message }) => message).join());
  return read.playbook;
}

let server: GatedServer;
let rapport: Rapport;
beforeAll(async () => {
  server = await new GatedServer().listen();
  rapport = await Rapport.start({ smtpUrl: server.url, playbook: thePlaybook() });
}, 60_000);
afterAll(async () => {
  await rapport?.stop();
  await server.close();
});

const AN = { id: 'an', email: 'an@example.com' };
const CD = { sku: 'cd-17', name: 'Kind of Blue', price: 1_000 };

function anEvent(type: string, hoursAgo: number, data: object) {
  const consent = [{ topic: 'news', basis: 'consent' }];
  const id = `${type}-${hoursAgo}`;
  return {
    id,
    source: 'shop',
    type,
    at: new Date(Date.now() - hoursAgo * HOUR),
    customer: AN,
    consent,
    data,
  };
}

function aPurchase(hoursAgo: number, orderId: string) {
  const items = [{ ...CD, quantity: 2 }];
  return anEvent('purchase', hoursAgo, { orderId, total: 2_495, currency: 'EUR', items });
}

/** Five times each; no two of the same one after the other, and the later ones first. */
function fiveTimesOutOfOrder(events: readonly object[]): readonly object[] {
  return Array.from({ length: 5 }, (_, turn) =>
    [...events.slice(turn), ...events.slice(0, turn)].toReversed(),
  ).flat();
}

describe('what a customer earns', () => {
  it('counts once, however often and in whatever order it is told, while their workflow is continued as new', async () => {
    const [signedUp] = await rapport.post(anEvent('sign-up', 40, {}));
    const id = signedUp?.customerId ?? '';
    await eventually(() => rapport.hasHeardAll(id), PATIENCE);
    const events = [
      ...[aPurchase(30, 'o-1'), anEvent('delivered', 29, { orderId: 'o-1' })],
      ...[
        anEvent('refund', 20, { orderId: 'o-1', items: [{ sku: CD.sku, quantity: 1 }] }),
        aPurchase(3, 'o-2'),
      ],
      anEvent('feedback', 2, { question: 'nps', score: 9 }),
    ];

    await Promise.all(fiveTimesOutOfOrder(events).map((event) => rapport.post(event)));

    await eventually(() => rapport.hasHeardAll(id), PATIENCE);
    await eventually(async () => (await rapport.journey(id)).agenda.length === 0, PATIENCE);
    const { phase, decisions, sends } = await rapport.journeyOf('shop:an');
    expect(phase).toBe('relationship'); // so two runs ended, and two began, as all this was told
    expect(sends.map(({ touch, outcome }) => `${touch} ${outcome?.kind}`).toSorted()).toEqual([
      ...['referral-thanks accepted', 'small-treat accepted', 'thank-you accepted', 'thank-you accepted'],
    ]);
    expect(server.messages).toHaveLength(4);
    expect(decisions.flatMap(({ changes }) => changes).filter(({ kind }) => kind === 'tier')).toHaveLength(1);
    expect(await GrantModel.find({}, { _id: 0, state: 1, status: 1, surprise: 1 }).lean()).toMatchObject([
      { surprise: 'a-look', status: 'confirmed' },
    ]);

    const { body } = await rapport.ask('GET', '/v1/customers/shop:an/points');
    expect(body).toMatchObject({ pending: 0, owed: 0 });
    const earned = await PointEntryModel.find({ customerId: id }).lean();
    const sums = Map.groupBy(earned, ({ lot }) => lot);
    const pointsOf = (lot: string) => sums.get(lot)?.reduce((sum, { points }) => sum + points, 0);
    expect([pointsOf('order/o-1/orders'), pointsOf('order/o-2/orders')]).toEqual([14, 24]);
  }, 120_000);
});
