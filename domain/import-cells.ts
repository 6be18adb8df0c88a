import { decimalsOf } from './money.ts';
import { instantOf } from './zone-offset.ts';

const MOMENT =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?\s*(Z|UTC|[+-]\d\d:?\d\d)?$/i;

/**
 * A time as RFC 3339, of `2026-11-22`, `2026-11-22 10:00:00`, or with an offset (`2026-11-22 10:00:00 +0100`).
 *
 * What cannot be read stays as it is, to be refused with its words.
 *
 * @param zone of a time that names no offset; a day without a time begins there
 */
export function momentIn(text: string, zone: string): string {
  const match = MOMENT.exec(text.trim());
  if (!match) return text;
  const [, year, month, day, hours = '00', minutes = '00', seconds = '00', offset] = match;
  const written = `${year}-${month}-${day}T${hours}:${minutes}:${seconds}.000Z`;
  const local = Date.parse(written);
  if (Number.isNaN(local) || new Date(local).toISOString() !== written) return text; // 30 February
  return new Date(offset ? local - offsetOf(offset) : instantOf(local, zone)).toISOString();
}

/** An offset such as `+0530`, milliseconds. */
function offsetOf(text: string): number {
  const match = /^([+-])(\d\d):?(\d\d)$/.exec(text);
  if (!match) return 0;
  const [, sign, hours, minutes] = match;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

const NUMBER = /^-?\d+(\.\d+)?$/;

/** A number where there is one; else the text, to be refused with its words. */
export function numberIn(text: string): number | string {
  const trimmed = text.trim();
  return NUMBER.test(trimmed) ? Number(trimmed) : text;
}

/** An amount such as 29.33 in minor units of its currency: 2933 cents, 29 yen. */
export function minorIn(text: string, currency: string): number | string {
  const amount = numberIn(text);
  if (typeof amount === 'string') return amount;
  const decimals = decimalsOf(currency.toUpperCase()) ?? 2; // a currency that does not exist is refused elsewhere
  const minor = amount * 10 ** decimals;
  return Math.round(Number(minor.toPrecision(15)));
}
