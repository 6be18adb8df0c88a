import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { customers } from '../../data/customers.ts';
import { events } from '../../data/events.ts';
import { sends } from '../../data/sends.ts';
import { aPlaybook, aTouch } from '../support/builders.ts';
import { eventually } from '../support/eventually.ts';
import { GatedServer } from '../support/gated-server.ts';
import { Rapport } from '../support/rapport.ts';
import { somebody } from '../support/shop.ts';

const PATIENCE = { within: 60_000 };
const MERGED = { kind: 'skipped', reason: 'merged' };

const PLAYBOOK = aPlaybook([
  aTouch({ name: 'welcome', on: 'sign-up' }),
  aTouch({ name: 'thank-you', kind: 'service', topic: 'service' }),
]);

type Person = {
  readonly id: string;
  readonly email: string;
  readonly customerId: string;
  /** The id of the event by which they came. */
  readonly signUp: string;
};

let server: GatedServer;
let rapport: Rapport;
beforeAll(async () => {
  server = await new GatedServer().listen();
  rapport = await Rapport.start({ smtpUrl: server.url, playbook: PLAYBOOK });
}, 60_000);
afterAll(async () => {
  server.open();
  server.answer();
  await rapport?.stop();
  await server.close();
});

let posted = 0;

function anEvent(type: string, customer: object, data: object = {}) {
  posted += 1;
  const consent = [{ topic: 'news', basis: 'consent' }];
  return { id: `e-${posted}`, source: 'shop', type, at: new Date(), customer, consent, data };
}

async function aSignUp(): Promise<Person> {
  const person = somebody();
  const [receipt] = await rapport.post(anEvent('sign-up', person));
  return { ...person, customerId: receipt?.customerId ?? '', signUp: receipt?.id ?? '' };
}

function aPurchase(customer: object, orderId: string) {
  return anEvent('purchase', customer, { orderId, total: 1466, currency: 'EUR' });
}

async function outcomeOf(key: string) {
  return (await sends.byKey(key))?.outcome;
}

/** What must be true of two customers who became one, whatever was under way. */
async function expectOne(older: Person, younger: Person): Promise<void> {
  await eventually(async () => (await rapport.status(younger.customerId)) === 'COMPLETED', PATIENCE);
  await eventually(() => rapport.hasHeardAll(older.customerId), PATIENCE);
  await eventually(async () => (await rapport.journey(older.customerId)).agenda.length === 0, PATIENCE);

  const [winner, loser] = await Promise.all([older, younger].map((one) => customers.byId(one.customerId)));
  expect(loser).toMatchObject({ mergedInto: older.customerId, journey: { ended: 'merged', agenda: [] } });
  expect(await rapport.journey(older.customerId)).toEqual(winner?.journey);
  const all = await events.between(older.customerId, 0, Infinity);
  expect(all.map(({ n }) => n)).toEqual(all.map((_, i) => i + 1));
  expect(all.map(({ type }) => type)).toContain('merged');
  expect(await rapport.heard(older.customerId)).toEqual(all.map(({ id }) => id));
}

describe('two customers who turn out to be one', () => {
  it('while a mail waits at the door: it does not leave, and nothing is sent twice', async () => {
    const older = await aSignUp();
    await eventually(() => server.messagesTo(older.email).length === 1, PATIENCE);
    server.shut();
    const younger = await aSignUp();
    await eventually(() => server.waiting === 1, PATIENCE);
    await Promise.all([
      rapport.post(anEvent('profile', { id: younger.id, birthday: '06-21' }, { answers: {} })),
      rapport.post(anEvent('profile', { id: older.id, email: younger.email }, { answers: {} })),
      rapport.post(anEvent('profile', { id: older.id, locale: 'nl' }, { answers: {} })),
    ]);
    server.open();

    await expectOne(older, younger);
    expect(server.messagesTo(younger.email)).toEqual([]);
    expect(server.messagesTo(older.email)).toHaveLength(1);
    expect(await outcomeOf(`${younger.customerId}/welcome/shop/${younger.signUp}`)).toEqual(MERGED);
  }, 120_000);

  it('while a mail is leaving: it arrives, and the one they became does not get it again', async () => {
    const [older, younger] = [await aSignUp(), await aSignUp()];
    for (const { email } of [older, younger])
      await eventually(() => server.messagesTo(email).length === 1, PATIENCE);
    server.silentAfterMessage = true;
    const purchase = aPurchase({ id: younger.id }, 'o-7');
    await rapport.post(purchase);
    await eventually(() => server.messagesTo(younger.email).length === 2, PATIENCE);
    await Promise.all([
      rapport.post(anEvent('profile', { id: older.id, email: younger.email }, { answers: {} })),
      rapport.post(aPurchase({ id: older.id }, 'o-8')),
      rapport.post(purchase),
    ]);
    await rapport.post({ ...purchase, source: 'till', customer: { email: younger.email } }); // told by another, too
    server.answer();

    await expectOne(older, younger);
    expect(server.messagesTo(older.email)).toHaveLength(1);
    expect(server.messagesTo(younger.email)).toHaveLength(3); // a welcome, and thanks for each order
    expect(await outcomeOf(`${younger.customerId}/thank-you/o-7`)).toEqual({ kind: 'accepted' });
    expect(await outcomeOf(`${older.customerId}/thank-you/o-7`)).toEqual(MERGED);
  }, 120_000);
});
