import type { CustomerPatch, EventData, StoredEvent } from '../../domain/event.ts';
import { DAY, HOUR } from './builders.ts';

/** A Monday, ten o'clock in Amsterdam. */
export const BEGIN = Date.parse('2027-01-04T09:00:00Z');

/** One customer of the shop, as `docs/playbook.md` tells of them. */
export type Life = {
  readonly name: string;
  /** What they do, in a sentence. */
  readonly does: string;
  readonly days: number;
  readonly events: readonly StoredEvent[];
};

type Happening = { readonly day: number; readonly type: string; readonly data?: EventData };

/** And some weeks: nobody buys on the day. */
const FIVE_YEARS = 5 * 365 + 40;

const CONSENTS = ['news', 'tips', 'surveys'].map((topic) => ({ topic, basis: 'consent' }) as const);

/** Customers one would want the playbook to suit: often and seldom, content and not. */
export const LIVES: readonly Life[] = [
  aLife('Iris', 'buys every week, and told her birthday', 365, { birthday: '06-21' }, [
    { day: 0, type: 'sign-up' },
    ...range(52).flatMap((week) => order(1 + week * 7)),
  ]),
  aLife('Bram', 'buys once every five years', 6 * 365, {}, [...order(0), ...order(FIVE_YEARS)]),
  aLife('Femke', 'buys twice a year, sends one thing back, and complains once', 2 * 365, {}, [
    ...[0, 170, 365, 540].flatMap(order),
    { day: 177, type: 'refund', data: { orderId: 'o-170' } },
    { day: 370, type: 'complaint', data: { orderId: 'o-365' } },
    { day: 375, type: 'complaint-resolved', data: { orderId: 'o-365' } },
  ]),
  aLife('Daan', 'signs up, leaves two carts behind, and does not buy', 365, {}, [
    { day: 0, type: 'sign-up' },
    { day: 33, type: 'cart-abandoned' },
    { day: 40, type: 'cart-abandoned' },
  ]),
  aLife('Noor', 'buys every other month, would recommend us, and brings a friend', 2 * 365, {}, [
    ...range(12).flatMap((order_) => order(order_ * 60)),
    { day: 75, type: 'feedback', data: { question: 'nps', score: 10 } },
    { day: 130, type: 'referral', data: { referred: 'a friend' } },
    { day: 135, type: 'referral', data: { referred: 'a friend', paid: true } },
  ]),
];

function aLife(
  name: string,
  does: string,
  days: number,
  told: CustomerPatch,
  happenings: readonly Happening[],
): Life {
  const customerId = name.toLowerCase();
  const customer = { email: `${customerId}@example.com`, emailKey: customerId, ...told };
  const events = [...happenings]
    .sort((one, other) => one.day - other.day)
    .map(({ day, type, data }, i): StoredEvent => {
      const at = BEGIN + day * DAY;
      const event = { id: `shop/${name}-${i}`, customerId, n: i + 1, type, at, receivedAt: at, acts: true };
      return { ...event, customer, consent: i === 0 ? CONSENTS : [], ...(data && { data }) };
    });
  return { name, does, days, events };
}

/** A purchase, and its delivery two days later. */
function order(day: number): Happening[] {
  const orderId = `o-${day}`;
  const items = [{ sku: 'cd-17', name: 'Kind of Blue', category: 'jazz', quantity: 1, price: 1950 }];
  return [
    { day, type: 'purchase', data: { orderId, total: 1950, currency: 'EUR', items } },
    { day: day + 2 + (4 * HOUR) / DAY, type: 'delivered', data: { orderId } },
  ];
}

function range(length: number): number[] {
  return Array.from({ length }, (_, i) => i);
}
