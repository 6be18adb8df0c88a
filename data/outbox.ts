import { randomUUID } from 'node:crypto';
import { trusted } from 'mongoose';
import type { Delivery } from '../domain/journey.ts';
import type { Phase } from '../domain/phases.ts';
import { type CustomerDocument, CustomerModel } from './customer-document.ts';
import { EventModel } from './event-document.ts';

/** What one customer's workflow has not been told yet. */
export type HandOver = Delivery & {
  readonly customerId: string;
  /** The number of the last event it was told of. */
  readonly from: number;
  /** The phase of the stored journey; absent before its first decision. */
  readonly phase?: Phase;
  readonly erased: boolean;
  readonly mergedInto?: string;
  /** Something of theirs waits for mail to be started: they are to be woken without an event. */
  readonly waits?: true;
  /** The last version of the playbook that was to wake it. */
  readonly wokenBy?: number;
  /** Whether it has not been decided on by that version yet: then it is told, though nothing happened. */
  readonly wakes: boolean;
};

/** Most events named in one hand-over, the newest: all are read from MongoDB, their names are only the wake-up. */
const MOST_EVENTS = 500;

/**
 * What is on its way to Temporal. It is kept with the customer: a flag, set in the transaction that gives an event
 * its number, so that order per customer needs no care, and nothing is handed over that was not stored.
 */
export const outbox = {
  /**
   * Takes customers whose events are undelivered; no other relay gets them until the lease ends.
   *
   * @param now the server's time, epoch milliseconds
   */
  lease(limit: number, leaseMs: number, now: number): Promise<readonly HandOver[]> {
    return leaseOf({ background: ABSENT }, limit, leaseMs, now);
  },

  /** As `lease`, of customers of whom history alone is undelivered. */
  leaseBackground(limit: number, leaseMs: number, now: number): Promise<readonly HandOver[]> {
    return leaseOf({ background: true }, limit, leaseMs, now);
  },

  /** How many of these customers' journeys have not heard all that their workflow was told. */
  async unheard(customerIds: readonly string[]): Promise<number> {
    const ids = trusted({ $in: [...customerIds] });
    const told: readonly Pick<CustomerDocument, 'relayed' | 'journey'>[] = await CustomerModel.find(
      { _id: ids },
      { relayed: 1, 'journey.heard': 1 },
    ).lean();
    return told.filter(({ relayed = 0, journey }) => (journey?.heard ?? 0) < relayed).length;
  },

  /**
   * Notes that Temporal has a customer's events up to a number. What came meanwhile stays undelivered: an event, or
   * a newer version of the playbook.
   */
  async delivered({ customerId, upTo, wokenBy }: Delivered): Promise<void> {
    const all = { $set: { relayed: upTo }, $unset: { undelivered: 1, background: 1, relayLease: 1 } };
    const seen = { _id: customerId, n: upTo, wokenBy: wokenBy ?? ABSENT };
    const { matchedCount } = await CustomerModel.updateOne(seen, all);
    if (matchedCount === 1) return;
    const some = { $max: { relayed: upTo }, $unset: { relayLease: 1 } };
    await CustomerModel.updateOne({ _id: customerId }, some);
  },

  /** Gives a leased customer back undelivered: it is their turn again after all who were not tried since. */
  async release(customerId: string): Promise<void> {
    const tried = { _id: customerId, relayLease: trusted({ $exists: true }) };
    await CustomerModel.updateOne(tried, { $unset: { 'relayLease.token': 1 } });
  },
};

async function leaseOf(
  which: { readonly background: true | typeof ABSENT },
  limit: number,
  leaseMs: number,
  now: number,
): Promise<readonly HandOver[]> {
  const free = {
    ...{ undelivered: true as const, ...which },
    $or: [{ 'relayLease.token': ABSENT }, { 'relayLease.until': trusted({ $lte: new Date(now) }) }],
  };
  const found = await CustomerModel.find(free, { _id: 1 }).sort(UNTRIED_FIRST).limit(limit).lean();
  if (found.length === 0) return [];

  const token = randomUUID();
  const ids = trusted({ $in: found.map(({ _id }) => _id) });
  const relayLease = { token, until: new Date(now + leaseMs) };
  await CustomerModel.updateMany({ _id: ids, ...free }, { $set: { relayLease } });
  const leased = await CustomerModel.find({ _id: ids, 'relayLease.token': token }, PROJECTION).lean();
  return handOvers(leased);
}
type Delivered = Pick<HandOver, 'customerId' | 'upTo' | 'wokenBy'>;

/** Customers whose workflow cannot be told must not keep the others waiting. */
const UNTRIED_FIRST = { undelivered: 1, background: 1, 'relayLease.until': 1 } as const;

const ABSENT = trusted({ $exists: false });

const PROJECTION = {
  ...{ n: 1, relayed: 1, erased: 1, mergedInto: 1, wokenBy: 1 },
  ...{ 'journey.phase': 1, 'journey.stopped': 1, 'journey.playbook': 1 },
} as const;

type Leased = Pick<
  CustomerDocument,
  '_id' | 'n' | 'relayed' | 'erased' | 'mergedInto' | 'wokenBy' | 'journey'
>;

async function handOvers(leased: readonly Leased[]): Promise<readonly HandOver[]> {
  if (leased.length === 0) return [];
  const unheard = leased.map(({ _id, n, relayed }) => ({
    customerId: _id,
    n: trusted({ $gt: Math.max(relayed ?? 0, n - MOST_EVENTS), $lte: n }),
  }));
  const fields = { _id: 0, customerId: 1, n: 1, type: 1, at: 1 } as const;
  const events = await EventModel.find({ $or: unheard }, fields).sort({ customerId: 1, n: 1 }).lean();
  const byCustomer = Map.groupBy(events, ({ customerId }) => customerId);

  return leased.map(({ _id, n, relayed, erased, mergedInto, wokenBy, journey }) => ({
    customerId: _id,
    upTo: n,
    from: relayed ?? 0,
    erased: erased ?? false,
    ...(journey?.stopped && { waits: true as const }),
    ...(journey && { phase: journey.phase }),
    ...(mergedInto && { mergedInto }),
    ...(wokenBy !== undefined && { wokenBy }),
    wakes: wokenBy !== undefined && (journey?.playbook ?? 0) < wokenBy,
    events: (byCustomer.get(_id) ?? []).map(({ n: number, type, at }) => ({
      n: number,
      type,
      at: at.getTime(),
    })),
  }));
}
