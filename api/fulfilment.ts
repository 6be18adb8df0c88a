import type { Receipt } from '../data/receive.ts';
import type { Customer } from '../domain/customer.ts';
import { type Gift, GiftGone, type Sent } from '../domain/fulfilment.ts';
import { sendRef } from '../domain/send-ref.ts';
import type { ApiDeps } from './deps.ts';
import { Problem } from './problem.ts';

export type FulfilmentDeps = Pick<ApiDeps, 'customers' | 'gifts' | 'receiver' | 'clock'>;

/** A gift, fit to be shown: with whom it is for. */
export type ShownGift = Gift & {
  /** Fit for an address: `<customerId>.<ref>`. */
  readonly id: string;
  readonly customer: Customer | undefined;
};

export async function shownGift(gift: Gift, { customers }: FulfilmentDeps): Promise<ShownGift> {
  const id = `${gift.customerId}.${sendRef(gift.key)}`;
  return { ...gift, id, customer: await customers.find(gift.customerId) };
}

/** Every gift that is to be sent, page by page. */
export async function allToSend(deps: FulfilmentDeps): Promise<readonly ShownGift[]> {
  const all: ShownGift[] = [];
  for (;;) {
    const last = all.at(-1);
    const page = await deps.gifts.list('to-send', PAGE, last && { at: last.at, key: last.key });
    all.push(...(await Promise.all(page.map((gift) => shownGift(gift, deps)))));
    if (page.length < PAGE) return all;
  }
}

const PAGE = 200;

/**
 * Marks a gift as sent. Its event and the grant change together, once, however often it is said: said again, it is a
 * duplicate.
 *
 * @throws Problem 404 when there is no such gift
 */
export async function markSent(deps: FulfilmentDeps, id: string, said: Omit<Sent, 'at'>): Promise<Receipt> {
  const gift = await giftNamed(deps, id);
  const sent = { ...said, at: deps.clock.now() };
  const { key, customerId, surprise } = gift;
  const data = { surprise, by: said.by, ...(said.note !== undefined && { text: said.note }) };
  const event = { type: 'gift-sent', at: sent.at, data };
  const along: Parameters<FulfilmentDeps['receiver']['receiveOwn']>[3] = (session) =>
    deps.gifts.send(key, sent, session);
  try {
    return await deps.receiver.receiveOwn(customerId, event, `gift-sent-${sendRef(key)}`, along);
  } catch (error) {
    if (error instanceof GiftGone) throw new Problem(404, 'there is no such gift to be sent');
    throw error;
  }
}

async function giftNamed({ customers, gifts }: FulfilmentDeps, id: string): Promise<Gift> {
  const [customerId = '', ref = ''] = id.split('.');
  const customer = await customers.find(customerId);
  const gift = customer && !customer.erased && (await gifts.find(customer.id, ref));
  if (!gift) throw new Problem(404, 'there is no such gift');
  return gift;
}
