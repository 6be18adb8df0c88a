import { randomBytes } from 'node:crypto';
import { model, Schema, trusted } from 'mongoose';
import { ulid } from 'ulid';
import type { WebhookEvent } from '../domain/webhook-message.ts';
import { inCollection } from './collection.ts';

/** Who wants to be told of what. */
type WebhookDocument = {
  readonly _id: string;
  readonly url: string;
  readonly events: readonly WebhookEvent[];
  /** They sign what is sent, the newest first; an older one until its end. */
  readonly secrets: readonly { readonly secret: string; readonly until?: Date }[];
  readonly createdAt: Date;
  /** Since when every attempt has failed. */
  readonly failingSince?: Date;
  readonly lastFailure?: string;
  /** Nothing is sent any more: it failed for days, or its receiver said that it is gone. */
  readonly disabledAt?: Date;
};

const webhookSchema = new Schema<WebhookDocument>(
  {
    _id: String,
    url: { type: String, required: true },
    events: { type: [String], required: true },
    secrets: { type: Schema.Types.Mixed, required: true },
    createdAt: { type: Date, required: true },
    failingSince: Date,
    lastFailure: String,
    disabledAt: Date,
  },
  inCollection('webhooks'),
);

export const WebhookModel = model('Webhook', webhookSchema);

/** Without its secrets. */
export type Webhook = Omit<WebhookDocument, '_id' | 'secrets'> & { readonly id: string };

/** How long both secrets sign after a change. */
const BOTH_MS = 24 * 3_600_000;

export const webhooks = {
  /** Keeps a subscription; its secret is told this once. */
  async create(
    url: string,
    events: readonly WebhookEvent[],
    now: number,
  ): Promise<Webhook & { readonly secret: string }> {
    const secret = newSecret();
    const kept = { url, events, createdAt: new Date(now) };
    const id = ulid(now);
    await WebhookModel.create([{ _id: id, ...kept, secrets: [{ secret }] }]);
    return { id, ...kept, secret };
  },

  async list(): Promise<readonly Webhook[]> {
    const kept = await WebhookModel.find().sort({ _id: 1 }).lean();
    return kept.map(({ _id, secrets, ...webhook }) => ({ id: _id, ...webhook }));
  },

  /** Those that are told of something now. */
  async active(): Promise<readonly Webhook[]> {
    return (await webhooks.list()).filter(({ disabledAt }) => disabledAt === undefined);
  },

  /** Where to send, and what to sign with; nothing for one that is gone or disabled. */
  async target(
    id: string,
    now: number,
  ): Promise<{ readonly url: string; readonly secrets: readonly string[] } | undefined> {
    const kept = await WebhookModel.findById(id).lean();
    if (!kept || kept.disabledAt) return undefined;
    const valid = kept.secrets.filter(({ until }) => until === undefined || until.getTime() > now);
    return { url: kept.url, secrets: valid.map(({ secret }) => secret) };
  },

  /** Puts a new secret beside the old one, and sends to it again if it was disabled; undefined: there is none. */
  async renew(id: string, now: number): Promise<string | undefined> {
    const kept = await WebhookModel.findById(id).lean();
    const [current] = kept?.secrets ?? [];
    if (!kept || !current) return undefined;
    const secret = newSecret();
    const secrets = [{ secret }, { secret: current.secret, until: new Date(now + BOTH_MS) }];
    await WebhookModel.updateOne(
      { _id: id },
      { $set: { secrets }, $unset: { disabledAt: 1, failingSince: 1, lastFailure: 1 } },
    );
    return secret;
  },

  /** @returns whether there was one */
  async remove(id: string): Promise<boolean> {
    const { deletedCount } = await WebhookModel.deleteOne({ _id: id });
    return deletedCount === 1;
  },

  /** Notes that an attempt went well. */
  async went(id: string): Promise<void> {
    const failing = { _id: id, failingSince: trusted({ $exists: true }) };
    await WebhookModel.updateOne(failing, { $unset: { failingSince: 1, lastFailure: 1 } });
  },

  /** Notes that an attempt failed, and why, in words that tell nothing of anybody. */
  async failed(id: string, lastFailure: string, now: number): Promise<void> {
    await WebhookModel.updateOne({ _id: id }, { $set: { lastFailure } });
    const first = { _id: id, failingSince: trusted({ $exists: false }) };
    await WebhookModel.updateOne(first, { $set: { failingSince: new Date(now) } });
  },

  /** Sends nothing there any more, if nothing has gone well since `since`, epoch milliseconds. */
  async disable(id: string, since: number, now: number): Promise<boolean> {
    const failing = { _id: id, failingSince: trusted({ $lte: new Date(since) }) };
    const { modifiedCount } = await WebhookModel.updateOne(failing, { $set: { disabledAt: new Date(now) } });
    return modifiedCount === 1;
  },
};

/** What was found when it was last looked whether there is any subscriber. */
let looked = { at: -Infinity, found: false };
const LOOK_AGAIN_MS = 1_000;

/** Whether anyone is told of anything: where nobody is, nothing need be marked for it. At most a second old. */
export async function isAnyoneTold(): Promise<boolean> {
  const now = performance.now();
  if (now - looked.at > LOOK_AGAIN_MS) {
    const found = await WebhookModel.exists({ disabledAt: trusted({ $exists: false }) });
    looked = { at: now, found: found !== null };
  }
  return looked.found;
}

function newSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}
