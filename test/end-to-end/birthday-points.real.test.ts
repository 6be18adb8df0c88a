import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PointEntryModel } from '../../data/point-entries.ts';
import { dayNumber } from '../../domain/local-time.ts';
import type { Playbook } from '../../domain/playbook.ts';
import { readPlaybook } from '../../domain/read-playbook.ts';
import { DAY } from '../support/builders.ts';
import { eventually } from '../support/eventually.ts';
import { GatedServer } from '../support/gated-server.ts';
import { SHOP } from '../support/playbook-text.ts';
import { Rapport } from '../support/rapport.ts';

/** A day takes four seconds. */
const SPEED = 21_600;
const PATIENCE = { within: 60_000 };

const YAML = `${SHOP}loyalty:
  terms: "2026-11"
  joining: automatic
  points:
    earn:
      birthdays: { on: birthday, points: 25 }
always:
  thank-you: { on: purchase, kind: service }
phases:
  first-contact:
    movesOn: [{ to: getting-acquainted, when: { orders.count: { $gte: 1 } } }]
`;

function thePlaybook(): Playbook {
  const read = readPlaybook(YAML, { templates: ['thank-you'] });
  if (read.kind === 'refused') throw new Error(read.errors.map(({ message }) => message).join());
  return read.playbook;
}

let server: GatedServer;
let rapport: Rapport;
beforeAll(async () => {
  server = await new GatedServer().listen();
  rapport = await Rapport.start({ smtpUrl: server.url, playbook: thePlaybook(), speed: SPEED });
}, 60_000);
afterAll(async () => {
  await rapport?.stop();
  await server.close();
});

/** The shop's local day of a moment, as `06-21`. */
function dayOf(at: number): string {
  return new Date(dayNumber(at, 'Europe/Amsterdam') * DAY).toISOString().slice('2026-'.length, 10);
}

describe('a birthday that earns points', () => {
  it('comes by the journey on its day, and gives them once, without a mail', async () => {
    const birthday = dayOf(rapport.now() + 2 * DAY);
    const [receipt] = await rapport.post({
      ...{ id: 'o-1', source: 'shop', type: 'purchase', at: new Date(rapport.now()) },
      customer: { id: 'an', email: 'an@example.com', birthday },
      data: { orderId: 'o-1', total: 2_495, currency: 'EUR', items: [] },
    });
    const customerId = receipt?.customerId ?? '';

    await eventually(async () => (await PointEntryModel.countDocuments({ customerId })) > 0, PATIENCE);
    await eventually(() => rapport.hasHeardAll(customerId), PATIENCE);

    const { decisions } = await rapport.journeyOf('shop:an');
    const settled = decisions
      .flatMap(({ changes }) => changes)
      .filter((change) => change.kind === 'settled' && change.touch === 'points-birthday');
    expect(settled).toMatchObject([{ outcome: { kind: 'done' } }]);
    const [entry, ...others] = await PointEntryModel.find({ customerId }).lean();
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ points: 25, reason: 'birthdays' });
    expect(dayOf(entry?.at.getTime() ?? 0)).toBe(birthday);
    expect(server.messages).toHaveLength(1); // the thanks
  }, 120_000);
});
