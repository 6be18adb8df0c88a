import { randomUUID } from 'node:crypto';
import { type ClientSession, model, Schema, trusted } from 'mongoose';
import type { CaseNews } from '../domain/case-news.ts';
import type { Trip } from '../domain/circuit-breaker.ts';
import type { TeamNews } from '../domain/team-news.ts';
import type { CaseDocument } from './case-document.ts';
import { inCollection } from './collection.ts';
import { persevere } from './persevere.ts';

/** Something that the team is to be told by mail. */
export type TeamMail = {
  /** Of what happened: it is told once. */
  readonly id: string;
  readonly news: TeamNews;
};

/** One that is this worker's to send now. */
export type LeasedTeamMail = TeamMail & {
  readonly owner: string;
  /** When it happened, epoch milliseconds. */
  readonly at: number;
  /** Who has it already: places in `shop.team` may fail one by one. */
  readonly told: readonly string[];
  readonly failures: number;
};

type TeamMailDocument = Omit<LeasedTeamMail, 'id' | 'at' | 'owner' | 'news'> & {
  readonly _id: string;
  readonly news?: TeamNews;
  /** Of one that was put on its way before there was other news. */
  readonly trip?: Trip;
  readonly at: Date;
  readonly owner?: string;
  /** When it is tried next; of a leased one, when its lease ends. Absent: it is done with. */
  readonly nextAt?: Date;
  /** MongoDB removes it then. */
  readonly removeAt: Date;
};

const teamMailSchema = new Schema<TeamMailDocument>(
  {
    _id: String,
    news: Schema.Types.Mixed,
    trip: Schema.Types.Mixed,
    at: { type: Date, required: true },
    told: { type: [String], required: true },
    failures: { type: Number, required: true },
    owner: String,
    nextAt: Date,
    removeAt: { type: Date, required: true },
  },
  inCollection('teamMails'),
)
  .index({ nextAt: 1 }, { partialFilterExpression: { nextAt: { $exists: true } } })
  .index({ removeAt: 1 }, { expireAfterSeconds: 0 });

export const TeamMailModel = model('TeamMail', teamMailSchema);

const KEPT_MS = 90 * 86_400_000;

/** The mails to the team that are on their way: each arrives at least once. */
export const teamMails = {
  /** Puts one on its way, with whatever it tells of: both or neither. */
  async add({ id, news }: TeamMail, at: Date, session: ClientSession): Promise<void> {
    const removeAt = new Date(at.getTime() + KEPT_MS);
    await TeamMailModel.create([{ _id: id, news, at, told: [], failures: 0, nextAt: at, removeAt }], {
      session,
    });
  },

  /** Puts one about a case on its way; it is due at once by the server's time, whatever the time of the case. */
  async addCase(what: CaseNews['what'], about: CaseDocument, session: ClientSession, nth = 1): Promise<void> {
    const { _id: caseId, customerId, turn, via, severity, openedAt, answerBy } = about;
    const moments = { openedAt: openedAt.getTime(), answerBy: answerBy.getTime() };
    const told = { what, caseId, customerId, via, severity, ...moments };
    const id = `case.${what}.${nth}.${turn}.${caseId}`;
    await teamMails.add({ id, news: { about: 'case', case: told } }, new Date(), session);
  },

  /** Takes one that is due; nobody else gets it until the lease ends. */
  async lease(now: number, leaseMs: number): Promise<LeasedTeamMail | undefined> {
    const owner = randomUUID();
    const kept = await TeamMailModel.findOneAndUpdate(
      { nextAt: trusted({ $lte: new Date(now) }) },
      { $set: { owner, nextAt: new Date(now + leaseMs) } },
      { sort: { nextAt: 1 }, returnDocument: 'after' },
    ).lean();
    const news = kept?.news ?? (kept?.trip && { about: 'paused', trip: kept.trip });
    if (!kept || !news) return undefined;
    const { _id: id, at, told, failures } = kept;
    return { id, news, owner, at: at.getTime(), told, failures };
  },

  /** Notes that somebody has it. */
  async went({ id }: LeasedTeamMail, to: string): Promise<void> {
    await persevere(() => TeamMailModel.updateOne({ _id: id }, { $addToSet: { told: to } }));
  },

  /** Notes that all have it, or that it is tried no more. */
  async done({ id, owner }: LeasedTeamMail): Promise<void> {
    await TeamMailModel.updateOne({ _id: id, owner }, { $unset: { nextAt: 1, owner: 1 } });
  },

  /** Tries it again later. */
  async putOff({ id, owner }: LeasedTeamMail, until: number): Promise<void> {
    const again = { $set: { nextAt: new Date(until) }, $inc: { failures: 1 }, $unset: { owner: 1 as const } };
    await TeamMailModel.updateOne({ _id: id, owner }, again);
  },
};
