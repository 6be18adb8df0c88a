import { stableShare } from './hash.ts';
import { dayNumber, firstAtTime, firstOpen, onDay } from './local-time.ts';
import type { Playbook, Touch } from './playbook.ts';

/** How a new sending domain is warmed up: so many mails on its first day, twice as many each `doubleDays` days. */
export type WarmUp = { readonly start: number; readonly doubleDays: number };

/** Above so many mails a day a domain is warm: nothing is counted any more. */
const WARM = 1_000_000;

/**
 * How many mails may leave on a day of the warm-up; undefined: as many as there are.
 *
 * @param since the day of the first mail; days are counted in the shop's zone
 */
export function allowanceOn({ start, doubleDays }: WarmUp, since: number, day: number): number | undefined {
  const allowance = start * 2 ** Math.floor(Math.max(0, day - since) / doubleDays);
  return allowance > WARM ? undefined : allowance;
}

/** The domain that mail is sent from, whose reputation a warm-up builds. */
export function sendingDomain({ email, replyTo }: Playbook['shop']): string {
  const address = email ?? replyTo;
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}

/** A mail for which there is no room today. */
type TurnedAway = {
  readonly key: string;
  readonly touch: Pick<Touch, 'priority'>;
  readonly playbook: Playbook;
  readonly zone: string;
};

/** Half of a turn in the day is a matter of priority, half of a hash. */
const BY_PRIORITY = 0.5;

/**
 * When a mail for which a warm-up has no room is to come again: in the customer's open hours of the shop's next day,
 * the important ones first, each at a moment of its own, so that they do not all come at the opening.
 */
export function turnTomorrow({ key, touch, playbook, zone }: TurnedAway, at: number): number {
  const { quiet } = playbook.contact;
  const { timeZone } = playbook.shop;
  const tomorrow = dayNumber(at, timeZone) + 1;
  const opens = firstOpen(onDay(tomorrow, 0, timeZone), quiet, zone);
  const closes = quiet ? firstAtTime(opens, quiet.from, zone) : onDay(tomorrow + 1, 0, timeZone);
  const turn = BY_PRIORITY * (1 - touch.priority / 100) + (1 - BY_PRIORITY) * stableShare('warm-up', key);
  return Math.floor(opens + turn * (closes - opens));
}
