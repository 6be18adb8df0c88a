import { trusted } from 'mongoose';
import type { Customer } from '../domain/customer.ts';
import type { StoredEvent } from '../domain/event.ts';
import type { Journey } from '../domain/journey.ts';
import { CustomerModel, toCustomer } from './customer-document.ts';
import { events } from './events.ts';

/** A customer whose journey is under way, with all that a decision would rest on. */
export type Insider = {
  readonly customer: Customer;
  readonly journey: Journey;
  /** What the journey has not heard yet, in order. */
  readonly events: readonly StoredEvent[];
};

const ABSENT = trusted({ $exists: false });

/** Whose journey is under way: they live, were decided on, and have not ended. */
const UNDER_WAY = {
  ...{ mergedInto: ABSENT, erased: ABSENT, 'known.ended': ABSENT },
  ...{ journey: trusted({ $exists: true }), 'journey.ended': ABSENT },
};

/** The people inside: those whose journeys are under way. */
export const inside = {
  async count(): Promise<number> {
    return CustomerModel.countDocuments(UNDER_WAY);
  },

  /**
   * A page of them, by id.
   *
   * @param after the last id of the page before; empty for the first
   * @param below only those whose agenda was planned with an earlier version than this
   */
  async page(after: string, limit: number, below = Infinity): Promise<readonly Insider[]> {
    const kept = await CustomerModel.find({
      ...UNDER_WAY,
      _id: trusted({ $gt: after }),
      'journey.playbook': trusted({ $lt: below }),
    })
      .sort({ _id: 1 })
      .limit(limit)
      .lean();
    const unheard = await events.unheard(
      kept.map(({ _id, n, journey }) => ({ customerId: _id, after: journey?.heard ?? n, upTo: n })),
    );
    return kept.flatMap((document) => {
      const customer = toCustomer(document);
      const { journey } = customer;
      return journey ? [{ customer, journey, events: unheard.get(customer.id) ?? [] }] : [];
    });
  },
};
