import mongoose, { type ClientSession } from 'mongoose';

/**
 * Runs some work as one transaction, again and again while it loses races against others.
 *
 * The work may run several times: it reads all it needs itself, and changes nothing outside MongoDB.
 */
export function inTransaction<Result>(work: (session: ClientSession) => Promise<Result>): Promise<Result> {
  return mongoose.connection.withSession((session) =>
    session.withTransaction(() => work(session), {
      readConcern: { level: 'snapshot' },
      writeConcern: { w: 'majority' },
    }),
  );
}
