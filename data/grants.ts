import { type ClientSession, type QueryFilter, trusted } from 'mongoose';
import type { Grant, GrantStatus } from '../domain/grant.ts';
import { spendingOf } from './budgets.ts';
import { isDuplicate } from './collection.ts';
import { type GrantDocument, GrantModel, toGrant } from './grant-document.ts';
import { createTurns } from './in-turn.ts';
import { idsOf } from './merged-ids.ts';
import { persevere } from './persevere.ts';
import { releaseGrant } from './release-grant.ts';
import { type GrantRequest, Refused, type Reservation, reserve } from './reserve.ts';
import { inTransaction } from './transaction.ts';
import type { Mark } from './unsettled-sends.ts';

/** Which grants are asked for; `after`: only those behind this one. */
type Wanted = {
  readonly [Field in 'surprise' | 'touch' | 'code']?: string | undefined;
} & { readonly status?: GrantStatus | undefined; readonly after?: Mark | undefined };

/** How often it is tried while others give out of the same budget, or make the same code, at the same moment. */
const MOST_ATTEMPTS = 10;

const inTurn = createTurns();

/** Who got what, out of which budget: never more than there is, and each cause one grant (design §8). */
export const grants = {
  /**
   * Takes a grant out of its budget: pending, where a mail is to tell of it, else the customer's at once.
   *
   * Asked again under the same id it answers the grant that stands; one that was given back is taken anew.
   */
  async give(request: GrantRequest): Promise<Reservation> {
    const { budget } = spendingOf(request.surprise, request);
    return inTurn([budget, request.surprise.pool ?? budget], () => untilGiven(request));
  },

  /**
   * Gives a grant without a mail of its own, within a transaction of what it is given for: both or neither.
   *
   * @throws Refused when there is none to give: the whole transaction is to be given up
   */
  async giveIn(session: ClientSession, request: Omit<GrantRequest, 'mail'>): Promise<Grant> {
    return reserve(request, session);
  },

  /**
   * Makes the last check of a mail that tells of a grant, when the ledger has it leaving: it is still there, and ours.
   *
   * @returns false when it was given back meanwhile: then nothing may leave
   */
  async isOurs(id: string, owner: string): Promise<boolean> {
    const pending = { _id: id, status: 'pending', owner } as const;
    const { modifiedCount } = await GrantModel.updateOne(pending, { $inc: { version: 1 } });
    if (modifiedCount === 1) return true;
    const theirs = { _id: id, status: trusted({ $in: ['confirmed', 'redeemed'] as const }) };
    return (await GrantModel.exists(theirs)) !== null; // a mail that is sent again
  },

  /** The mail has left, or may have: the grant is the customer's. Again, it changes nothing. */
  async confirm(id: string, at: number): Promise<void> {
    const told = {
      $set: { status: 'confirmed', confirmedAt: at, told: true },
      $unset: { owner: 1, leaseUntil: 1 },
    } as const;
    await persevere(() => GrantModel.updateOne({ _id: id, status: 'pending' }, told));
  },

  /**
   * Nobody heard of it: the budget has its part back, and the pool its code. Again, it changes nothing.
   *
   * @param owner the claim whose mail did not leave; absent: whoever's
   */
  async release(id: string, at: number, owner?: string): Promise<void> {
    const pending = { _id: id, status: 'pending', ...(owner !== undefined && { owner }) } as const;
    await persevere(() => inTransaction((session) => releaseGrant(session, pending, at)));
  },

  /**
   * Grants, the latest first; of a page, one after the other.
   *
   * @param now by which those asked for by their status have expired, epoch milliseconds
   */
  async list({ after, status, ...wanted }: Wanted, limit: number, now: number): Promise<readonly Grant[]> {
    const fields = Object.entries(wanted).filter(([, value]) => value !== undefined);
    const earlier = after && {
      $or: [
        { reservedAt: trusted({ $lt: after.at }) },
        { reservedAt: after.at, _id: trusted({ $lt: after.key }) },
      ],
    };
    const kept = await GrantModel.find({
      ...Object.fromEntries(fields),
      ...standing(status, now),
      ...earlier,
    })
      .sort({ reservedAt: -1, _id: -1 })
      .limit(limit)
      .lean();
    return kept.map(toGrant);
  },

  async byId(id: string): Promise<Grant | undefined> {
    const kept = await GrantModel.findById(id).lean();
    return kept ? toGrant(kept) : undefined;
  },

  /** A customer's grants, and those of whoever became them, the latest first. */
  async ofCustomer(customerId: string): Promise<readonly Grant[]> {
    const theirs = { customerId: trusted({ $in: [...(await idsOf(customerId))] }) };
    const kept = await GrantModel.find(theirs).sort({ reservedAt: -1, _id: -1 }).lean();
    return kept.map(toGrant);
  },
};

/** Grants that stand so at a moment: nobody notes that one has expired (`domain/grant.ts`). */
function standing(status: GrantStatus | undefined, now: number): QueryFilter<GrantDocument> {
  const over = { code: trusted({ $exists: true }), expiresAt: trusted({ $lte: now }) };
  switch (status) {
    case undefined:
      return {};
    case 'confirmed':
      return { status, $nor: [over] };
    case 'expired':
      return { status: 'confirmed', ...over };
    case 'pending':
    case 'released':
    case 'redeemed':
      return { status };
  }
}

/** Tries again while others win. */
async function untilGiven(request: GrantRequest): Promise<Reservation> {
  for (let attempt = 1; attempt < MOST_ATTEMPTS; attempt += 1) {
    const reservation = await reservedNow(request);
    if (reservation) return reservation;
  }
  throw new Error('the same grant is asked for too often at once; try again');
}

/** Does it, or answers nothing where it would have been done twice. */
async function reservedNow(request: GrantRequest): Promise<Reservation | undefined> {
  try {
    const grant = await inTransaction((session) => reserve(request, session));
    return { kind: 'reserved', grant };
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    if (isDuplicate(error)) return undefined;
    throw error;
  }
}
