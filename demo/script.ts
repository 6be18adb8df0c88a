import { DateTime } from 'luxon';
import type { EventData } from '../domain/event.ts';
import { stableShare } from '../domain/hash.ts';
import { chooseCds, type Draw, favouriteOf, type Product, partnersBy, pick } from './catalogue.ts';
import { type Person, personOf } from './people.ts';
import type { Visit } from './purchases.ts';

/** One event as `POST /v1/events` takes it. */
export type Posted = {
  readonly id: string;
  readonly source: 'shop';
  readonly type: 'sign-up' | 'purchase' | 'delivered' | 'feedback' | 'complaint';
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly customer: Partial<Person> & {
    readonly id: string;
    readonly metThrough?: { readonly channel: string };
  };
  readonly consent?: readonly {
    readonly topic: string;
    readonly basis: 'consent';
    readonly wording: string;
  }[];
  readonly data?: EventData;
};

const SIGN_UP_SHARE = 0.2;
const DELIVERY_DAYS = 3;
const FEEDBACK_DAYS = 5;
const COMPLAINT_DAYS = 1;

/** Of deliveries, one in so many is complained about. */
const COMPLAINT_SHARE = 1 / 25;

const COMPLAINTS = {
  nl: ['Er zit een kras op de cd.', 'De doos was open.', 'Er ontbreekt een cd.'],
  en: ['There is a scratch on the disc.', 'The box was open.', 'One disc is missing.'],
} as const;

/** Two in three are promoters: 9 or 10. */
const PROMOTER_SHARE = 2 / 3;

const TOPICS = ['news', 'tips', 'surveys'] as const;

const CHANNELS = ['word-of-mouth', 'search', 'press', 'event'] as const;

const WORDING = {
  nl: 'Ja, mail mij hierover. Ik kan dit altijd weer stopzetten.',
  en: 'Yes, write to me about this. I can stop it at any time.',
} as const;

/** The sample shop's whole story, in order of time: the same for the same visits and seed. */
export function scriptOf(visits: readonly Visit[], seed: string): Posted[] {
  const partners = partnersBy(seed);
  const byCustomer = Map.groupBy(visits, ({ customer }) => customer);
  return [...byCustomer.values()]
    .flatMap((own) => storyOf(own, partners, seed))
    .sort((one, other) => compare(one.at, other.at) || compare(one.id, other.id));
}

/** One customer's events, in no order; the first of them gives the consents and tells how we met. */
function storyOf(visits: readonly Visit[], partners: ReadonlyMap<Product, Product>, seed: string): Posted[] {
  const first = visits[0];
  if (!first) return [];
  const person = personOf(first.customer, seed);
  const draw: Draw = (...words) => stableShare(seed, 'story', first.customer, ...words);

  const orders = ordersOf(visits, person, partners, draw);
  const deliveries = orders.map((order) => laterThan(order, DELIVERY_DAYS, person, deliveryOf));
  const complaints = deliveries
    .filter(({ id }) => draw('complains', id) < COMPLAINT_SHARE)
    .map((delivery) => laterThan(delivery, COMPLAINT_DAYS, person, complaintBy(person, draw)));
  const second = deliveries[1];
  const answers = second ? [laterThan(second, FEEDBACK_DAYS, person, feedbackBy(person, draw))] : [];
  const followUps = [...deliveries, ...answers, ...complaints];
  const [opening, ...rest] = [...signUpBefore(first.day, person, draw), ...orders, ...followUps];
  return opening ? [introduced(opening, person, draw), ...rest] : [];
}

/** One in five signs up, 1–20 days before the first purchase. */
function signUpBefore(day: string, person: Person, draw: Draw): Posted[] {
  if (draw('signs up') >= SIGN_UP_SHARE) return [];
  const daysBefore = 1 + Math.floor(draw('sign-up day') * 20);
  const at = openingHour(day, person, draw('sign-up hour')).minus({ days: daysBefore });
  return [{ id: `s-${person.id}`, source: 'shop', type: 'sign-up', at: utc(at), customer: person }];
}

function ordersOf(
  visits: readonly Visit[],
  person: Person,
  partners: ReadonlyMap<Product, Product>,
  draw: Draw,
): Posted[] {
  const favourite = favouriteOf(draw);
  let last: Product | undefined;
  return visits.map((visit, index) => {
    const cds = chooseCds({ count: visit.cds, favourite, ...(last && { last }) }, partners, (...words) =>
      draw('order', visit.day, ...words),
    );
    last = cds.at(-1);
    return purchase(visit, cds, person, { number: index + 1, hour: draw('hour', visit.day) });
  });
}

function purchase(
  visit: Visit,
  cds: readonly Product[],
  person: Person,
  { number, hour }: { readonly number: number; readonly hour: number },
): Posted {
  const orderId = `o-${person.id}-${number}`;
  const price = Math.floor(visit.cents / Math.max(visit.cds, 1)); // the file knows no price of a piece
  const items = [...Map.groupBy(cds, ({ sku }) => sku).values()].flatMap((same) =>
    same.slice(0, 1).map((cd) => ({ ...cd, quantity: same.length, price })),
  );
  return {
    id: orderId,
    source: 'shop',
    type: 'purchase',
    at: utc(openingHour(visit.day, person, hour)),
    customer: person,
    data: { orderId, total: visit.cents, currency: 'EUR', items },
  };
}

const deliveryOf = (order: Posted) => ({
  id: `d-${order.id}`,
  type: 'delivered' as const,
  data: { orderId: order.id }, // a purchase is named as its order
});

const complaintBy =
  ({ locale }: Person, draw: Draw) =>
  (delivery: Posted) => ({
    id: `k-${delivery.id}`,
    type: 'complaint' as const,
    data: { ...delivery.data, text: pick(COMPLAINTS[locale], draw('complaint', delivery.id)) },
  });

const feedbackBy = (person: Person, draw: Draw) => () => {
  const promoter = draw('promoter') < PROMOTER_SHARE;
  const score = pick(promoter ? [9, 10] : [4, 5, 6, 7, 7, 8, 8], draw('score'));
  return { id: `f-${person.id}`, type: 'feedback' as const, data: { question: 'nps', score } };
};

/** What follows an event some days later, at the same local time; the shop then names its customer by id alone. */
function laterThan(
  earlier: Posted,
  days: number,
  { id, timeZone }: Person,
  tell: (earlier: Posted) => Pick<Posted, 'id' | 'type' | 'data'>,
): Posted {
  const at = DateTime.fromISO(earlier.at, { zone: timeZone }).plus({ days });
  return { ...tell(earlier), source: 'shop', at: utc(at), customer: { id } };
}

/** The first event of a customer: how we met, and the consents. */
function introduced(opening: Posted, person: Person, draw: Draw): Posted {
  const consent = TOPICS.map((topic) => ({
    topic,
    basis: 'consent' as const,
    wording: WORDING[person.locale],
  }));
  const metThrough = { channel: pick(CHANNELS, draw('channel')) };
  return { ...opening, customer: { ...opening.customer, metThrough }, consent };
}

/** A local time between 08:00 and 23:00. */
function openingHour(day: string, { timeZone }: Person, share: number): DateTime {
  const minutes = Math.floor(share * 15 * 60);
  return DateTime.fromISO(`${day}T08:00`, { zone: timeZone }).plus({ minutes });
}

function utc(at: DateTime): string {
  return at.toUTC().set({ millisecond: 0 }).toFormat("yyyy-MM-dd'T'HH:mm:ss'Z'");
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
