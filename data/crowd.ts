import type { ClientSession } from 'mongoose';
import { CASE_EVENTS } from '../domain/case-words.ts';
import { type ConsentProof, proofsOf } from '../domain/consent-proof.ts';
import { keepProofs } from './consent-events.ts';
import { type CustomerDocument, CustomerModel } from './customer-document.ts';
import { EventModel } from './event-document.ts';
import { type EventDocument, fromEvent } from './kept-event.ts';
import { keepEntries, type NewEntries } from './point-entries.ts';
import { type Arriving, customerAfter, foldIn } from './record.ts';
import { findAny, type Handles, whoAmong } from './resolve.ts';
import { suppressions } from './suppressions.ts';

/**
 * The customers whom a portion of events may be about, while these are taken in one after the other: read at once,
 * written at once, in one transaction.
 */
export class Crowd {
  readonly #session: ClientSession;
  readonly #suppressed: ReadonlyMap<string, string>;
  /** By our own id; those who are new with their number before: 0. */
  readonly #customers = new Map<string, { readonly before: number; readonly customer: CustomerDocument }>();
  /** Our own id by external id and by the key of the address: each is unique over all customers. */
  readonly #byExternalId = new Map<string, string>();
  readonly #byEmailKey = new Map<string, string>();
  readonly #events: EventDocument[] = [];
  readonly #proofs: ConsentProof[] = [];
  readonly #entries: NewEntries[] = [];

  private constructor(session: ClientSession, suppressed: ReadonlyMap<string, string>) {
    this.#session = session;
    this.#suppressed = suppressed;
  }

  /** Everybody whom one of these handles names. */
  static async of(handles: readonly Handles[], session: ClientSession): Promise<Crowd> {
    const emailKeys = handles.flatMap(({ emailKey }) => emailKey ?? []);
    const crowd = new Crowd(session, await suppressions.reasonsFor(emailKeys, session));
    const found = handles.length > 0 ? await findAny(handles, session) : [];
    for (const customer of found) crowd.#put(customer, customer.n);
    return crowd;
  }

  /**
   * Takes an event in; false where two customers turn out to be one, or had, and for what is about a case, which is
   * kept with it: then nothing is changed.
   */
  take(arriving: Arriving): boolean {
    if (arriving.type in CASE_EVENTS) return false;
    const who = whoAmong(this.#namedBy(arriving.handles), arriving.handles);
    if ('mergedInto' in who || who.kind === 'two') return false;

    const before = who.kind === 'known' ? who.customer : undefined;
    const next = foldIn(arriving, before, who.kind === 'new' && who.addressTaken);
    const { event, newAddress, ledger } = next;
    const suppressed = newAddress ? this.#suppressed.get(newAddress) : before?.suppressed;
    this.#put(customerAfter(before, next, arriving, suppressed), before ? this.#numberBefore(before) : 0);
    this.#events.push(fromEvent(event));
    this.#proofs.push(...proofsOf(event, next.known.profile.emailKey));
    this.#entries.push({ ...event, entries: ledger.entries });
    return true;
  }

  /** Writes everybody who has changed, and all that was taken in. */
  async save(): Promise<void> {
    if (this.#events.length === 0) return;
    const session = this.#session;
    const changed = [...this.#customers.values()].filter(({ before, customer }) => customer.n > before);
    const writes = changed.map(({ before, customer }) => {
      if (before === 0) return { insertOne: { document: customer } };
      return { replaceOne: { filter: { _id: customer._id, n: before }, replacement: customer } };
    });
    await CustomerModel.bulkWrite(writes, { session, ordered: true });
    await EventModel.insertMany(this.#events, { session, lean: true });
    await keepProofs(this.#proofs, session);
    await keepEntries(this.#entries, session);
  }

  #namedBy({ externalId, emailKey }: Handles): readonly CustomerDocument[] {
    const ids = new Set([
      externalId === undefined ? undefined : this.#byExternalId.get(externalId),
      emailKey === undefined ? undefined : this.#byEmailKey.get(emailKey),
    ]);
    return [...ids].flatMap((id) => (id === undefined ? [] : (this.#customers.get(id)?.customer ?? [])));
  }

  #numberBefore({ _id, n }: CustomerDocument): number {
    return this.#customers.get(_id)?.before ?? n;
  }

  #put(customer: CustomerDocument, before: number): void {
    const { _id, externalIds = [], emailKey } = customer;
    const given = this.#customers.get(_id)?.customer.emailKey;
    if (given !== undefined && given !== emailKey) this.#byEmailKey.delete(given);
    if (emailKey !== undefined) this.#byEmailKey.set(emailKey, _id);
    for (const externalId of externalIds) this.#byExternalId.set(externalId, _id);
    this.#customers.set(_id, { before, customer });
  }
}
