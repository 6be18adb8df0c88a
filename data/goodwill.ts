import type { ClientSession } from 'mongoose';
import type { Playbook } from '../domain/playbook.ts';
import { sendRef } from '../domain/send-ref.ts';
import { tierAt } from '../domain/tier-course.ts';
import type { KeptCase } from './cases.ts';
import { CustomerModel, toCustomer } from './customer-document.ts';
import { grants } from './grants.ts';

/** To whom goodwill is given, for which case, and when. */
type Given = {
  readonly one: Pick<KeptCase, 'id' | 'turn'>;
  readonly customerId: string;
  /** Epoch milliseconds. */
  readonly at: number;
};

export type GiveGoodwill = (given: Given, session: ClientSession) => Promise<void>;

/** Gives what the playbook has for goodwill; nothing where it has nothing. */
export function createGoodwill(playbook: () => Promise<Playbook>): GiveGoodwill {
  /**
   * Gives it in the transaction of the resolution it is for, out of the surprise's own budget: both or neither. Whoever
   * resolved the case tells of it.
   *
   * @throws Refused when there is none left to give
   */
  return async function giveGoodwill({ one, customerId, at }, session) {
    const current = await playbook();
    const surprise = current.surprises?.[current.complaints?.goodwill ?? ''];
    if (!surprise) return;
    const kept = await CustomerModel.findById(customerId).session(session).lean();
    const tier = (kept && tierAt(toCustomer(kept), current, at)?.name) ?? null;
    await grants.giveIn(session, {
      ...{ id: `${customerId}/goodwill/${sendRef(one.id)}-${one.turn}`, customerId, surprise, tier, at },
      ...{ zone: current.shop.timeZone, because: one.id, ahead: true },
    });
  };
}
