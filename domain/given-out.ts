import { roomIn, verdictOn } from './budget.ts';
import type { Refusal } from './contact-policy.ts';
import type { Customer } from './customer.ts';
import { whatItDoes } from './does.ts';
import { factsOf } from './facts.ts';
import { isTooMany } from './grant-limits.ts';
import type { Outgoing } from './proposal.ts';
import { costOf, type Surprise, surpriseOf } from './surprise.ts';

/**
 * What was given in a simulation, of each budget and to each customer.
 *
 * Customers are played one after the other, so a budget's period holds over all of them; who gets the last of it is
 * whoever is played first, and its spread over the days is left out. Pools of codes are taken to be full.
 */
export class GivenOut {
  readonly #spent = new Map<string, number>();
  readonly #given = new Map<string, number[]>();

  /** Takes what a touch gives out of its budget, or tells why it cannot be given. */
  refusal(outgoing: Outgoing, customer: Customer): Refusal | undefined {
    const { touch, playbook, at } = outgoing;
    const surprise = surpriseOf(touch, playbook);
    if (!surprise || whatItDoes(touch)) return undefined;

    const zone = playbook.shop.timeZone;
    const theirs = `${surprise.name}/${customer.id}`;
    const given = this.#given.get(theirs) ?? [];
    if (isTooMany(surprise, given, at, zone)) return { kind: 'skipped', reason: 'limit' };
    if (!this.#spend(surprise, outgoing, customer)) return { kind: 'skipped', reason: 'budget' };
    this.#given.set(theirs, [...given, at]);
    return undefined;
  }

  #spend(surprise: Surprise, { task, playbook, at }: Outgoing, customer: Customer): boolean {
    if (!surprise.budget) return true;
    const zone = playbook.shop.timeZone;
    const { tier } = factsOf(customer, at, { phase: task.phase, since: at }, playbook);
    const room = roomIn(surprise.budget, { tier, at, zone, ahead: true });
    const id = JSON.stringify([surprise.name, room.id, room.tier]);
    const [spent, cost] = [this.#spent.get(id) ?? 0, costOf(surprise)];
    if (verdictOn(spent, cost, room, zone).kind !== 'free') return false;
    this.#spent.set(id, spent + cost);
    return true;
  }
}
