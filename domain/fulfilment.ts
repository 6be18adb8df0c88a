import { csvLine } from './csv.ts';
import type { Grant } from './grant.ts';
import { decimalsOf } from './money.ts';
import type { ShipTo } from './ship-to.ts';

/** A gift that has not left after so long is told of once more. */
export const GIFT_REMINDED_AFTER_MS = 3 * 86_400_000;

/** Who sent a gift, and when; epoch milliseconds. */
export type Sent = { readonly by: string; readonly at: number; readonly note?: string };

/** A gift on its way from the warehouse to a customer. */
export type Gift = Pick<
  Grant,
  'customerId' | 'surprise' | 'title' | 'value' | 'currency' | 'touch' | 'occasion'
> & {
  /** The grant's. */
  readonly key: string;
  /** When it became the customer's, epoch milliseconds. */
  readonly at: number;
  /** Where it goes: as the customer told for it, or by their last order; absent: nobody knows. */
  readonly shipTo?: ShipTo;
  readonly sent?: Sent;
};

/** Thrown when a gift is changed that has left already, or is not there to be sent. */
export class GiftGone extends Error {
  override readonly name = 'GiftGone';
}

/** A gift and whom it is for, in a line. */
export function giftInWords(
  { surprise, title }: Pick<Grant, 'surprise' | 'title'>,
  first: string | undefined,
  language: 'nl' | 'en',
): string {
  const named = surprise.charAt(0).toUpperCase() + surprise.slice(1).replaceAll('-', ' ');
  return [title?.[language] ?? named, first].filter(Boolean).join(': ');
}

const COLUMNS = [
  ...['id', 'given_at', 'gift', 'value', 'currency', 'name', 'line1', 'line2', 'line3'],
  ...['postal_code', 'city', 'region', 'country'],
];

/** The gifts that can be sent, as a file for the warehouse, each under the id by which it is marked sent. */
export function giftsCsv(gifts: readonly (Gift & { readonly id: string })[]): string {
  const lines = gifts.flatMap(({ id, at, shipTo, ...gift }) => {
    if (!shipTo) return [];
    const {
      name,
      lines: [line1 = '', line2 = '', line3 = ''],
      postalCode = '',
      city,
      region = '',
    } = shipTo;
    const what = gift.title?.en ?? gift.surprise;
    const worth = gift.value === undefined ? '' : inUnits(gift.value, gift.currency);
    const given = [id, new Date(at).toISOString(), what, worth, gift.currency ?? ''];
    return csvLine([...given, name, line1, line2, line3, postalCode, city, region, shipTo.country]);
  });
  return `\uFEFF${csvLine(COLUMNS)}${lines.join('')}`;
}

/** Minor units as a decimal amount: 750 of EUR is 7.50. */
function inUnits(minor: number, currency = 'EUR'): string {
  const digits = decimalsOf(currency) ?? 2;
  return (minor / 10 ** digits).toFixed(digits);
}
