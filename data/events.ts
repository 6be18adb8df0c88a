import { trusted } from 'mongoose';
import type { StoredEvent } from '../domain/event.ts';
import { EventModel } from './event-document.ts';
import { toEvent } from './kept-event.ts';

/** A customer's events with numbers above `after` up to and with `upTo`. */
type Range = { readonly customerId: string; readonly after: number; readonly upTo: number };

export const events = {
  /** A customer's events with numbers above `after` up to and with `upTo`, in order. */
  async between(customerId: string, after: number, upTo: number): Promise<readonly StoredEvent[]> {
    const kept = await EventModel.find({ customerId, n: trusted({ $gt: after, $lte: upTo }) })
      .sort({ n: 1 })
      .lean();
    return kept.map(toEvent);
  },

  /** The events of several customers at once, each as `between` gives them, by customer. */
  async unheard(ranges: readonly Range[]): Promise<ReadonlyMap<string, readonly StoredEvent[]>> {
    const asked = ranges.filter(({ after, upTo }) => upTo > after);
    if (asked.length === 0) return new Map();
    const of = asked.map(({ customerId, after, upTo }) => ({
      customerId,
      n: trusted({ $gt: after, $lte: upTo }),
    }));
    const kept = await EventModel.find({ $or: of }).sort({ customerId: 1, n: 1 }).lean();
    return Map.groupBy(kept.map(toEvent), ({ customerId }) => customerId);
  },

  /**
   * A customer's last events by when they happened, newest first.
   *
   * @param before epoch milliseconds; only those that happened earlier
   */
  async latest(customerId: string, limit: number, before?: number): Promise<readonly StoredEvent[]> {
    const earlier = before === undefined ? {} : { at: trusted({ $lt: new Date(before) }) };
    const kept = await EventModel.find({ customerId, ...earlier })
      .sort({ at: -1, n: -1 })
      .limit(limit)
      .lean();
    return kept.map(toEvent);
  },

  /** @param id the event's identity, `source/id` */
  async byId(id: string): Promise<StoredEvent | undefined> {
    const kept = await EventModel.findById(id).lean();
    return kept ? toEvent(kept) : undefined;
  },
};
