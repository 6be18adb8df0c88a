import { trusted } from 'mongoose';
import { fateOfPending } from '../domain/grant.ts';
import { GrantModel } from './grant-document.ts';
import { grants } from './grants.ts';
import { releaseGrant } from './release-grant.ts';
import { sends } from './sends.ts';
import { inTransaction } from './transaction.ts';

/** When the clock's moment is, by the server and in a time-lapse. */
type Moment = { readonly serverTime: number; readonly now: number };

/** Grants whose mail was to tell of them, and whose attempt is over or died. */
export const unfinishedGrants = {
  /**
   * Finishes the next whose lease has run out, by what the ledger says of its mail: the customer's, or given back. Whose
   * attempt lives after all is left to it.
   *
   * @returns false when there is none
   */
  async finishNext({ serverTime, now }: Moment): Promise<boolean> {
    const overdue = { status: 'pending', leaseUntil: trusted({ $lte: new Date(serverTime) }) } as const;
    const grant = await GrantModel.findOne(overdue).sort({ leaseUntil: 1 }).lean();
    if (!grant) return false;

    const { _id, version } = grant;
    const seen = { _id, status: 'pending', version } as const; // whoever attempts it meanwhile raises the version
    const send = await sends.byKey(_id);
    const fate = fateOfPending(send && { ...send, leaseUntil: send.leaseUntil?.getTime() }, serverTime);
    switch (fate.kind) {
      case 'told':
        await grants.confirm(_id, now);
        return true;
      case 'untold':
        await inTransaction((session) => releaseGrant(session, seen, now));
        return true;
      case 'under-way':
        await GrantModel.updateOne(seen, { $set: { leaseUntil: new Date(fate.until) } });
        return true;
    }
  },
};
