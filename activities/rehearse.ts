import type { Refusal } from '../domain/contact-policy.ts';
import type { Customer } from '../domain/customer.ts';
import { dayNumber } from '../domain/local-time.ts';
import { COPIES_PER_DAY } from '../domain/mode.ts';
import { sendKey } from '../domain/send.ts';
import { admit, stopOf } from './admission.ts';
import type { Attempt, Result, SendTouchDeps } from './send-touch.ts';

/** What of a rehearsal the team gets to see. */
export type Rehearsals = {
  /**
   * Takes one of a day's copies for a send, or counts it as left out. A send is copied once at most.
   *
   * @returns which copy of the day it is, from 1; nothing: none
   */
  take(day: number, key: string, most: number): Promise<number | undefined>;
};

export function isRehearsal(refusal: Refusal | undefined): boolean {
  return refusal?.kind === 'skipped' && refusal.reason === 'rehearsal';
}

/**
 * Does all that sending does but writing to the customer: the mail is composed and kept, takes its place under the
 * caps, and in a rehearsal of the whole playbook the team gets a copy, up to so many a day.
 */
export async function rehearse(attempt: Attempt, customer: Customer, deps: SendTouchDeps): Promise<Result> {
  const { pinned: wouldBe } = await deps.compose(attempt, customer);
  const refusal = (await admit(attempt, deps)) ?? ({ kind: 'skipped', reason: 'rehearsal' } as const);
  if (!isRehearsal(refusal)) return { outcome: refusal };
  if (attempt.playbook.mode?.kind === 'rehearsal') await copyToTeam(attempt, customer, deps);
  return { outcome: refusal, detail: { wouldBe } };
}

/** The copies are for people to look at: one that does not arrive is not sent again. */
async function copyToTeam(attempt: Attempt, customer: Customer, deps: SendTouchDeps): Promise<void> {
  const { shop } = attempt.playbook;
  const day = dayNumber(attempt.at, shop.timeZone);
  const copy =
    shop.team.length > 0 && (await deps.rehearsals.take(day, sendKey(attempt.task), COPIES_PER_DAY));
  if (!copy) return;

  const { first = '' } = customer.known.profile.name ?? {};
  const who = [first, customer.externalIds[0] ?? customer.id].filter(Boolean).join(', ');
  for (const to of shop.team) {
    const prefix = `[Rehearsal ${copy}/${COPIES_PER_DAY}: ${who}] `;
    const { envelope, raw } = await deps.compose(attempt, customer, { to, prefix });
    await deps.mailer.deliver(envelope, raw, async () => (await stopOf(attempt, deps))?.kind);
  }
}
