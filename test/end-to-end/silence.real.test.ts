import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { customers } from '../../data/customers.ts';
import { decisions } from '../../data/decisions.ts';
import { sends } from '../../data/sends.ts';
import type { SendOutcome } from '../../domain/send.ts';
import { aPlaybook, aTouch } from '../support/builders.ts';
import { eventually } from '../support/eventually.ts';
import { GatedServer } from '../support/gated-server.ts';
import { Rapport } from '../support/rapport.ts';
import { somebody } from '../support/shop.ts';

/** A quarter of an hour, after which a mail that was put off comes again, takes four seconds. */
const SPEED = 225;
const PATIENCE = { within: 60_000 };

const PLAYBOOK = aPlaybook([
  aTouch({ name: 'good-to-know', on: 'sign-up' }),
  aTouch({ name: 'thank-you', kind: 'service', topic: 'service' }),
]);

type Person = { readonly id: string; readonly email: string; readonly customerId: string };

let server: GatedServer;
let rapport: Rapport;
beforeAll(async () => {
  server = await new GatedServer().listen();
  rapport = await Rapport.start({ smtpUrl: server.url, playbook: PLAYBOOK, speed: SPEED });
}, 60_000);
afterEach(() => {
  server.greylisting = false;
  server.open();
});
afterAll(async () => {
  await rapport?.stop();
  await server.close();
});

/** Somebody who signs up now, and is to get `good-to-know` at once. */
async function aSignUp(): Promise<Person> {
  const person = somebody();
  const [receipt] = await rapport.post({
    ...{ id: `s-${person.id}`, source: 'shop', type: 'sign-up', at: new Date(rapport.now()), data: {} },
    ...{ customer: person, consent: [{ topic: 'news', basis: 'consent' }] },
  });
  return { ...person, customerId: receipt?.customerId ?? '' };
}

function threeSignUps() {
  return Promise.all([aSignUp(), aSignUp(), aSignUp()]);
}

async function command(name: string, { customerId }: Person): Promise<void> {
  const answer = await rapport.ask('POST', `/v1/customers/${customerId}/journey/${name}`, {
    because: 'asked',
  });
  expect(answer.status).toBe(202);
}

async function mailOf({ customerId }: Person) {
  return (await sends.ofCustomer(customerId, 9)).find(({ touch }) => touch === 'good-to-know');
}

async function becomes(person: Person, kind: SendOutcome['kind']): Promise<void> {
  await eventually(async () => (await mailOf(person))?.outcome?.kind === kind, PATIENCE);
}

describe('a pause and an end that were answered 202', () => {
  it('while the mail server hangs: no marketing mail starts any more, but those of others do', async () => {
    server.shut();
    const [paused, ended, other] = await threeSignUps();
    await eventually(() => server.waiting === 3, PATIENCE);
    await Promise.all([command('pause', paused), command('end', ended)]);
    server.open();
    await becomes(other, 'accepted');
    await becomes(paused, 'postponed');
    await becomes(ended, 'skipped');

    expect((await mailOf(paused))?.outcome).toEqual({ kind: 'postponed', reason: 'paused' });
    expect((await mailOf(ended))?.outcome).toEqual({ kind: 'skipped', reason: 'cancelled' });
    await eventually(async () => (await rapport.status(ended.customerId)) === 'COMPLETED', PATIENCE);
    const later = await aSignUp();
    await becomes(later, 'accepted');
    expect(server.messagesTo(paused.email).concat(server.messagesTo(ended.email))).toEqual([]);

    await command('resume', paused);
    await becomes(paused, 'accepted');
    expect(server.messagesTo(paused.email)).toHaveLength(1);
  }, 120_000);

  it('while it greylists: the next attempts start no marketing mail, but those of others do', async () => {
    server.greylisting = true;
    const [paused, ended, other] = await threeSignUps();
    for (const person of [paused, ended, other]) await becomes(person, 'delayed');
    await Promise.all([command('pause', paused), command('end', ended)]);
    server.greylisting = false;
    await becomes(other, 'accepted');
    await eventually(async () => (await rapport.status(ended.customerId)) === 'COMPLETED', PATIENCE);

    const later = await aSignUp();
    await becomes(later, 'accepted');
    expect(server.messagesTo(paused.email).concat(server.messagesTo(ended.email))).toEqual([]);
    expect((await customers.byId(paused.customerId))?.journey?.agenda).toMatchObject([{ waits: true }]);

    await command('resume', paused);
    await becomes(paused, 'accepted');
    expect(server.messagesTo(paused.email)).toHaveLength(1);
  }, 120_000);
});

describe('a greylisted mail', () => {
  it('arrives once, and what comes meanwhile is heard meanwhile', async () => {
    server.greylisting = true;
    const person = await aSignUp();
    await becomes(person, 'delayed');
    await rapport.post({
      ...{ id: `v-${person.id}`, source: 'shop', type: 'profile', at: new Date(rapport.now()) },
      ...{ customer: { id: person.id, birthday: '06-21' }, data: { answers: {} } },
    });
    await eventually(() => rapport.hasHeardAll(person.customerId), PATIENCE);
    server.greylisting = false;
    await becomes(person, 'accepted');
    await eventually(async () => (await rapport.journey(person.customerId)).agenda.length === 0, PATIENCE);

    expect(server.messagesTo(person.email)).toHaveLength(1);
    expect((await mailOf(person))?.delays.count).toBeGreaterThanOrEqual(1);
    const told = (await decisions.ofCustomer(person.customerId, 50)).toReversed();
    const heard = told.findIndex(({ heard }) => heard.some((one) => 'type' in one && one.type === 'profile'));
    const settled = told.findIndex(({ changes }) => changes.some(({ kind }) => kind === 'settled'));
    expect(heard).toBeGreaterThan(0);
    expect(heard).toBeLessThan(settled);
  }, 120_000);
});
