import { trusted } from 'mongoose';
import type { PageRetained, Retained } from '../domain/retained.ts';
import { AnswerModel } from './answer-document.ts';
import { CaseModel } from './case-document.ts';
import { CustomerModel } from './customer-document.ts';
import { DecisionModel } from './decisions.ts';
import { erasures } from './erasures.ts';
import { EventModel } from './event-document.ts';
import { GrantModel } from './grant-document.ts';
import { PrivacyRequestModel } from './privacy-requests.ts';
import { RehearsalModel } from './rehearsals.ts';
import { SendModel } from './send-document.ts';
import { TeamTaskModel } from './team-task-document.ts';

/** How many are gone over at a time. */
const PAGE = 500;
const DAY_MS = 86_400_000;

const EXISTS = trusted({ $exists: true });
const ABSENT = trusted({ $exists: false });

/** Events in which customers write, or somebody writes of them. */
const WRITTEN = [
  ...['feedback', 'complaint', 'review', 'profile'],
  ...['complaint-answered', 'complaint-resolved', 'complaint-reopened'],
  ...['task-done', 'task-cannot', 'gift-sent'],
];

/** What of each is older than a moment. */
const EXPIRED = {
  written: (before: Date) => ({
    ...{ type: trusted({ $in: WRITTEN }), at: trusted({ $lt: before }), forgotten: ABSENT },
  }),
  mails: (before: Date) => ({
    $or: [
      { settledAt: trusted({ $lt: before }), mail: EXISTS },
      { settledAt: trusted({ $lt: before }), wouldBe: EXISTS },
    ],
  }),
  decisions: (before: Date) => ({ at: trusted({ $lt: before.getTime() }), untold: ABSENT }),
  requests: (before: Date) => ({ answeredAt: trusted({ $lt: before }) }),
};

/** What is kept for a time: page by page, so that nobody waits, and each page may be gone over again. */
export const retention = {
  /**
   * Deletes a page of what is older than a moment, or what is personal in it.
   *
   * @param before epoch milliseconds
   * @param after the last customer of the page before
   */
  async forget(kind: Retained, before: number, after = ''): Promise<PageRetained> {
    switch (kind) {
      case 'written':
        return forgetWritten(new Date(before));
      case 'mails':
        return forgetMails(new Date(before));
      case 'decisions':
        await RehearsalModel.deleteMany({ _id: trusted({ $lt: Math.floor(before / DAY_MS) }) });
        return forgetDecisions(new Date(before));
      case 'requests': {
        const { deletedCount } = await PrivacyRequestModel.deleteMany(EXPIRED.requests(new Date(before)));
        return { count: deletedCount };
      }
      case 'inactive':
        return eraseInactive(before, after);
    }
  },

  /** How many of a kind would go. */
  async count(kind: Retained, before: number): Promise<number> {
    const then = new Date(before);
    switch (kind) {
      case 'written':
        return EventModel.countDocuments(EXPIRED.written(then));
      case 'mails':
        return SendModel.countDocuments(EXPIRED.mails(then));
      case 'decisions':
        return DecisionModel.countDocuments(EXPIRED.decisions(then));
      case 'requests':
        return PrivacyRequestModel.countDocuments(EXPIRED.requests(then));
      case 'inactive':
        return countInactive(before);
    }
  },
};

type Ids = readonly { readonly _id: string }[];

/** What came of a page that took at most so many. */
function paged(ids: Ids): PageRetained {
  const last = ids.at(-1);
  return { count: ids.length, ...(last && ids.length === PAGE && { after: last._id }) };
}

function among(ids: Ids) {
  return { _id: trusted({ $in: ids.map(({ _id }) => _id) }) };
}

/** Facts are folded again when two customers become one: what they rest on, a score, which questions, stays. */
async function forgetWritten(before: Date): Promise<PageRetained> {
  const ids = await EventModel.find(EXPIRED.written(before), { _id: 1 }).limit(PAGE).lean();
  const answered = { $map: { input: { $objectToArray: '$data.answers' }, in: { k: '$$this.k', v: true } } };
  const questions = {
    $cond: [{ $eq: [{ $type: '$data.answers' }, 'object'] }, { $arrayToObject: answered }, '$$REMOVE'],
  };
  const noted = { openedAt: trusted({ $lt: before }), state: 'resolved' as const, 'notes.0': EXISTS };
  await CaseModel.updateMany(noted, { $set: { notes: [] } });
  await forgetAnswers(before);
  await EventModel.updateMany(
    among(ids),
    [
      { $unset: ['data.comment', 'data.text', 'data.name'] },
      { $set: { 'data.answers': questions, forgotten: true } },
    ],
    { updatePipeline: true },
  );
  const closed = { 'closed.at': trusted({ $lt: before.getTime() }), 'closed.note': EXISTS };
  await TeamTaskModel.updateMany(closed, { $unset: { 'closed.note': 1 } });
  const sent = { kind: 'gift' as const, 'sent.at': trusted({ $lt: before.getTime() }), 'sent.note': EXISTS };
  await GrantModel.updateMany(sent, { $unset: { 'sent.note': 1 } });
  return paged(ids);
}

/** What was asked, and the score, stay. */
async function forgetAnswers(before: Date): Promise<void> {
  const old = { at: trusted({ $lt: before }), forgotten: ABSENT };
  const written = { 'said.comment': 1, 'said.answers': 1, 'said.name': 1 } as const;
  await AnswerModel.updateMany(old, { $unset: written, $set: { forgotten: true } });
}

/** That it was sent, and what became of it, stays. */
async function forgetMails(before: Date): Promise<PageRetained> {
  const ids = await SendModel.find(EXPIRED.mails(before), { _id: 1 }).limit(PAGE).lean();
  await SendModel.updateMany(among(ids), { $unset: { mail: 1, wouldBe: 1, reply: 1 } });
  await forgetAddresses(before);
  return paged(ids);
}

/** Where parcels went to: of gifts once they have left, and of orders. */
async function forgetAddresses(before: Date): Promise<void> {
  const left = { 'sent.at': trusted({ $lt: before.getTime() }), shipTo: EXISTS };
  await GrantModel.updateMany({ kind: 'gift', ...left }, { $unset: { shipTo: 1 } });
  const told = { type: 'purchase', at: trusted({ $lt: before }), 'data.shipTo': EXISTS };
  await EventModel.updateMany(told, { $unset: { 'data.shipTo': 1 } });
}

async function forgetDecisions(before: Date): Promise<PageRetained> {
  const ids = await DecisionModel.find(EXPIRED.decisions(before), { _id: 1 }).limit(PAGE).lean();
  await DecisionModel.deleteMany(among(ids));
  return paged(ids);
}

/** A page of those known for long; of whom nothing was received since, they are erased. */
async function eraseInactive(before: number, after: string): Promise<PageRetained> {
  const ids = await knownForLong(before, after);
  const silent = await silentSince(ids, before);
  for (const id of silent) await erasures.ask(id, 'retention', Date.now());
  return { ...paged(ids), count: silent.length };
}

async function countInactive(before: number): Promise<number> {
  let count = 0;
  for (let after: string | undefined = ''; after !== undefined; ) {
    const ids = await knownForLong(before, after);
    count += (await silentSince(ids, before)).length;
    after = paged(ids).after;
  }
  return count;
}

function knownForLong(before: number, after: string): Promise<Ids> {
  const living = { mergedInto: ABSENT, erased: ABSENT };
  const known = { _id: trusted({ $gt: after }), 'known.createdAt': trusted({ $lt: before }) };
  return CustomerModel.find({ ...living, ...known }, { _id: 1 })
    .sort({ _id: 1 })
    .limit(PAGE)
    .lean();
}

/** Whom nothing was received of since: a history that was imported lately counts as news of them. */
async function silentSince(ids: Ids, before: number): Promise<readonly string[]> {
  const wanted = ids.map(({ _id }) => _id);
  const since = { customerId: trusted({ $in: wanted }), receivedAt: trusted({ $gte: new Date(before) }) };
  const heardOf = new Set(await EventModel.distinct('customerId', since));
  return wanted.filter((id) => !heardOf.has(id));
}
