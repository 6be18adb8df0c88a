import { randomUUID } from 'node:crypto';
import { model, Schema, trusted } from 'mongoose';
import type { WebhookMessage } from '../domain/webhook-message.ts';
import { inCollection, isDuplicate } from './collection.ts';

/** One message on its way to one subscriber. */
type WebhookMessageDocument = {
  /** `<subscriber>/<what it tells>`: MongoDB itself keeps it from being told twice. */
  readonly _id: string;
  readonly webhookId: string;
  readonly type: string;
  /** Whom it is about. */
  readonly customerId?: string;
  /** Exactly what is sent, at each attempt. */
  readonly body: string;
  readonly attempts: number;
  /** When it is to be tried; absent: no more. */
  readonly dueAt?: Date;
  readonly leaseToken?: string;
  readonly deliveredAt?: Date;
  readonly givenUpAt?: Date;
  /** Then it is forgotten. */
  readonly forgetAt: Date;
};

const webhookMessageSchema = new Schema<WebhookMessageDocument>(
  {
    _id: String,
    webhookId: { type: String, required: true },
    type: { type: String, required: true },
    customerId: String,
    body: { type: String, required: true },
    attempts: { type: Number, required: true },
    dueAt: Date,
    leaseToken: String,
    deliveredAt: Date,
    givenUpAt: Date,
    forgetAt: { type: Date, required: true },
  },
  inCollection('webhookMessages'),
)
  .index({ dueAt: 1, webhookId: 1 }, { partialFilterExpression: { dueAt: { $exists: true } } })
  .index({ customerId: 1 }, { sparse: true })
  .index({ forgetAt: 1 }, { expireAfterSeconds: 0 });

export const WebhookMessageModel = model('WebhookMessage', webhookMessageSchema);

/** A message that is this process's to send now. */
export type LeasedMessage = Pick<WebhookMessageDocument, 'webhookId' | 'type' | 'body' | 'attempts'> & {
  readonly id: string;
  readonly token: string;
};

/** Longer than any schedule of attempts. */
const KEPT_MS = 30 * 86_400_000;

export const webhookMessages = {
  /** Puts a message on its way to each subscriber of its type; one that is on its way already stays as it is. */
  async add(
    messages: readonly WebhookMessage[],
    subscribers: readonly Subscriber[],
    now: number,
  ): Promise<void> {
    const rows = messages.flatMap((message) =>
      subscribers
        .filter(({ events }) => events.includes(message.type))
        .map(({ id }) => rowOf(id, message, now)),
    );
    if (rows.length === 0) return;
    try {
      await WebhookMessageModel.insertMany(rows, { ordered: false });
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
  },

  /**
   * Takes a message that is due; no other process gets it until the lease ends.
   *
   * @param busy subscribers whose messages are left for later
   */
  async lease(leaseMs: number, now: number, busy: readonly string[]): Promise<LeasedMessage | undefined> {
    const token = randomUUID();
    const due = { dueAt: trusted({ $lte: new Date(now) }), webhookId: trusted({ $nin: [...busy] }) };
    const leased = { $set: { leaseToken: token, dueAt: new Date(now + leaseMs) } };
    const kept = await WebhookMessageModel.findOneAndUpdate(due, leased, { sort: { dueAt: 1 } }).lean();
    if (!kept) return undefined;
    const { _id: id, webhookId, type, body, attempts } = kept;
    return { id, token, webhookId, type, body, attempts };
  },

  /** Notes that it arrived. */
  async delivered({ id, token }: LeasedMessage, now: number): Promise<void> {
    const done = {
      $set: { deliveredAt: new Date(now) },
      $inc: { attempts: 1 },
      $unset: { dueAt: 1 as const },
    };
    await WebhookMessageModel.updateOne({ _id: id, leaseToken: token }, done);
  },

  /** Puts it off. */
  async again({ id, token }: LeasedMessage, at: number): Promise<void> {
    const later = { $set: { dueAt: new Date(at) }, $inc: { attempts: 1 } };
    await WebhookMessageModel.updateOne({ _id: id, leaseToken: token }, later);
  },

  /** Tries it no more. */
  async giveUp({ id, token }: LeasedMessage, now: number): Promise<void> {
    const done = { $set: { givenUpAt: new Date(now) }, $unset: { dueAt: 1 as const } };
    await WebhookMessageModel.updateOne({ _id: id, leaseToken: token }, done);
  },
};

type Subscriber = { readonly id: string; readonly events: readonly string[] };

function rowOf(
  webhookId: string,
  { id, type, at, data }: WebhookMessage,
  now: number,
): WebhookMessageDocument {
  const body = JSON.stringify({ type, timestamp: new Date(at).toISOString(), data });
  const times = { dueAt: new Date(now), forgetAt: new Date(now + KEPT_MS) };
  const { customerId } = data;
  const whom = typeof customerId === 'string' ? { customerId } : {};
  return { _id: `${webhookId}/${id}`, webhookId, type, ...whom, body, attempts: 0, ...times };
}
