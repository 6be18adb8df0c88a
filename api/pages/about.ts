import type { Customer, Order } from '../../domain/customer.ts';
import { moneyIn } from './story-events.ts';
import type { Voice } from './voice.ts';
import { fill, readable } from './words.ts';

/** One fact as the page shows it; the views are strict, so a note is there even when it is not. */
export type Fact = { readonly label: string; readonly value: string; readonly note: string | undefined };

/** What we know of a customer, in the order a marketer asks; what is unknown is left out. */
export function aboutCustomer(customer: Customer, voice: Voice): Fact[] {
  const { profile, feedback, createdAt } = customer.known;
  const { about } = voice.words;
  const { moments } = voice;
  const score = (given: { score: number } | undefined) =>
    given && fill(about.scoreOf, { score: given.score });
  return [
    ...orderFacts(customer, voice),
    fact(about.score, score(feedback.nps)),
    fact(about.product, score(feedback.product)),
    fact(about.met, metThrough(customer)),
    fact(about.known, moments.date(createdAt)),
    fact(about.birthday, birthday(profile.birthday, voice)),
    fact(about.language, profile.locale && languageName(profile.locale, voice)),
    fact(about.consents, consents(customer) || about.consentsNone),
    fact(about.email, profile.email, customer.suppressed && about.suppressed),
    fact(about.ids, customer.externalIds.join(', ')),
  ].flat();
}

function orderFacts({ known }: Customer, { words, moments }: Voice): Fact[] {
  const orders = known.orders.filter(isStanding);
  const [first] = orders;
  if (!first) return fact(words.about.orders, words.about.ordersNone);
  const last = Math.max(...orders.map(({ at }) => at));
  const total = orders.reduce((sum, order) => sum + netOf(order), 0);
  return [
    ...fact(
      words.about.orders,
      String(orders.length),
      fill(words.about.orderLast, { when: moments.date(last) }),
    ),
    ...fact(words.about.spent, first.currency && moneyIn(moments.locale, total, first.currency)),
  ];
}

function isStanding({ placed, cancelled, refunded }: Order): boolean {
  return placed && !cancelled && refunded !== 'whole';
}

function netOf({ total, items, refunded }: Order): number {
  const back = typeof refunded === 'object' ? refunded : {};
  return total - items.reduce((sum, { sku, price }) => sum + price * (back[sku] ?? 0), 0);
}

function metThrough({ known }: Customer): string | undefined {
  const met = known.metThrough;
  return (
    met &&
    [met.channel, met.campaign, met.referrer].flatMap((part) => (part ? [readable(part)] : [])).join(', ')
  );
}

function consents({ known }: Customer): string {
  const granted = Object.entries(known.consents).filter(([, { granted }]) => granted);
  return granted.map(([topic]) => readable(topic).toLowerCase()).join(', ');
}

function birthday(date: string | undefined, { moments }: Voice): string | undefined {
  if (!date) return undefined;
  const format = new Intl.DateTimeFormat(moments.locale, { day: 'numeric', month: 'long', timeZone: 'UTC' });
  return format.format(new Date(`2000-${date.slice(-5)}T00:00:00Z`));
}

function languageName(locale: string, { moments }: Voice): string {
  return new Intl.DisplayNames(moments.locale, { type: 'language' }).of(locale) ?? locale;
}

function fact(label: string, value: string | undefined, note?: string): Fact[] {
  return value ? [{ label, value, note: note || undefined }] : [];
}
