import { model, Schema, trusted } from 'mongoose';
import { forgetAsksBefore } from '../domain/ask-cap.ts';
import type { Customer, Place } from '../domain/customer.ts';
import { inCollection } from './collection.ts';

/** A customer as kept: as the rules see them, and what only the data layer knows. */
export type CustomerDocument = Omit<Customer, 'id' | 'externalIds'> & {
  readonly _id: string;
  /** Absent rather than empty: a unique index takes two empty lists for the same. */
  readonly externalIds?: readonly string[];
  /** Their workflow has not been told of all events yet. */
  readonly undelivered?: true;
  /** What is undelivered is history only: others' news is told first. */
  readonly background?: true;
  /** The number of the last event their workflow was told of. */
  readonly relayed?: number;
  /** Whose turn it is to tell; without a token nobody's: the last to try gave it back. */
  readonly relayLease?: { readonly token?: string; readonly until: Date };
  /** The moment of the decision whose snapshot `journey` is, epoch milliseconds. */
  readonly decidedAt?: number;
  /** The last playbook version at whose publishing their journey was to wake. */
  readonly wokenBy?: number;
};

const customerSchema = new Schema<CustomerDocument>(
  {
    _id: String,
    n: { type: Number, required: true },
    externalIds: { type: [String], default: undefined },
    emailKey: String,
    known: { type: Schema.Types.Mixed, required: true },
    contact: { type: Schema.Types.Mixed, required: true },
    membership: Schema.Types.Mixed,
    suppressed: String,
    mergedInto: String,
    erased: Boolean,
    journey: Schema.Types.Mixed,
    undelivered: Boolean,
    background: Boolean,
    relayed: Number,
    relayLease: Schema.Types.Mixed,
    decidedAt: Number,
    wokenBy: Number,
  },
  inCollection('customers'),
)
  .index({ externalIds: 1 }, { unique: true, sparse: true })
  .index({ emailKey: 1 }, { unique: true, sparse: true })
  .index({ 'journey.stopped': 1, _id: 1 }, { partialFilterExpression: { 'journey.stopped': true } })
  .index({ 'journey.agenda.touch': 1, _id: 1 }, { partialFilterExpression: { 'journey.stopped': true } })
  .index({ mergedInto: 1 }, { sparse: true })
  .index({ 'known.createdAt': 1 })
  .index(
    { 'known.metThrough.channel': 1, _id: 1 },
    { partialFilterExpression: { 'known.metThrough.channel': { $exists: true } } },
  )
  .index(
    { undelivered: 1, background: 1, 'relayLease.until': 1 },
    { partialFilterExpression: { undelivered: true } },
  )
  .index({ wokenBy: 1, 'journey.playbook': 1 }, { partialFilterExpression: { wokenBy: { $exists: true } } });

export const CustomerModel = model('Customer', customerSchema);

/** The customer as the rules see them. */
export function toCustomer(kept: CustomerDocument): Customer {
  const { _id, externalIds, undelivered, background, relayed, relayLease, decidedAt, wokenBy, ...customer } =
    kept;
  return { id: _id, externalIds: externalIds ?? [], ...customer };
}

/** The update that frees a send's place. */
export function placeFreed(key: string) {
  return { $pull: { 'contact.places': { key } }, $inc: { 'contact.version': 1 } };
}

/** What a decision rests on: the facts' number, the version of the contact log, and why the address is suppressed. */
export type Seen = {
  readonly n: number;
  readonly version: number;
  readonly suppressed?: string | undefined;
};

const ABSENT = trusted({ $exists: false });

/** The conditional update that takes a place, and on what condition; see `customers.takePlace`. */
export function placeTaken(id: string, seen: Seen, place: Place, forgetBefore: number) {
  const unchanged = { _id: id, n: seen.n, 'contact.version': seen.version };
  const welcome = { suppressed: seen.suppressed ?? ABSENT, mergedInto: ABSENT, erased: ABSENT };
  const oldest = { $cond: ['$$place.asks', forgetAsksBefore(forgetBefore), forgetBefore] };
  const stays = {
    $and: [{ $ne: ['$$place.key', { $literal: place.key }] }, { $gte: ['$$place.due', oldest] }],
  };
  const others = { $filter: { input: '$contact.places', as: 'place', cond: stays } };
  const contact = {
    version: seen.version + 1,
    places: { $concatArrays: [others, [{ $literal: place }]] },
  };
  return { where: { ...unchanged, ...welcome }, taken: [{ $set: { contact } }] };
}
