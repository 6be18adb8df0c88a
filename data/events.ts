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

  /** A customer's last events, newest first; those numbered below `before`, if that is given. */
  async latest(customerId: string, limit: number, before = Infinity): Promise<readonly StoredEvent[]> {
    const kept = await EventModel.find({ customerId, n: trusted({ $lt: before }) })
      .sort({ n: -1 })
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
