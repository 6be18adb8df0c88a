import { impliedPhase } from './beginning.ts';
import { type Asking, type Room, roomIn } from './budget.ts';
import { CHOSEN } from './chosen.ts';
import type { Customer } from './customer.ts';
import { factsOf } from './facts.ts';
import { isTooMany } from './grant-limits.ts';
import type { Playbook, Touch } from './playbook.ts';
import { refusalOf } from './proposal.ts';
import type { PostponeReason, SkipReason } from './send.ts';
import { costOf, type Surprise } from './surprise.ts';

/** What a person chooses customers for. */
export type Choice = {
  readonly surprise: Surprise;
  /** That tells of it. */
  readonly touch: Touch;
  readonly playbook: Playbook;
  /** Epoch milliseconds. */
  readonly at: number;
};

/** What choosing a customer would come to now: their tier, and what they wait for; or why they get nothing. */
export type Assessed =
  | { readonly kind: 'chosen'; readonly tier: string | null; readonly waitsFor?: PostponeReason }
  | { readonly kind: 'left-out'; readonly reason: SkipReason | 'first-contact' };

/**
 * Tells what choosing a customer would come to, by the rules that hold when the mail leaves. First contact has no
 * surprises, whoever asks.
 *
 * @param given when they were given this surprise before, epoch milliseconds
 */
export function assessed(customer: Customer, given: readonly number[], choice: Choice): Assessed {
  const { surprise, touch, playbook, at } = choice;
  const phase = customer.journey?.phase ?? impliedPhase(customer, playbook, at);
  if (phase === 'first-contact') return { kind: 'left-out', reason: 'first-contact' };

  const because = { type: CHOSEN, id: '', at };
  const task = {
    customerId: customer.id,
    touch: touch.name,
    occasion: '',
    due: at,
    because,
    phase,
    playbook: 0,
  };
  const refusal = refusalOf({ task, touch, playbook, at }, customer);
  if (refusal?.kind === 'skipped') return { kind: 'left-out', reason: refusal.reason };
  if (isTooMany(surprise, given, at, playbook.shop.timeZone)) return { kind: 'left-out', reason: 'limit' };

  const { tier } = factsOf(customer, at, { phase, since: at }, playbook);
  return { kind: 'chosen', tier, ...(refusal && { waitsFor: refusal.reason }) };
}

/** What giving to customers of these tiers takes out of one budget. */
export type Effect = Room & {
  /** How many of them draw on it, and what that takes. */
  readonly customers: number;
  readonly cost: number;
};

/** What giving to customers of these tiers takes out of each budget of a surprise; nothing where it has none. */
export function effectsOf(
  { budget, ...surprise }: Surprise,
  tiers: readonly (string | null)[],
  { at, zone }: Pick<Asking, 'at' | 'zone'>,
): readonly Effect[] {
  if (!budget) return [];
  const rooms = new Map<string | undefined, Effect>();
  for (const tier of tiers) {
    const room = roomIn(budget, { tier, at, zone, ahead: true });
    const { customers = 0, cost = 0 } = rooms.get(room.tier) ?? {};
    const more = cost + costOf({ ...surprise, budget });
    rooms.set(room.tier, { ...room, customers: customers + 1, cost: more });
  }
  return [...rooms.values()];
}
