import { CustomerModel } from '../../data/customer-document.ts';
import { inside } from '../../data/inside.ts';
import { sends } from '../../data/sends.ts';
import type { Appointment, Journey } from '../../domain/journey.ts';
import { readPlaybook } from '../../domain/read-playbook.ts';
import { eventually } from './eventually.ts';
import type { Rapport } from './rapport.ts';

const HOUR = 3_600_000;

/** What people are planned by when they come. */
export const FIRST = `
shop: { name: Zuiderzon, from: Anna, replyTo: help@shop.example, locale: nl, timeZone: Europe/Amsterdam, currency: EUR, address: 'Kade 1, Groningen' }
always:
  thank-you:    { on: purchase, after: 2 days, kind: service }
  care:         { on: purchase, after: 20 days, topic: news }
  how-was-it:   { on: purchase, after: 6 days, topic: news }
  comeback:     { on: visit, after: 30 days, topic: news }
phases:
  first-contact:
    touches:
      welcome:  { on: entering, after: 10 days, topic: news }
    movesOn: [ { to: getting-acquainted, when: { orders.days: { $gte: 1 } } } ]
  getting-acquainted:
    touches:
      good-to-know: { on: entering, after: 9 days, topic: news }
    movesOn: [ { to: relationship, when: { orders.days: { $gte: 2 } } } ]
  relationship:
    touches:
      earlier-purchases: { on: purchase, after: 40 days, topic: news }
    movesOn: [ { to: ambassador, when: { feedback.nps: { $gte: 9 } } } ]
`;

/** An edit of it: something of everything that may become of an appointment. */
export const SECOND = FIRST.replace('after: 2 days, kind', 'after: 1 day, kind') // past for some: it goes at once
  .replace('after: 6 days', 'after: 8 days')
  .replace(/ {2}care:.*\n/, '')
  .replace('after: 40 days', 'after: 33 days')
  .replace(/( +)welcome:.*\n/, '$&$1reasons:  { on: entering, after: 12 days, topic: news }\n')
  .replace(
    '{ to: relationship, when',
    "{ to: relationship, when: { profile.interests: 'jazz' } }, { to: relationship, when",
  );

export const TEMPLATES = [
  'thank-you',
  'care',
  'how-was-it',
  'comeback',
  'welcome',
  'reasons',
  'good-to-know',
  'earlier-purchases',
];

/** The playbook of a text that must be right. */
export function playbookOf(yaml: string) {
  const read = readPlaybook(yaml, { templates: TEMPLATES });
  if (read.kind === 'refused') throw new Error(read.errors.map(({ message }) => message).join('\n'));
  return read.playbook;
}

/** Lets people in, of five kinds: from who signed up to who recommends us. Answers when all were decided on. */
export async function letIn(rapport: Rapport, people: number): Promise<void> {
  const now = Date.now();
  for (let i = 0; i < people; i += 1) await rapport.post(...eventsOf(i, now));
  await eventually(
    async () => {
      const all = await inside.page('', people);
      return all.length === people && all.every(({ customer, journey }) => journey.heard === customer.n);
    },
    { within: 120_000, every: 250 },
  );
}

function eventsOf(i: number, now: number): object[] {
  const customer = {
    id: `c-${i}`,
    email: `c-${i}@example.com`,
    ...(i % 10 === 1 && { interests: ['jazz'] }),
  };
  const event = (type: string, ago: number, data?: object) => ({
    ...{ id: `${type}-${i}-${ago}`, source: 'shop', type, at: new Date(now - ago), customer },
    ...{ consent: [{ topic: 'news', basis: 'consent' }], ...(data && { data }) },
  });
  const purchase = (ago: number) =>
    event('purchase', ago, { orderId: `o-${i}-${ago}`, total: 1466, currency: 'EUR' });
  const kinds = [
    [event('sign-up', HOUR)],
    [purchase(2 * HOUR)],
    [purchase(30 * HOUR), purchase(HOUR)],
    [purchase(30 * HOUR), purchase(HOUR), event('feedback', HOUR / 2, { question: 'nps', score: 10 })],
    [event('sign-up', 40 * HOUR), event('visit', HOUR)],
  ];
  return kinds[i % kinds.length] ?? [];
}

/** Everybody's journey, by id. */
export async function journeys(): Promise<ReadonlyMap<string, Journey>> {
  const all = await inside.page('', 10_000);
  return new Map(all.map(({ journey }) => [journey.customerId, journey]));
}

/** Lets those who were not woken hear of the version too, as they would when they wake by themselves. */
export async function wakeTheRest(version: number): Promise<void> {
  const rest = { 'journey.playbook': version - 1 };
  await CustomerModel.updateMany(rest, { $set: { wokenBy: version, undelivered: true } });
  await eventually(async () => (await CustomerModel.countDocuments(rest)) === 0, {
    within: 60_000,
    every: 250,
  });
}

/** What became of appointments, counted from outside: before and after, a mail that left is one that came earlier. */
export async function whatBecame(
  before: ReadonlyMap<string, Journey>,
  after: ReadonlyMap<string, Journey>,
): Promise<Readonly<Record<string, number>>> {
  const fates: string[] = [];
  for (const [id, was] of before) {
    const is = after.get(id);
    if (is) fates.push(...(await fatesOf(was, is)));
  }
  return Object.fromEntries([...Map.groupBy(fates, (fate) => fate)].map(([fate, all]) => [fate, all.length]));
}

async function fatesOf(was: Journey, is: Journey): Promise<string[]> {
  const { customerId } = was;
  const kept = was.agenda.map(
    async (one) => `${one.touch} ${await fateOf(customerId, one, find(is.agenda, one))}`,
  );
  const added = is.agenda.filter((one) => !find(was.agenda, one)).map(({ touch }) => `${touch} added`);
  return [
    ...(await Promise.all(kept)),
    ...added,
    ...(is.phase === was.phase ? [] : [`${was.phase} ${is.phase}`]),
  ];
}

function find(agenda: readonly Appointment[], one: Appointment): Appointment | undefined {
  return agenda.find(({ touch, occasion }) => touch === one.touch && occasion === one.occasion);
}

async function fateOf(id: string, was: Appointment, is: Appointment | undefined): Promise<string> {
  if (is)
    return is.due === was.due ? 'kept' : (is.due ?? Infinity) < (was.due ?? Infinity) ? 'earlier' : 'later';
  const sent = await sends.byKey(`${id}/${was.touch}/${was.occasion}`);
  return sent?.outcome?.kind === 'accepted' ? 'earlier' : 'dropped';
}
