import { trusted } from 'mongoose';
import type { StoredEvent } from '../domain/event.ts';
import { EventModel, toEvent } from './event-document.ts';

export const events = {
  /** A customer's events with numbers above `after` up to and with `upTo`, in order. */
  async between(customerId: string, after: number, upTo: number): Promise<readonly StoredEvent[]> {
    const kept = await EventModel.find({ customerId, n: trusted({ $gt: after, $lte: upTo }) })
      .sort({ n: 1 })
      .lean();
    return kept.map(toEvent);
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
