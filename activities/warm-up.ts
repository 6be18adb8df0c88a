import { type Refusal, zoneOf } from '../domain/contact-policy.ts';
import type { Customer } from '../domain/customer.ts';
import { dayNumber } from '../domain/local-time.ts';
import { sendKey } from '../domain/send.ts';
import { allowanceOn, sendingDomain, turnTomorrow } from '../domain/warm-up.ts';
import type { Attempt } from './send-touch.ts';

/** How many mails left on a day of a sending domain's warm-up. */
export type SendingDays = {
  /** The first day on which the domain sent under a warm-up; `today`, where this is it. */
  since(domain: string, today: number): Promise<number>;
  /**
   * Takes one of a day's turns for a send; the same send takes one only.
   *
   * @returns false where none is left
   */
  take(
    turn: { readonly domain: string; readonly day: number; readonly key: string },
    allowance: number,
  ): Promise<boolean>;
  /** Counts a mail that leaves whatever the allowance. */
  count(
    turn: { readonly domain: string; readonly day: number; readonly key: string },
    allowance: number,
  ): Promise<void>;
  /** Gives back the turns of a send that did not leave. */
  giveBack(key: string): Promise<void>;
};

/**
 * Takes one of today's turns of a new sending domain, whose days are the shop's.
 *
 * Service mail counts, as mailbox providers count it, and is never kept waiting.
 *
 * @returns why not now, or nothing: there is room, or the domain is warm
 */
export async function takeTurn(
  { task, touch, playbook, at }: Attempt,
  customer: Customer,
  days: SendingDays,
): Promise<Refusal | undefined> {
  const { perDay } = playbook.contact;
  if (!perDay) return undefined;

  const [key, domain] = [sendKey(task), sendingDomain(playbook.shop)];
  const day = dayNumber(at, playbook.shop.timeZone);
  const allowance = allowanceOn(perDay, await days.since(domain, day), day);
  if (allowance === undefined) return undefined;
  if (touch.kind === 'service') {
    await days.count({ domain, day, key }, allowance);
    return undefined;
  }
  if (await days.take({ domain, day, key }, allowance)) return undefined;
  const until = turnTomorrow({ key, touch, playbook, zone: zoneOf(customer, playbook) }, at);
  return { kind: 'postponed', until, reason: 'warm-up' };
}
