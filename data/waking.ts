import { type ClientSession, trusted } from 'mongoose';
import type { JourneyReplanned } from '../domain/publishing.ts';
import { countsOf, sumOf } from '../domain/publishing-counts.ts';
import type { Waking } from '../domain/waking.ts';
import { CustomerModel } from './customer-document.ts';
import { PlaybookModel } from './playbooks.ts';
import { inTransaction } from './transaction.ts';

/** A version of which those inside are being told, and how far. */
export type UnderWay = { readonly version: number; readonly waking: Waking };

const ABSENT = trusted({ $exists: false });

/** Journeys that a version was to wake, and that have not been decided on by it yet. */
const isPending = (version: number) => ({
  ...{ wokenBy: version, 'journey.playbook': trusted({ $lt: version }) },
  ...{ mergedInto: ABSENT, erased: ABSENT, 'known.ended': ABSENT, 'journey.ended': ABSENT },
});

/** Telling the people inside of a newer version: durable, a page at a time, by whichever worker comes first. */
export const waking = {
  /** The newest version, where not everybody inside was gone over yet. An older one is overtaken by it. */
  async underWay(): Promise<UnderWay | undefined> {
    const kept = await PlaybookModel.findOne({}, { waking: 1 }).sort({ _id: -1 }).lean();
    if (!kept?.waking || kept.waking.isDone) return undefined;
    return { version: kept._id, waking: kept.waking };
  },

  /** How many journeys that a version was to wake have not been decided on by it yet. */
  async pending(version: number): Promise<number> {
    return CustomerModel.countDocuments(isPending(version));
  },

  /**
   * Marks the journeys of a page that are to wake, and notes how far this is: both, or neither.
   *
   * @param after the customer gone over last
   * @returns false when another worker went over this page: nothing was changed
   */
  async advance(
    { version, waking: from }: UnderWay,
    page: readonly JourneyReplanned[],
    after: string,
  ): Promise<boolean> {
    const ids = page.filter(({ wakes }) => wakes).map(({ customerId }) => customerId);
    const to: Waking = { isDone: false, after, counts: sumOf(from.counts, countsOf(page)) };
    return inTransaction(async (session) => {
      const here = { _id: version, 'waking.after': from.after, 'waking.isDone': false };
      const moved = await PlaybookModel.updateOne(here, { $set: { waking: to } }, { session });
      if (moved.matchedCount === 0) return false;

      if (ids.length > 0) await mark(ids, version, session);
      return true;
    });
  },

  /** Notes that everybody was gone over. */
  async finish({ version, waking: { after } }: UnderWay): Promise<void> {
    const here = { _id: version, 'waking.after': after };
    await PlaybookModel.updateOne(here, { $set: { 'waking.isDone': true } });
  },
};

/** Marks journeys to wake: behind everybody's news, unless they have news of their own to be told. */
async function mark(ids: readonly string[], version: number, session: ClientSession): Promise<void> {
  const them = { _id: trusted({ $in: [...ids] }), 'journey.playbook': trusted({ $lt: version }) };
  const quiet = { wokenBy: version, undelivered: true, background: true } as const;
  await CustomerModel.updateMany({ ...them, undelivered: true }, { $set: { wokenBy: version } }, { session });
  await CustomerModel.updateMany({ ...them, undelivered: ABSENT }, { $set: quiet }, { session });
}
