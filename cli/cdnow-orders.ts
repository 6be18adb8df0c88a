import { parseVisits } from '../demo/purchases.ts';
import type { Incoming } from '../domain/incoming.ts';
import type { Shop } from '../domain/playbook.ts';
import { someTimeOn } from './some-time.ts';

/** Whether a text holds rows of CDNOW's five columns (`demo/cdnow.md`). */
export function isCdnow(text: string): boolean {
  return /^\s*\d+\s+\d{4}\s+\d{8}\s+\d+\s+\d+\.\d\d\s*$/m.test(text.slice(0, 200).split('\n', 1)[0] ?? '');
}

/**
 * CDNOW's purchases as orders. What customers bought in one day is one order.
 *
 * The sample names nobody, nor what was bought: an address is made up, and all CDs are alike.
 */
export function cdnowOrders(text: string, { timeZone, currency }: Shop): Incoming[] {
  return parseVisits(text).map(({ customer, day, cds, cents }): Incoming => {
    const orderId = `${customer}-${day}`;
    const price = Math.floor(cents / Math.max(cds, 1));
    const items = cds > 0 ? [{ sku: 'cd', name: 'CD', quantity: cds, price }] : [];
    return {
      ...{ id: orderId, source: 'cdnow', type: 'purchase', at: someTimeOn(day, orderId, timeZone) },
      customer: { id: customer, email: `${customer}@cdnow.invalid` },
      data: { orderId, total: cents, currency, items },
    };
  });
}
