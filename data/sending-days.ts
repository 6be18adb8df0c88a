import { createHash } from 'node:crypto';
import { model, Schema, trusted } from 'mongoose';
import { stableShare } from '../domain/hash.ts';
import { inCollection, isDuplicate } from './collection.ts';
import { warmSince } from './sending-domains.ts';

/** A part of a day's turns, `_id` `<domain>/<day>/<part>`: a full part is full for ever, whoever asks at once. */
type SendingDayDocument = {
  readonly _id: string;
  readonly domain: string;
  /** The shop's calendar day, as days since 1970-01-01. */
  readonly day: number;
  readonly part: number;
  readonly taken: number;
  /** The sends that took a turn, as hashes of their keys. */
  readonly sends: readonly string[];
};

const sendingDaySchema = new Schema<SendingDayDocument>(
  {
    _id: String,
    domain: { type: String, required: true },
    day: { type: Number, required: true },
    part: { type: Number, required: true },
    taken: { type: Number, required: true },
    sends: { type: [String], required: true },
  },
  inCollection('sendingDays'),
)
  .index({ domain: 1, day: 1 })
  .index({ sends: 1 });

export const SendingDayModel = model('SendingDay', sendingDaySchema);

/** Turns in one part: many small ones, so that few ask for the same at once. */
const TURNS_PER_PART = 100;
const MOST_PARTS = 64;

type Turn = { readonly domain: string; readonly day: number; readonly key: string };

/** How many mails left on each day of a warm-up: never more than allowed, and each send counts once. */
export const sendingDays = {
  since: warmSince,

  /**
   * Takes a turn: an update of one part names the room it has, so no two can take the last. A send that has one keeps
   * it. Two attempts of one send at the very same time may take two: one mail too few, never one too many.
   */
  async take(turn: Turn, allowance: number): Promise<boolean> {
    const { domain, day } = turn;
    if (await SendingDayModel.exists({ domain, day, sends: hashOf(turn.key) })) return true;

    const taken = await SendingDayModel.find({ domain, day }, { part: 1, taken: 1 }).lean();
    const inPart = new Map(taken.map((one) => [one.part, one.taken]));
    for (const part of partsFrom(turn, allowance)) {
      const room = roomIn(part, allowance);
      if ((inPart.get(part) ?? 0) < room && (await takeIn(part, room, turn))) return true;
    }
    return false;
  },

  /** Counts a mail that leaves, room or none. */
  async count(turn: Turn, allowance: number): Promise<void> {
    if (await sendingDays.take(turn, allowance)) return;
    const [part = 0] = partsFrom(turn, allowance);
    await takeIn(part, Infinity, turn);
  },

  /** Gives back the turns of a send that did not leave. */
  async giveBack(key: string): Promise<void> {
    const send = hashOf(key);
    await SendingDayModel.updateMany({ sends: send }, { $pull: { sends: send }, $inc: { taken: -1 } });
  },

  /** How many turns of a day are taken. */
  async takenOn(domain: string, day: number): Promise<number> {
    const parts = await SendingDayModel.find({ domain, day }, { taken: 1 }).lean();
    return parts.reduce((sum, { taken }) => sum + taken, 0);
  },
};

/** Takes a turn in a part; false where it is full, or another has just made it. */
async function takeIn(part: number, room: number, { domain, day, key }: Turn): Promise<boolean> {
  const send = hashOf(key);
  const _id = `${domain}/${day}/${part}`;
  const free = { _id, sends: trusted({ $ne: send }), taken: trusted({ $lt: room }) };
  const taking = { $push: { sends: send }, $inc: { taken: 1 }, $setOnInsert: { domain, day, part } };
  try {
    const { modifiedCount, upsertedCount } = await SendingDayModel.updateOne(free, taking, { upsert: true });
    return modifiedCount + upsertedCount === 1;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    const again = await SendingDayModel.updateOne(free, taking);
    return again.modifiedCount === 1 || (await SendingDayModel.exists({ _id, sends: send })) !== null;
  }
}

/** The parts of a day, beginning with the one that a send tries first. */
function partsFrom({ key }: Turn, allowance: number): readonly number[] {
  const parts = Math.min(Math.ceil(allowance / TURNS_PER_PART), MOST_PARTS);
  const first = Math.floor(stableShare('part', key) * parts);
  return Array.from({ length: parts }, (_, i) => (first + i) % parts);
}

function roomIn(part: number, allowance: number): number {
  const parts = Math.min(Math.ceil(allowance / TURNS_PER_PART), MOST_PARTS);
  return Math.floor(allowance / parts) + (part < allowance % parts ? 1 : 0);
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, 16);
}
