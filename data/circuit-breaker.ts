import { type Lately, tripOf, WINDOW } from '../domain/circuit-breaker.ts';
import { isDuplicate } from './collection.ts';
import { SendModel } from './send-document.ts';
import { type SendingState, sending } from './sending.ts';
import { teamMails } from './team-mails.ts';
import { inTransaction } from './transaction.ts';

/** Pauses marketing before mailbox providers do worse. */
export const circuitBreaker = {
  /** What it sees now. */
  async lately(): Promise<Lately> {
    return lately(await sending.current());
  },

  /**
   * Looks at the last marketing mails, after one of them came back or was called spam, and pauses marketing if it was
   * one too many. Only a person starts it again.
   *
   * It counts what is committed: of reports that come at once, whoever commits last sees all of them. The pause is one
   * conditional update, together with the mail that tells the team: of many who see that it is due one does it.
   *
   * @param now the server's time, epoch milliseconds
   * @returns whether this call paused it
   */
  async consider(now: number): Promise<boolean> {
    const seen = await sending.current();
    if (seen.stopped) return false;
    const trip = tripOf(await lately(seen));
    if (!trip) return false;
    try {
      await inTransaction(async (session) => {
        const at = new Date(now);
        await sending.trip(trip, seen, at, session);
        const news = { about: 'paused', trip } as const;
        await teamMails.add({ id: `circuit-breaker.${now}`, news }, at, session);
      });
      return true;
    } catch (error) {
      if (isDuplicate(error)) return false; // stopped, or started anew, meanwhile
      throw error;
    }
  },
};

/**
 * The last marketing mails that were handed over, since a person last ended a pause of the circuit breaker; what was
 * refused at once counts too, and stopping mail for a while changes nothing.
 * Who calls several mails spam counts once: one person's anger, or forgery, pauses no shop.
 */
async function lately({ at, countsFrom = at }: SendingState): Promise<Lately> {
  const [counted] = await SendModel.aggregate<Lately>([
    {
      $match: {
        kind: 'marketing',
        claimedAt: { $gt: countsFrom ?? new Date(0) },
        state: { $in: ['accepted', 'rejected'] },
      },
    },
    { $sort: { claimedAt: -1 } },
    { $limit: WINDOW },
    {
      $group: {
        _id: null,
        mails: { $sum: 1 },
        complainers: {
          $addToSet: { $cond: [{ $gt: ['$spamComplaintAt', null] }, '$customerId', '$$REMOVE'] },
        },
        hardBounces: { $sum: { $cond: [IS_HARD, 1, 0] } },
      },
    },
    { $project: { _id: 0, mails: 1, hardBounces: 1, spamComplaints: { $size: '$complainers' } } },
  ]);
  return counted ?? { mails: 0, spamComplaints: 0, hardBounces: 0 };
}

const IS_HARD = {
  $or: [
    { $eq: ['$bounce.class', 'hard'] },
    { $and: [{ $eq: ['$outcome.kind', 'rejected'] }, { $eq: ['$outcome.class', 'hard'] }] },
  ],
};
