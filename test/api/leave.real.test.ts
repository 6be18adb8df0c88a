import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { disconnect } from '../../data/connect.ts';
import { ConsentEventModel, consentEvents } from '../../data/consent-events.ts';
import { CustomerModel } from '../../data/customer-document.ts';
import { customers } from '../../data/customers.ts';
import { EventModel } from '../../data/event-document.ts';
import { createReceiveHistory } from '../../data/receive-history.ts';
import { sends } from '../../data/sends.ts';
import { SuppressionModel, suppressions } from '../../data/suppressions.ts';
import { createMailLinks } from '../../mail/links.ts';
import { anApi, aWorld } from '../support/api.ts';
import { SECRET } from '../support/guests.ts';
import { aJoinablePlaybook, postForm } from '../support/join.ts';
import { aClock, aDatabase, anEvent, aPlaybook, aReceive, HOUR, somebody } from '../support/shop.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const DETAILS = { customerId: '', email: '' };
const { receive } = aReceive();

let app: FastifyInstance;
let person = DETAILS;
beforeAll(async () => {
  await aDatabase();
  app = await anApi(aWorld(), {
    ...{ customers, sends, consentEvents, receiver: aReceive(), clock: aClock() },
    playbooks: { current: async () => aJoinablePlaybook() },
  });
});
afterAll(async () => {
  await app.close();
  await disconnect();
});

const CONSENT = ['news', 'tips'].map((topic) => ({ topic, basis: 'consent' as const }));

/** Somebody who consented to news and tips, an hour ago. */
async function aPerson() {
  const { id, email } = somebody();
  const [receipt] = await receive([anEvent({ id, email }, { type: 'sign-up', consent: CONSENT })], 'api');
  person = { customerId: receipt?.customerId ?? '', email };
  return { ...person, id };
}

function linksOf(topic = 'news') {
  const key = `${person.customerId}/welcome/1`;
  return createMailLinks('', SECRET)({ customerId: person.customerId, key, topic });
}

const click = () => {
  return app.inject({ method: 'POST', url: linksOf().unsubscribe, payload: 'List-Unsubscribe=One-Click' });
};

async function topicsOf(customerId: string): Promise<string[]> {
  const { consents = {} } = (await customers.find(customerId))?.known ?? {};
  return Object.keys(consents).filter((topic) => consents[topic]?.granted);
}

/** All that is kept of customers, as text. */
async function everything(): Promise<string> {
  const all = [CustomerModel.find().lean(), EventModel.find().lean(), ConsentEventModel.find().lean()];
  return JSON.stringify(await Promise.all(all));
}

describe('leaving by one click, on a real database', () => {
  it('stands before its answer, once, with its proof; the other topic and the journey go on', async () => {
    const { customerId } = await aPerson();

    const answers = await Promise.all([click(), click(), click()]);

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200]);
    expect(await topicsOf(customerId)).toEqual(['tips']);
    expect((await customers.byId(customerId))?.known).not.toHaveProperty('ended');
    expect(await EventModel.countDocuments({ customerId, type: 'unsubscribe' })).toBe(1);
    expect(await ConsentEventModel.find({ customerId, change: 'withdrawn' }).lean()).toMatchObject([
      { topic: 'news', how: 'one-click' },
    ]);
  });

  it('comes before a mail that was decided on and has not left', async () => {
    const { customerId } = await aPerson();
    const seen = (await customers.byId(customerId)) ?? { n: 0, contact: { version: 0 } };
    const place = { key: `${customerId}/welcome/1`, due: NOW, kind: 'marketing' } as const;
    await click();

    const { n, contact } = seen;
    expect(await customers.takePlace(customerId, { n, version: contact.version }, place, 0)).toBe(false);
  });

  it('counts again after they came back, by the link of the same mail', async () => {
    const { customerId } = await aPerson();
    await click();
    const t = new URL(linksOf().unsubscribe, 'http://x').searchParams.get('t') ?? '';
    await postForm(app, '/unsubscribe', { t, what: 'undo', topic: ['news'] });
    expect(await topicsOf(customerId)).toEqual(['news', 'tips']);

    await click();

    expect(await topicsOf(customerId)).toEqual(['tips']);
  });

  it('follows somebody who turned out to be another', async () => {
    const older = await aPerson();
    const younger = await aPerson();
    const at = NOW - HOUR / 2;
    await receive([anEvent({ id: older.id, email: younger.email }, { at })], 'api');

    expect((await click()).statusCode).toBe(200);
    const left = { customerId: older.customerId, topic: 'news', change: 'withdrawn' } as const;
    expect(await ConsentEventModel.countDocuments(left)).toBe(1);
    expect(await topicsOf(older.customerId)).not.toContain('news');
  });
});

describe('what a scanner opens', () => {
  it('changes nothing, by GET and by HEAD, of any link of a mail, and of any link on those pages', async () => {
    await aPerson();
    const before = await everything();
    const { answer, ...own } = linksOf();
    const links: string[] = [answer, `${answer}&score=2`, ...Object.values(own).flatMap((url) => url ?? [])];
    const seen = new Set<string>();
    for (const url of links) {
      if (seen.has(url) || !url.startsWith('/') || url.startsWith('/assets')) continue;
      seen.add(url);
      await app.inject({ method: 'HEAD', url });
      const { body } = await app.inject(url);
      links.push(
        ...[...body.matchAll(/(?:href|action)="([^"]+)"/g)].map(([, to = '']) =>
          to.replace(/&#x3D;/g, '=').replace(/&amp;/g, '&'),
        ),
      );
    }

    expect(seen.size).toBeGreaterThan(6);
    expect(await everything()).toBe(before);
  });
});

describe('what an import brings back', () => {
  const history = createReceiveHistory({
    hashKey: 'key',
    clock: aClock(),
    playbook: async () => aPlaybook(),
  });

  it('is nobody who left all marketing, and nobody who is suppressed; of these the hash alone is kept', async () => {
    const { customerId, email } = await aPerson();
    const t = new URL(linksOf().unsubscribe, 'http://x').searchParams.get('t') ?? '';
    await postForm(app, '/unsubscribe', { t, what: 'all' });
    const emailKey = (await customers.byId(customerId))?.emailKey ?? '';
    await suppressions.add(emailKey, 'unsubscribed', NOW);
    await CustomerModel.deleteOne({ _id: customerId }); // as if they had been erased: the suppression stays

    await history([anEvent({ id: 'new', email }, { consent: CONSENT, at: NOW - 1 })]);

    expect(await customers.find('shop:new')).toMatchObject({ suppressed: 'unsubscribed' });
    expect(JSON.stringify(await SuppressionModel.find().lean())).not.toContain(email);
  });

  it('is no topic of somebody who left all, though the list is newer', async () => {
    const { customerId, id, email } = await aPerson();
    const t = new URL(linksOf().unsubscribe, 'http://x').searchParams.get('t') ?? '';
    await postForm(app, '/unsubscribe', { t, what: 'all' });

    await history([anEvent({ id, email }, { consent: CONSENT, at: NOW + 60_000 })]);

    expect(await topicsOf(customerId)).toEqual([]);
  });
});
