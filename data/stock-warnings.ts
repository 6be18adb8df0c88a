import type { ClientSession } from 'mongoose';
import { isLow } from '../domain/coupon-pool.ts';
import type { CouponPoolDocument } from './coupon-document.ts';
import { TeamMailModel, teamMails } from './team-mails.ts';

/** Puts a mail to the team on its way when a pool runs low, with the draw that did it: once, until it is filled up. */
export async function warnOfStock(
  { _id: pool, total, left }: CouponPoolDocument,
  at: number,
  session: ClientSession,
): Promise<void> {
  if (!isLow({ total, left })) return;
  const id = `stock/${pool}/${total}`;
  if (await TeamMailModel.exists({ _id: id }).session(session)) return;
  await teamMails.add({ id, news: { about: 'low-stock', pool, total, left } }, new Date(at), session);
}
