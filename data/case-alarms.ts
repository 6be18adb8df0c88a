import { trusted } from 'mongoose';
import { CaseModel } from './case-document.ts';
import { teamMails } from './team-mails.ts';
import { inTransaction } from './transaction.ts';
import { isAnyoneTold } from './webhooks.ts';

type Alarm = {
  readonly caseId: string;
  readonly turn: number;
  readonly alarm: 'reminder' | 'escalated' | 'unresolved';
  readonly nth: number;
};

export const caseAlarms = {
  /**
   * Gives an alarm of a case's clock, with the mail that tells the team: both or neither, and once. One conditional
   * update finds whether the case still waits for what the alarm is about.
   */
  async give({ caseId, turn, alarm, nth }: Alarm, at: number): Promise<void> {
    const [id, when] = [`${alarm}/${turn}/${nth}`, new Date(at)];
    const waits = {
      ...{ _id: caseId, state: 'open' as const, turn, 'alarms.id': trusted({ $ne: id }) },
      ...(alarm !== 'unresolved' && { answeredAt: trusted({ $exists: false }) }),
    };
    const untold = (await isAnyoneTold()) ? { untold: { id, what: alarm, at: when } } : {};
    await inTransaction(async (session) => {
      const given = { $push: { alarms: { id, at: when }, ...untold } };
      const about = await CaseModel.findOneAndUpdate(waits, given, {
        session,
        returnDocument: 'after',
      }).lean();
      if (about) await teamMails.addCase(alarm, about, session, nth);
    });
  },
};
