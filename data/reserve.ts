import { randomInt } from 'node:crypto';
import { type ClientSession, trusted } from 'mongoose';
import type { Asking } from '../domain/budget.ts';
import { GIVEN, type Grant, isGiven } from '../domain/grant.ts';
import { isTooMany } from '../domain/grant-limits.ts';
import { addSpan } from '../domain/span.ts';
import { hasCode, type Surprise } from '../domain/surprise.ts';
import { spend, spendingOf } from './budgets.ts';
import { draw } from './coupon-codes.ts';
import { CustomerModel } from './customer-document.ts';
import { type GrantDocument, GrantModel, toGrant } from './grant-document.ts';
import { warnOfStock } from './stock-warnings.ts';

/** What is asked for, for whom, and why. */
export type GrantRequest = Asking &
  Pick<Grant, 'id' | 'customerId' | 'touch' | 'occasion' | 'because'> & {
    readonly surprise: Surprise;
    /** Whose mail is to tell of it, and how long that may take; absent: it is the customer's at once. */
    readonly mail?: { readonly owner: string; readonly leaseUntil: Date };
  };

/** Why nothing is given: nothing left to give, no code left, the customer had it, or is gone. */
export type GrantRefusal =
  | { readonly kind: 'refused'; readonly reason: 'budget' | 'stock' | 'limit' | 'gone' }
  | { readonly kind: 'later'; readonly until: number };

export type Reservation = { readonly kind: 'reserved'; readonly grant: Grant } | GrantRefusal;

/** Thrown within the transaction to take back what was spent before the refusal showed. */
export class Refused extends Error {
  readonly refusal: GrantRefusal;

  constructor(refusal: GrantRefusal) {
    super(refusal.kind);
    this.refusal = refusal;
  }
}

/**
 * Takes a grant out of its budget and its pool, and keeps it: all of it, or nothing. A grant that stands is answered.
 *
 * @throws Refused when there is none to give; a duplicate key error where another was quicker: try again
 */
export async function reserve(request: GrantRequest, session: ClientSession): Promise<Grant> {
  const earlier = await GrantModel.findById(request.id).session(session).lean();
  if (earlier && isGiven(earlier)) return takenUp(earlier, request, session);

  await refuseTheGone(request, session);
  await refuseTooMany(request, session);
  const spending = spendingOf(request.surprise, request);
  const verdict = await spend(request.surprise, spending, request.zone, session);
  if (verdict.kind === 'later') throw new Refused(verdict);
  if (verdict.kind === 'spent') throw new Refused({ kind: 'refused', reason: 'budget' });

  const { budget, cost } = spending;
  const code = earlier?.code ?? (await codeFor(request, session)); // one that may have been seen stays theirs
  const grant: GrantDocument = {
    ...{ ...grantOf(request), budget, cost, version: (earlier?.version ?? 0) + 1 },
    ...(code !== undefined && { code }),
    ...(earlier?.told && { told: true }),
  };
  await (earlier
    ? GrantModel.replaceOne({ _id: grant._id }, grant, { session })
    : GrantModel.create([grant], { session }));
  return toGrant(grant);
}

/** One that an attempt left behind is the next attempt's; one that was told of stays as it is. */
async function takenUp(
  earlier: GrantDocument,
  { mail }: GrantRequest,
  session: ClientSession,
): Promise<Grant> {
  if (earlier.status === 'pending' && mail)
    await GrantModel.updateOne({ _id: earlier._id }, { $set: mail, $inc: { version: 1 } }, { session });
  return toGrant(earlier);
}

async function refuseTheGone({ customerId }: GrantRequest, session: ClientSession): Promise<void> {
  const absent = trusted({ $exists: false });
  const living = { _id: customerId, erased: absent, mergedInto: absent };
  if (!(await CustomerModel.exists(living).session(session))) throw new Refused(refused('gone'));
}

/** What the customer has had already, of whatever touch. */
async function refuseTooMany(request: GrantRequest, session: ClientSession): Promise<void> {
  const { id, customerId, surprise, at, zone } = request;
  if (surprise.oncePer === undefined && surprise.most === undefined) return;
  const had = await GrantModel.find({
    ...{ customerId, surprise: surprise.name, _id: trusted({ $ne: id }) },
    status: trusted({ $in: [...GIVEN] }),
  })
    .session(session)
    .lean();
  const given = had.map(({ reservedAt }) => reservedAt);
  if (isTooMany(surprise, given, at, zone)) throw new Refused(refused('limit'));
}

function refused(reason: Extract<GrantRefusal, { kind: 'refused' }>['reason']): GrantRefusal {
  return { kind: 'refused', reason };
}

async function codeFor(
  { id, surprise, at }: GrantRequest,
  session: ClientSession,
): Promise<string | undefined> {
  if (surprise.pool === undefined) return hasCode(surprise) ? aCode() : undefined;
  const drawn = await draw(surprise.pool, id, session);
  if (!drawn) throw new Refused(refused('stock'));
  await warnOfStock(drawn.pool, at, session);
  return drawn.code;
}

/** Letters and digits that nobody takes for another. */
const ALPHABET = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';
const GROUPS = 3;
const GROUP = 4;

/** A code that cannot be guessed: 58 bits, in groups that can be read out. */
function aCode(): string {
  const letter = () => ALPHABET[randomInt(ALPHABET.length)] ?? '';
  return Array.from({ length: GROUPS }, () => Array.from({ length: GROUP }, letter).join('')).join('-');
}

function grantOf(request: GrantRequest): Omit<GrantDocument, 'budget' | 'cost' | 'version'> {
  const { id, customerId, surprise, touch, occasion, because, at, zone, mail } = request;
  const { name, kind, title, value, pool, expires } = surprise;
  return {
    ...{ _id: id, customerId, surprise: name, kind, reservedAt: at },
    ...(mail ? { status: 'pending', ...mail } : { status: 'confirmed', confirmedAt: at }),
    ...(title && { title }),
    ...(value && { value: value.amount, currency: value.currency }),
    ...(pool !== undefined && { pool }),
    ...(touch !== undefined && { touch }),
    ...(occasion !== undefined && { occasion }),
    ...(because !== undefined && { because }),
    ...(expires && { expiresAt: addSpan(at, expires, zone) }),
  };
}
