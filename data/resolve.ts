import { type ClientSession, trusted } from 'mongoose';
import { type CustomerDocument, CustomerModel } from './customer-document.ts';

/** By what an event names its customer. */
export type Handles = {
  /** Our own id: of an event that Rapport itself keeps. */
  readonly customerId?: string;
  /** `source:id`, a shop's own id. */
  readonly externalId?: string;
  /** The keyed hash of the address. */
  readonly emailKey?: string;
};

/** Who an event is about. */
export type Resolved =
  | {
      readonly kind: 'known';
      readonly customer: CustomerDocument;
      /** A shop's id that was not this customer's yet. */
      readonly attach?: string;
    }
  | {
      readonly kind: 'new';
      /** The address is in use by another account of the same shop: it stays theirs. */
      readonly addressTaken: boolean;
    }
  | { readonly kind: 'two'; readonly older: CustomerDocument; readonly younger: CustomerDocument };

/**
 * Finds out who an event is about: by the shop's id, then by address (design §3).
 *
 * All of it is read in the receipt's transaction, and whatever follows from it writes the same documents or their
 * unique keys: of two that come to contradicting answers at once, one does not commit.
 */
export async function resolve(handles: Handles, session: ClientSession): Promise<Resolved> {
  const found = await findAny([handles], session);
  const who = whoAmong(found, handles);
  return 'mergedInto' in who ? resolve({ ...handles, customerId: who.mergedInto }, session) : who;
}

/**
 * Tells who an event is about, of those found by any of its handles.
 *
 * @returns `mergedInto` where they became another: look for that one by our own id
 */
export function whoAmong(
  found: readonly CustomerDocument[],
  handles: Handles,
): Resolved | { readonly mergedInto: string } {
  const named = found.find((customer) => isNamed(customer, handles));
  const addressed = found.find(({ emailKey }) => emailKey !== undefined && emailKey === handles.emailKey);

  if (named?.mergedInto) return { mergedInto: named.mergedInto };
  if (named && addressed && named._id !== addressed._id) return byAge(named, addressed);
  if (named) return { kind: 'known', customer: named };
  if (!addressed || handles.customerId !== undefined) return { kind: 'new', addressTaken: false };

  const { externalId } = handles;
  if (externalId === undefined) return { kind: 'known', customer: addressed };
  if (hasAccountAt(addressed, externalId)) return { kind: 'new', addressTaken: true };
  return { kind: 'known', customer: addressed, attach: externalId };
}

/** The customers whom any of the handles names. */
export async function findAny(
  handles: readonly Handles[],
  session: ClientSession,
): Promise<readonly CustomerDocument[]> {
  const ids = handles.flatMap(({ customerId }) => customerId ?? []);
  const externalIds = handles.flatMap(({ externalId }) => externalId ?? []);
  const emailKeys = handles.flatMap(({ emailKey }) => emailKey ?? []);
  const ways = [
    ...(ids.length > 0 ? [{ _id: trusted({ $in: ids }) }] : []),
    ...(externalIds.length > 0 ? [{ externalIds: trusted({ $in: externalIds }) }] : []),
    ...(emailKeys.length > 0 ? [{ emailKey: trusted({ $in: emailKeys }) }] : []),
  ];
  return CustomerModel.find({ $or: ways }).session(session).lean();
}

function isNamed({ _id, externalIds = [] }: CustomerDocument, { customerId, externalId }: Handles): boolean {
  return _id === customerId || (externalId !== undefined && externalIds.includes(externalId));
}

/** Whether the source that names `externalId` knows the customer by another id already. */
function hasAccountAt({ externalIds = [] }: CustomerDocument, externalId: string): boolean {
  const source = externalId.slice(0, externalId.indexOf(':') + 1);
  return externalIds.some((other) => other.startsWith(source));
}

/** The older is whoever came to us first: ids are made of the time, and never change. */
function byAge(a: CustomerDocument, b: CustomerDocument): Resolved {
  return a._id < b._id ? { kind: 'two', older: a, younger: b } : { kind: 'two', older: b, younger: a };
}
