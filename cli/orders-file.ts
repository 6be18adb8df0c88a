import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { Playbook } from '../domain/playbook.ts';
import { cdnowOrders, isCdnow } from './cdnow-orders.ts';
import { readShopFile, type ShopFile } from './shop-file.ts';

/** Longer than any row of CDNOW, bytes. */
const FIRST_ROW = 200;

/** What CDNOW's rows are called in a report. */
export const CDNOW = 'CDNOW';

/**
 * Reads a file of orders: one that `rapport import` would take, or CDNOW's rows, recognised by their form.
 *
 * @throws BadFile at the first line that cannot be read
 */
export async function readOrders(path: string, playbook: Playbook): Promise<ShopFile> {
  if (!isCdnow(await beginningOf(path))) return readShopFile(path, 'orders', playbook);
  return { form: CDNOW, events: cdnowOrders(await readFile(path, 'utf8'), playbook.shop) };
}

async function beginningOf(path: string): Promise<string> {
  try {
    return await text(createReadStream(path, { end: FIRST_ROW }));
  } catch (error) {
    throw new Error(`cannot read the orders ${path}: is the path right?`, { cause: error });
  }
}
