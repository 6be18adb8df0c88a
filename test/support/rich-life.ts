import { awaited } from '../../data/awaited.ts';
import { customers } from '../../data/customers.ts';
import { JoinRequestModel } from '../../data/join-requests.ts';
import { privacyRequests } from '../../data/privacy-requests.ts';
import { rehearsals } from '../../data/rehearsals.ts';
import { confirmUrl } from '../../mail/links.ts';
import { HOUR } from './builders.ts';
import { eventually } from './eventually.ts';
import type { Rapport } from './rapport.ts';

const PATIENCE = { within: 60_000 };

/** Somebody with two accounts and two addresses, and what they told us; all of it easily found again. */
export function aPerson(name: string) {
  return {
    ...{ home: `${name}@home.example`, work: `${name}.work@office.example` },
    ...{ first: `First-${name}`, last: `Last-${name}`, shopId: `c-${name}-4711`, tillId: `t-${name}-881` },
    ...{ comment: `Commented by ${name}`, complaint: `Complained by ${name}`, order: `o-${name}` },
    ...{ answer: `Answered by ${name}` },
  };
}

export type Person = ReturnType<typeof aPerson>;

/** All texts that lead to somebody. */
export function needlesOf(person: Partial<Person>): readonly string[] {
  return Object.values(person);
}

/** Lives a customer's life with all there is; answers our own ids of them, whoever they were merged from too. */
export async function liveARichLife(rapport: Rapport, person: Person): Promise<readonly [string, string]> {
  const { first, last, shopId, tillId, home, work, order } = person;
  await joins(rapport, home);
  const atShop = { id: shopId, email: home, name: { first, last }, birthday: '1984-06-21', locale: 'nl' };
  const [receipt] = await rapport.post(anEvent(`${order}-1`, 'purchase', atShop, anOrder(`${order}-1`)));
  const atTill = { id: tillId, email: work };
  const till = { ...anEvent(`${order}-2`, 'purchase', atTill, anOrder(`${order}-2`)), source: 'till' };
  const [other] = await rapport.post(till);
  const ids = [receipt?.customerId ?? '', other?.customerId ?? ''] as const;
  for (const id of ids) await eventually(() => rapport.hasHeardAll(id), PATIENCE);
  await rapport.post(...answers(person));
  await rapport.post(anEvent(`${order}-m`, 'profile', { id: shopId, email: work }, { answers: {} })); // one person
  await leavesTraces(person, ids[0]);
  await eventually(() => rapport.hasHeardAll(ids[0]), PATIENCE);
  return ids;
}

function anEvent(id: string, type: string, customer: object, data: object = {}) {
  const consent = [{ topic: 'news', basis: 'consent', wording: 'Yes, write to me.' }];
  return { id, source: 'shop', type, at: new Date(Date.now() - HOUR), customer, consent, data };
}

function anOrder(orderId: string) {
  const items = [{ sku: 'cd-17', name: 'Kind of Blue', category: 'jazz', quantity: 1, price: 1466 }];
  return { orderId, total: 1466, currency: 'EUR', items };
}

function answers({ shopId, comment, complaint, answer, order }: Person) {
  const customer = { id: shopId };
  return [
    anEvent(`${order}-f`, 'feedback', customer, { question: 'nps', score: 9, comment }),
    anEvent(`${order}-c`, 'complaint', customer, { text: complaint, orderId: `${order}-1` }),
    anEvent(`${order}-p`, 'profile', customer, { answers: { roast: answer } }),
  ];
}

/** Joins by the page, confirming by the link of the mail. */
async function joins(rapport: Rapport, email: string): Promise<void> {
  const post = (path: string, fields: Record<string, string>) =>
    fetch(`${rapport.url}${path}`, { method: 'POST', body: new URLSearchParams(fields) });
  await post('/join', { email, topic: 'news', name: 'Joined' });
  const request = await JoinRequestModel.findOne({ 'wish.email': email }).lean();
  const link = new URL(
    confirmUrl(rapport.url, rapport.env.RAPPORT_SECRET ?? '', request?._id ?? '', Date.now() + HOUR),
  );
  await post('/join/confirm', { c: link.searchParams.get('c') ?? '' });
}

/** What stands about them beside their events. */
async function leavesTraces({ shopId, home, order }: Person, id: string): Promise<void> {
  const request = { kind: 'erase-customer', source: 'shop', orders: [`${order}-1`] } as const;
  await privacyRequests.keep({ ...request, id: `shop/erase/${id}/1`, customerId: shopId }, Date.now());
  await privacyRequests.keep({ ...request, id: `shop/erase/${id}/2`, email: home }, Date.now());
  const refund = { id: `refund-${order}`, source: 'shop', type: 'refund', at: new Date().toISOString() };
  await awaited.keep(`shop/${order}-1`, [refund], Date.now());
  await rehearsals.take(1, `${id}/thank-you/${order}-1`, 5);
  await eventually(async () => (await customers.byId(id))?.journey?.heard !== undefined, PATIENCE);
}
