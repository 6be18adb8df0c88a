import { type ClientSession, trusted } from 'mongoose';
import { keyedHash } from '../domain/hash.ts';
import { normaliseEmail } from '../domain/identity.ts';
import { askedRef, isMeant, type PrivacyAnswer, type PrivacyRequest } from '../domain/privacy-request.ts';
import { orderEventId } from '../domain/reported.ts';
import { awaited } from './awaited.ts';
import { CustomerModel } from './customer-document.ts';
import { markErased } from './erasures.ts';
import { PrivacyRequestModel } from './privacy-requests.ts';
import { inTransaction } from './transaction.ts';

type Answering = {
  readonly hashKey: string;
  /** Who has them erased, as `PrivacyAnswer` says it. */
  readonly by: string;
  /** Epoch milliseconds, the wall's. */
  readonly now: number;
};

/**
 * Answers a request to be erased, in one transaction: whoever it names is marked erased, what waits for its orders is
 * forgotten, and the request is kept with its answer and without a name.
 *
 * Asked again, the first answer stands. Nobody known by these names is an answer, too.
 */
export function answerByErasing(request: PrivacyRequest, answering: Answering): Promise<PrivacyAnswer> {
  return inTransaction((session) => erase(request, answering, session));
}

async function erase(request: PrivacyRequest, { hashKey, by, now }: Answering, session: ClientSession) {
  const { id, kind, source, shop, orders } = request;
  const kept = await PrivacyRequestModel.findById(id).session(session).lean();
  if (kept?.answer) return kept.answer;

  const erased = new Set<string>();
  for (const customerId of await whoIsMeant(request, hashKey, session)) {
    const erasure = await markErased(customerId, { by, now }, session);
    if (erasure) erased.add(erasure.customerId);
  }
  await awaited.dropOrders(
    orders.map((order) => `${source}/${orderEventId(order)}`),
    session,
  );
  const answer = { how: erased.size > 0 ? 'erased' : 'not-known', by, erased: [...erased] } as const;
  const asked = {
    kind,
    source,
    ...(shop !== undefined && { shop }),
    askedAt: kept?.askedAt ?? new Date(now),
  };
  const answered = { ...asked, orders: [], answeredAt: new Date(now), answer };
  await PrivacyRequestModel.replaceOne({ _id: id }, answered, { session, upsert: true });
  return answer;
}

/** Our own ids of those whom a request names: by the shop's id, and by the address. */
export async function whoIsMeant(
  request: PrivacyRequest,
  hashKey: string,
  session?: ClientSession,
): Promise<readonly string[]> {
  const ref = askedRef(hashKey, request);
  const { email } = request;
  const names = [
    ...(ref === undefined ? [] : [{ externalIds: ref }]),
    ...(email === undefined ? [] : [{ emailKey: keyedHash(hashKey, normaliseEmail(email)) }]),
  ];
  if (names.length === 0) return [];
  const living = { $or: names, erased: trusted({ $exists: false }) };
  const named = await CustomerModel.find(living, { externalIds: 1 })
    .session(session ?? null)
    .lean();
  return named.filter(({ externalIds = [] }) => isMeant(request, ref, externalIds)).map(({ _id }) => _id);
}
