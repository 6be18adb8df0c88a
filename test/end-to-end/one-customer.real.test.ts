import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PHASES } from '../../domain/phases.ts';
import type { Playbook } from '../../domain/playbook.ts';
import { readPlaybook } from '../../domain/read-playbook.ts';
import { templateNames } from '../../mail/template-names.ts';
import type { Caught } from '../../servers/inbox.ts';
import { type Stack, startStack } from '../../servers/stack.ts';
import { HOUR } from '../support/builders.ts';
import { aDataFolder } from '../support/data-folder.ts';
import { eventually } from '../support/eventually.ts';
import { Rapport } from '../support/rapport.ts';

const PATIENCE = { within: 60_000 };

let stack: Stack;
let rapport: Rapport;
beforeAll(async () => {
  stack = await startStack({ dir: await aDataFolder(), quiet: true, env: {} });
  rapport = await Rapport.start({ ...stack, playbook: await theDefaultForAll() });
}, 120_000);
afterAll(async () => {
  await rapport?.stop();
  await stack?.stop();
});

/** The default playbook without what is drawn by lot: An gets her mail, and is to get a treat. */
async function theDefaultForAll(): Promise<Playbook> {
  const yaml = await readFile('playbooks/default.yaml', 'utf8');
  const read = readPlaybook(yaml.replace('holdout: 5%', 'holdout: 0%').replace('share: 10%', 'share: 100%'), {
    templates: await templateNames('templates'),
  });
  if (read.kind === 'refused') throw new Error(read.errors.map(({ message }) => message).join());
  return read.playbook;
}

/** A zone in which it is noon now: outside quiet hours, and a day's events stay of a day. */
function whereItIsNoon(): string {
  const offset = 12 - new Date().getUTCHours();
  return `Etc/GMT${offset < 0 ? '+' : '-'}${Math.abs(offset)}`; // POSIX: the sign the other way round
}

const AN = {
  ...{ id: 'an', email: 'an@example.com', name: { first: 'An', last: 'Vos' }, locale: 'nl' },
  ...{ timeZone: whereItIsNoon(), birthday: '06-21' },
};
const BEN = { id: 'ben', email: 'ben@example.com', name: { first: 'Ben' }, locale: 'en-GB' };

function anEvent(type: string, hoursAgo: number, data: object = {}, customer: object = { id: AN.id }) {
  const at = new Date(Date.now() - hoursAgo * HOUR);
  return { id: `${type}-${hoursAgo}`, source: 'shop', type, at, customer, data };
}

function aPurchase(hoursAgo: number, orderId: string, customer?: object) {
  const items = [{ sku: 'cd-17', name: 'Kind of Blue', category: 'jazz', quantity: 1, price: 1466 }];
  return anEvent('purchase', hoursAgo, { orderId, total: 1466, currency: 'EUR', items }, customer);
}

async function inbox(): Promise<{ readonly messages: readonly Caught[] }> {
  return JSON.parse(await (await fetch(`${stack.inboxUrl}/messages.json`)).text());
}

async function mailsTo(email: string): Promise<readonly string[]> {
  return (await inbox()).messages.filter(({ to }) => to === email).map(({ subject }) => subject);
}

/** Posts an event, and waits until as many mails have come to An in all. */
async function tell(event: object, mails: number): Promise<string> {
  const [receipt] = await rapport.post(event);
  const customerId = receipt?.customerId ?? '';
  await eventually(() => rapport.hasHeardAll(customerId), PATIENCE);
  await eventually(async () => (await mailsTo(AN.email)).length >= mails, PATIENCE);
  return customerId;
}

/** The pages, as a browser that has signed in sees them. */
async function browser() {
  const body = new URLSearchParams({ key: rapport.env.RAPPORT_ADMIN_KEY ?? '' });
  const signedIn = await fetch(`${rapport.url}/sign-in`, { method: 'POST', body, redirect: 'manual' });
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
  return async (url: string) => {
    const answer = await fetch(new URL(url, rapport.url), { headers: { cookie, accept: 'text/html' } });
    return `${answer.status} ${await answer.text()}`;
  };
}

describe('a customer of a shop', () => {
  it('comes in by HTTP, lives through the phases, and gets mail over SMTP', async () => {
    const consent = ['news', 'tips', 'surveys'].map((topic) => ({ topic, basis: 'consent' }));
    const customerId = await tell({ ...anEvent('sign-up', 47, {}, AN), consent }, 1);
    await tell(aPurchase(30, 'o-1'), 2);
    await tell(aPurchase(4, 'o-2'), 3);
    await tell(anEvent('feedback', 1, { question: 'nps', score: 10 }), 3);

    expect(await mailsTo(AN.email)).toEqual([
      'Welkom, An. Fijn je te leren kennen',
      'Dank je wel, An. Je bestelling is binnen',
      'Dank je wel, An. Je bestelling is binnen',
    ]);
    const journey = await rapport.journeyOf('shop:an');
    expect(journey).toMatchObject({ customerId, phase: 'ambassador', state: 'active', playbook: 1 });
    expect(await rapport.status(customerId)).toBe('RUNNING');
    const [soon, ...later] = journey.agenda.map(({ touch }) => touch);
    expect(soon).toBe('ambassador-invitation');
    expect(later.toSorted()).toEqual([
      ...[
        'ambassador-thanks',
        'anniversary',
        'birthday',
        'earlier-purchases',
        'longer-warranty',
        'small-treat',
        'testimonial',
      ],
    ]);
    const sent = journey.sends.map(({ touch, outcome }) => `${touch} ${outcome?.kind}`);
    expect(sent.toSorted()).toEqual(['thank-you accepted', 'thank-you accepted', 'welcome accepted']);
  }, 120_000);

  it('is told of in words: by the API, and on the pages', async () => {
    const journey = await rapport.journeyOf('shop:an');
    const changes = journey.decisions.toReversed().flatMap((decision) => decision.changes);
    const entered = changes.filter(({ kind }) => kind === 'entered').map(({ phase }) => phase);
    expect(entered).toEqual(PHASES);
    expect(journey.decisions.at(-1)).toMatchObject({ seq: 1, heard: [{ type: 'sign-up' }] });

    const open = await browser();
    expect(await open('/')).toMatch(/^200 .*An Vos/s);
    expect(await open('/customers/shop:an')).toMatch(/^200 .*Welkom, An/s);
    expect(await open(`/customers/${journey.customerId}?lang=nl`)).toMatch(/^200 .*lang="nl"/s);
    expect(await open('/reference/')).toMatch(/^200 /);
    expect(await open(stack.inboxUrl ?? '')).toMatch(/^200 .*Dank je wel, An/s);
    expect(await open(stack.temporal.uiUrl ?? '')).toMatch(/^200 /);
  }, 60_000);

  it('is not moved by what was told before', async () => {
    const before = await rapport.journeyOf('shop:an');
    const [receipt] = await rapport.post(aPurchase(30, 'o-1'));

    expect(receipt).toEqual({
      ...{ source: 'shop', id: 'purchase-30' },
      customerId: before.customerId,
      duplicate: true,
    });
    expect(await rapport.journeyOf('shop:an')).toEqual(before);
  });

  it('is written to in their own language, whatever the others speak', async () => {
    await rapport.post(aPurchase(2, 'o-3', BEN));
    await eventually(async () => (await mailsTo(BEN.email)).length === 1, PATIENCE);

    expect(await mailsTo(BEN.email)).toEqual(['Thank you, Ben. We have your order']);
    expect(await inbox()).toMatchObject({ delivered: 4, distinct: 4, duplicates: 0 });
  }, 60_000);
});
