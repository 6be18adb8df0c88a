import { trusted } from 'mongoose';
import { ulid } from 'ulid';
import { GIFT_REMINDED_AFTER_MS } from '../domain/fulfilment.ts';
import type { Grant } from '../domain/grant.ts';
import { GrantModel, toGrant } from './grant-document.ts';
import { teamMails } from './team-mails.ts';
import { inTransaction } from './transaction.ts';

/** Most gifts that one mail names. */
const MOST_NAMED = 50;

const ABSENT = trusted({ $exists: false });
const TO_SEND = { kind: 'gift', status: 'confirmed', sent: ABSENT } as const;

/** Of which gifts the team is reminded by mail: once, of those that have waited for days. */
export const giftsTold = {
  /**
   * Puts a mail to the team on its way for gifts that have waited: the mark goes with it, so of many workers one does.
   *
   * @param now the wall's time; epoch milliseconds
   * @param logical the moment by which gifts wait
   * @returns whether there was anything to tell
   */
  async putOnItsWay(now: number, logical: number): Promise<boolean> {
    const since = { confirmedAt: trusted({ $lte: logical - GIFT_REMINDED_AFTER_MS }) };
    const waiting = { ...TO_SEND, ...since, remindedAt: ABSENT };
    if (!(await GrantModel.exists(waiting))) return false;
    return inTransaction(async (session) => {
      const due = await GrantModel.find(waiting, { _id: 1 })
        .sort({ confirmedAt: 1 })
        .limit(MOST_NAMED)
        .session(session)
        .lean();
      if (due.length === 0) return false;
      const keys = due.map(({ _id }) => _id);
      const marked = { $set: { remindedAt: logical } };
      await GrantModel.updateMany({ _id: trusted({ $in: keys }) }, marked, { session });
      const news = { about: 'gifts-waiting', gifts: keys } as const;
      await teamMails.add({ id: `gifts-waiting.${ulid(now)}`, news }, new Date(now), session);
      return true;
    });
  },

  /** Those of some gifts that are to be sent still. */
  async waiting(keys: readonly string[]): Promise<readonly Grant[]> {
    const kept = await GrantModel.find({ _id: trusted({ $in: [...keys] }), ...TO_SEND }).lean();
    return kept.map(toGrant);
  },
};
