import { readFile } from 'node:fs/promises';
import type { Incoming } from '../domain/incoming.ts';
import type { Shop } from '../domain/playbook.ts';
import { cdnowOrders, isCdnow } from './cdnow-orders.ts';
import { ordersOfCsv } from './orders-csv.ts';

/** The orders of a file, and what it does not tell of them. */
export type OrdersFile = {
  readonly orders: readonly Incoming[];
  readonly form: 'orders.csv' | 'CDNOW';
};

/**
 * Reads a file of orders: `orders.csv`, or CDNOW's rows, recognised by their form.
 *
 * @throws BadFile when a line cannot be read
 */
export async function readOrders(file: string, shop: Shop): Promise<OrdersFile> {
  const text = await textIn(file);
  if (isCdnow(text)) return { orders: cdnowOrders(text, shop), form: 'CDNOW' };
  return { orders: ordersOfCsv(file, text, shop), form: 'orders.csv' };
}

async function textIn(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new Error(`cannot read the orders ${file}: is the path right?`, { cause: error });
  }
}
