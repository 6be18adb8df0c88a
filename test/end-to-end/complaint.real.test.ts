import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sends } from '../../data/sends.ts';
import { ownTouches } from '../../domain/own-touches.ts';
import { aPlaybook, aTouch, DAY } from '../support/builders.ts';
import { eventually } from '../support/eventually.ts';
import { GatedServer } from '../support/gated-server.ts';
import { Rapport } from '../support/rapport.ts';
import { somebody } from '../support/shop.ts';

/** A quarter of an hour, after which a mail that was put off comes again, takes a second. */
const SPEED = 900;
const PATIENCE = { within: 30_000 };
const TEAM = 'team@shop.example';

const complaints = { answerWithin: { minutes: 40 }, remindAfter: { minutes: 20 } };
const { shop } = aPlaybook([]);
const PLAYBOOK = aPlaybook(
  [
    aTouch({ name: 'good-to-know', on: 'sign-up', priority: 90 }),
    aTouch({ name: 'about-you', on: 'sign-up', priority: 80 }),
    aTouch({ name: 'goes-well', on: 'sign-up', priority: 70 }),
    aTouch({ name: 'complaint-received', on: 'complaint', kind: 'service', topic: 'service' }),
    ...ownTouches({ complaints }),
  ],
  { complaints, shop: { ...shop, team: [TEAM], locale: 'en' }, contact: { caps: [{ max: 2, days: 2 }] } },
);
const MARKETING = ['good-to-know', 'about-you', 'goes-well'];

type Person = { readonly id: string; readonly email: string; readonly customerId: string };

let server: GatedServer;
let rapport: Rapport;
beforeAll(async () => {
  server = await new GatedServer().listen();
  rapport = await Rapport.start({ smtpUrl: server.url, playbook: PLAYBOOK, speed: SPEED });
}, 60_000);
afterAll(async () => {
  await rapport?.stop();
  await server.close();
});

/** Somebody who signs up now, and is to get three mails at once: two, as the caps have it. */
async function aSignUp(): Promise<Person> {
  const person = somebody();
  const [receipt] = await rapport.post({
    ...{ id: `s-${person.id}`, source: 'shop', type: 'sign-up', at: new Date(rapport.now()), data: {} },
    ...{ customer: { ...person, locale: 'en' }, consent: [{ topic: 'news', basis: 'consent' }] },
  });
  return { ...person, customerId: receipt?.customerId ?? '' };
}

async function outcomeOf({ customerId }: Person, touch: string): Promise<string | undefined> {
  const sent = await sends.ofCustomer(customerId, 99);
  return sent.find((send) => send.touch === touch)?.outcome?.kind;
}

/** The touches whose mails the server took in for somebody, in order. */
async function arrived(person: Person): Promise<readonly string[]> {
  const sent = (await sends.ofCustomer(person.customerId, 99)).filter(
    ({ outcome }) => outcome?.kind === 'accepted',
  );
  expect(server.messagesTo(person.email)).toHaveLength(sent.length);
  return sent.map(({ touch }) => touch).sort();
}

async function until(done: () => Promise<boolean> | boolean): Promise<void> {
  await eventually(done, PATIENCE);
}

const subjects = () => server.messagesTo(TEAM).map((mail) => /^Subject: (.*)$/m.exec(mail)?.[1]);

describe('a complaint', () => {
  it('stops all marketing from its 202 on, whatever is due or being tried again; resolved, it goes on without a burst', async () => {
    server.greylisting = true;
    const person = await aSignUp();
    await until(async () => (await outcomeOf(person, 'good-to-know')) === 'delayed');
    await until(async () => (await outcomeOf(person, 'about-you')) === 'delayed');
    server.shut();
    server.greylisting = false;
    await until(() => server.waiting === 1); // one of the two is tried again, the other is due

    const id = `c-${person.id}`;
    await rapport.post({
      ...{ id, source: 'shop', type: 'complaint', at: new Date(rapport.now()) },
      ...{ customer: { id: person.id }, data: { text: 'It came in pieces', via: 'form' } },
    });
    server.open();
    await until(async () => (await outcomeOf(person, 'complaint-received')) === 'accepted');
    const other = await aSignUp();
    await until(async () => (await outcomeOf(other, 'about-you')) === 'accepted');
    await until(() => subjects().length === 3); // the clock has run out meanwhile

    expect(await arrived(person)).toEqual(['complaint-received']);
    const held = await rapport.journey(person.customerId);
    expect(held.agenda.flatMap(({ touch, waits }) => (waits ? [touch] : [])).sort()).toEqual(
      [...MARKETING].sort(),
    );
    expect(subjects()).toEqual([
      'A customer complains (normal)',
      'A complaint waits for its first answer (normal)',
      'A complaint was not answered in time (normal)',
    ]);

    const path = `/v1/cases/${encodeURIComponent(`shop/${id}`)}`;
    const answer = { text: 'A new one is on its way.\n\nIt comes tomorrow.', by: 'Anna' };
    await Promise.all([
      rapport.ask('POST', `${path}/answer`, answer),
      rapport.ask('POST', `${path}/answer`, answer),
    ]);
    await until(async () => (await outcomeOf(person, 'case-answer')) === 'accepted');
    expect(await arrived(person)).toEqual(['case-answer', 'complaint-received']);
    expect(server.messagesTo(person.email).at(-1)).toContain('A new one is on its way.');

    const both = await Promise.all(
      ['replace', 'refund'].map((resolution) => rapport.ask('POST', `${path}/resolve`, { resolution })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    await until(async () => (await outcomeOf(person, 'about-you')) === 'accepted');
    await until(async () => (await rapport.journey(person.customerId)).agenda.length <= 1); // it heard of both

    expect(await arrived(person)).toEqual(['about-you', 'case-answer', 'complaint-received', 'good-to-know']);
    const { agenda } = await rapport.journey(person.customerId);
    expect(agenda.map(({ touch }) => touch)).toEqual(['goes-well']);
    expect(agenda[0]?.due).toBeGreaterThan(rapport.now() + DAY);
  }, 60_000);
});
