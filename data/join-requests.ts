import { randomUUID } from 'node:crypto';
import { model, Schema, trusted } from 'mongoose';
import { CONFIRM_WITHIN_MS, confirmationRef, mayAsk, type Wish } from '../domain/joining.ts';
import { inCollection, isDuplicate } from './collection.ts';
import { persevere } from './persevere.ts';

/** Somebody asked to join, and has to confirm that the address is theirs. Kept until then, or until the link ends. */
export type JoinRequest = {
  /** `<key of the address>.<number>`: of two who ask at once with one address one asks in vain. */
  readonly id: string;
  readonly addressKey: string;
  /** Server's time, epoch milliseconds. */
  readonly askedAt: number;
  readonly state: 'waiting' | 'sent' | 'refused' | 'confirmed';
  /** Gone once it is confirmed. */
  readonly wish?: Asked;
};

/** What is asked for, and where. */
export type Asked = Wish & {
  readonly language: string;
  /** The page with the form, as far as it is known. */
  readonly where: string;
};

/** A request whose confirmation mail is to be sent by whoever leased it. */
export type LeasedRequest = JoinRequest & {
  readonly owner: string;
  readonly wish: Asked;
  /** How often the mail server put it off. */
  readonly failures: number;
  /** How often its mail may have left before. */
  readonly begun: number;
};

type JoinRequestDocument = Omit<JoinRequest, 'id' | 'askedAt'> & {
  readonly _id: string;
  readonly askedAt: Date;
  readonly failures: number;
  /** How often the message began to leave: twice at most, the second after an unknown fate. */
  readonly begun: number;
  /** When it is tried next; of a leased one, when its lease ends. */
  readonly nextAt: Date;
  readonly owner?: string;
  /** `confirmationRef`: by it a mail that comes back is found. */
  readonly ref?: string;
  /** How often something was told of its mail. */
  readonly reports?: number;
  /** Its link was used, so its mail is there, whatever is told of it. */
  readonly arrived?: true;
  /** MongoDB removes it then. */
  readonly removeAt: Date;
};

const joinRequestSchema = new Schema<JoinRequestDocument>(
  {
    _id: String,
    addressKey: { type: String, required: true },
    askedAt: { type: Date, required: true },
    state: { type: String, required: true },
    wish: Schema.Types.Mixed,
    failures: { type: Number, required: true },
    begun: { type: Number, required: true },
    nextAt: { type: Date, required: true },
    owner: String,
    ref: String,
    reports: Number,
    arrived: Boolean,
    removeAt: { type: Date, required: true },
  },
  inCollection('joinRequests'),
)
  .index({ removeAt: 1 }, { expireAfterSeconds: 0 })
  .index({ ref: 1 })
  .index({ nextAt: 1 }, { partialFilterExpression: { state: 'waiting' } });

export const JoinRequestModel = model('JoinRequest', joinRequestSchema);

/** A little longer than the link works, so that its last minute still counts. */
const KEPT_MS = CONFIRM_WITHIN_MS + 3_600_000;
/** As many as the daily limit looks back. */
const LOOKED_AT = 3;
const MOST_BEGUN = 2;

/** Who asked to join; also the outbox of confirmation mails. */
export const joinRequests = {
  /**
   * Keeps a request, and so has its confirmation mail sent; not more often than an address should be written to.
   *
   * @returns false when this address was asked already: nothing is kept, nothing is sent
   */
  async ask(addressKey: string, wish: Asked, now: number): Promise<boolean> {
    const ofAddress = trusted({ $gt: `${addressKey}.`, $lt: `${addressKey}/` }); // all that begin with `<key>.`
    const earlier = await JoinRequestModel.find({ _id: ofAddress }, { askedAt: 1 })
      .sort({ _id: -1 })
      .limit(LOOKED_AT)
      .lean();
    const asked = earlier.map(({ askedAt }) => askedAt.getTime());
    if (!mayAsk(asked, now)) return false;
    return insert(nextId(addressKey, earlier[0]?._id), { addressKey, wish, now });
  },

  async find(id: string): Promise<JoinRequest | undefined> {
    const kept = await JoinRequestModel.findById(id).lean();
    return kept ? toRequest(kept) : undefined;
  },

  /** Notes that it is confirmed, and forgets who it was: their event tells. */
  async confirm(id: string): Promise<void> {
    await JoinRequestModel.updateOne({ _id: id }, { $set: { state: 'confirmed' }, $unset: { wish: 1 } });
  },

  /** Takes a request whose mail is to be sent; nobody else gets it until the lease ends. */
  async lease(now: number, leaseMs: number): Promise<LeasedRequest | undefined> {
    const owner = randomUUID();
    const kept = await JoinRequestModel.findOneAndUpdate(
      { state: 'waiting', nextAt: trusted({ $lte: new Date(now) }) },
      { $set: { owner, nextAt: new Date(now + leaseMs) } },
      { sort: { nextAt: 1 }, returnDocument: 'after' },
    ).lean();
    if (!kept?.wish) return undefined;
    const { wish, failures, begun } = kept;
    return { ...toRequest(kept), wish, owner, failures, begun };
  },

  /**
   * Notes that the mail is about to leave.
   *
   * @returns false when it is another's now, was confirmed meanwhile, or has left twice: then nothing may leave
   */
  async begin({ id, owner }: Pick<LeasedRequest, 'id' | 'owner'>): Promise<boolean> {
    const mine = { _id: id, owner, state: 'waiting' as const, begun: trusted({ $lt: MOST_BEGUN }) };
    const { modifiedCount } = await JoinRequestModel.updateOne(mine, { $inc: { begun: 1 } });
    return modifiedCount === 1;
  },

  /** Settles a leased one for good. */
  async settle({ id, owner }: Pick<LeasedRequest, 'id' | 'owner'>, state: 'sent' | 'refused'): Promise<void> {
    const mine = { _id: id, owner, state: 'waiting' as const };
    await persevere(() => JoinRequestModel.updateOne(mine, { $set: { state } }));
  },

  /**
   * Gives a leased one back, to be tried again.
   *
   * @param mayHaveLeft whether the mail's fate is unknown; else this attempt does not count as one by which it left
   */
  async putOff({ id, owner, begun }: LeasedRequest, until: number, mayHaveLeft: boolean): Promise<void> {
    const set = { nextAt: new Date(until), ...(mayHaveLeft ? {} : { begun }) };
    const again = { $set: set, $inc: { failures: 1 }, $unset: { owner: 1 as const } };
    await JoinRequestModel.updateOne({ _id: id, owner, state: 'waiting' }, again);
  },
};

type Kept = { readonly addressKey: string; readonly wish: Asked; readonly now: number };

async function insert(_id: string, { addressKey, wish, now }: Kept): Promise<boolean> {
  const [askedAt, removeAt] = [new Date(now), new Date(now + KEPT_MS)];
  const untried = { state: 'waiting' as const, failures: 0, begun: 0, nextAt: askedAt };
  try {
    const ref = confirmationRef({ id: _id, askedAt: now });
    await JoinRequestModel.create({ _id, ref, addressKey, wish, askedAt, removeAt, ...untried });
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false; // another asked with this address just now
    throw error;
  }
}

/** Numbers have one width, so that they sort. */
function nextId(addressKey: string, last: string | undefined): string {
  const number = last ? Number(last.slice(addressKey.length + 1)) + 1 : 1;
  return `${addressKey}.${String(number).padStart(6, '0')}`;
}

function toRequest({ _id, addressKey, askedAt, state, wish }: JoinRequestDocument): JoinRequest {
  return { id: _id, addressKey, askedAt: askedAt.getTime(), state, ...(wish && { wish }) };
}
