import { trusted } from 'mongoose';
import { messagesOf, stopMessage, type WebhookMessage } from '../domain/webhook-message.ts';
import { DecisionModel } from './decisions.ts';
import { EventModel } from './event-document.ts';
import { SendingModel } from './sending.ts';

/** What happened and others may want to be told; `done` says that it was put on its way. */
export type Announcement = {
  readonly messages: readonly WebhookMessage[];
  readonly done: () => Promise<void>;
};

/**
 * What is to be told and was not: marked in the write that caused it, so that nothing is told that did not happen, and
 * nothing that happened goes untold.
 */
export const announcements = {
  async next(limit: number): Promise<Announcement | undefined> {
    const marked = { untold: trusted({ $exists: true }) };
    const [decisions, events, stop] = await Promise.all([
      DecisionModel.find(marked).limit(limit).lean(),
      EventModel.find(marked).limit(limit).lean(),
      SendingModel.findOne({ 'untold.0': trusted({ $exists: true }) }).lean(),
    ]);
    const { untold: stops = [] } = stop ?? {};
    if (decisions.length + events.length + stops.length === 0) return undefined;
    const consents = events.map(({ _id, customerId, at, untold }): WebhookMessage => {
      const data = { customerId, consents: untold ?? {} };
      return { id: `consent/${_id}`, type: 'consent.changed', at: at.getTime(), data };
    });
    const messages = [
      ...decisions.flatMap((decision) => messagesOf(decision)),
      ...consents,
      ...stops.map(({ trip, at }) => stopMessage(trip, at)),
    ];
    const done = async () => {
      await Promise.all([
        // one that was decided anew meanwhile has another mark, and is told again: each part of it once
        ...decisions.map(({ _id, untold = '' }) => DecisionModel.updateOne({ _id, untold }, UNMARKED)),
        ...stops.map((one) => SendingModel.updateOne({}, { $pull: { untold: { at: one.at } } })),
        EventModel.updateMany({ _id: trusted({ $in: events.map(({ _id }) => _id) }) }, UNMARKED),
      ]);
    };
    return { messages, done };
  },
};

const UNMARKED = { $unset: { untold: 1 } } as const;
