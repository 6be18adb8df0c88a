import { type ClientSession, trusted } from 'mongoose';
import type { DeliveryReport } from '../domain/delivery-report.ts';
import { heed } from './bounced.ts';
import { confirmationBounces } from './confirmation-bounces.ts';
import { JoinRequestModel } from './join-requests.ts';

/** A mail by which an address was to be confirmed, as far as its reports go. */
export type ReportedConfirmation = { readonly ref: string; readonly addressKey: string };

type Reported = ReportedConfirmation & {
  readonly report: DeliveryReport;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Whose address it is, if anybody's. */
  readonly customerId?: string;
};

/** Not of one whose link was used: who has the link has the mail. */
const UNCONFIRMED = {
  state: trusted({ $ne: 'confirmed' as const }),
  arrived: trusted({ $exists: false }),
} as const;

/** The mail that a reference names, unless it is known to have arrived, or its request is gone. */
export async function reportedConfirmation(ref: string): Promise<ReportedConfirmation | undefined> {
  const kept = await JoinRequestModel.findOne({ ref, ...UNCONFIRMED }, { addressKey: 1 }).lean();
  return kept ? { ref, addressKey: kept.addressKey } : undefined;
}

/**
 * Draws the consequences of a report: the request is mailed no more, and a bounce counts for the address as that of
 * any mail.
 *
 * @returns false when it changes nothing, as it is known, or the request was confirmed meanwhile
 */
export async function followConfirmation(
  { ref, addressKey, report, at, customerId }: Reported,
  session: ClientSession,
): Promise<boolean> {
  const ended = { $set: { state: 'refused' as const }, $inc: { reports: 1 } }; // always a write: one who confirms waits
  const { matchedCount } = await JoinRequestModel.updateOne({ ref, ...UNCONFIRMED }, ended, { session });
  if (matchedCount === 0 || report.kind !== 'bounce') return matchedCount > 0;
  if (!(await confirmationBounces.keep({ ref, addressKey, at }, report, session))) return false;
  await heed(report, { addressKey, at, ...(customerId !== undefined && { customerId }) }, session);
  return true;
}
