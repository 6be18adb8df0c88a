import { type QueryFilter, trusted } from 'mongoose';
import { ulid } from 'ulid';
import type { StoredEvent } from '../domain/event.ts';
import { type CaseDocument, CaseModel, type CaseNote } from './case-document.ts';
import { EventModel } from './event-document.ts';
import { type EventDocument, toEvent } from './kept-event.ts';

/** A case as the team sees it. */
export type KeptCase = Omit<CaseDocument, '_id' | 'untold'> & {
  /** The id of its complaint's event. */
  readonly id: string;
  /** What the customer wrote; absent: nothing, or it is not kept any more. */
  readonly text?: string;
  /** Of an answer that it was said with. */
  readonly score?: number;
};

/** What a list of cases holds: which, in what order, and after which of the page before. */
export type CaseQuery = {
  readonly state: 'open' | 'resolved' | 'all';
  /** `clock`: by when something is wanted of the team, the most urgent first; `newest`: the latest first. */
  readonly order: 'clock' | 'newest';
  readonly owner?: string | undefined;
  readonly customerId?: string | undefined;
  readonly after?: CaseMark | undefined;
};

/** Where a page of cases ends: the moment it is ordered by, epoch milliseconds, and the case. */
type CaseMark = { readonly at: number; readonly id: string };

export type CasePage = { readonly cases: readonly KeptCase[]; readonly next?: CaseMark };

/** Complaints, each from its receipt until it is made good; they are opened by `keep-cases.ts`. */
export const cases = {
  async find(id: string): Promise<KeptCase | undefined> {
    const kept = await CaseModel.findById(id).lean();
    const [one] = kept ? await withWords([kept]) : [];
    return one;
  },

  async list(query: CaseQuery, limit: number): Promise<CasePage> {
    const kept = await CaseModel.find(filterOf(query))
      .sort(query.order === 'clock' ? { clock: 1, _id: 1 } : { openedAt: -1, _id: -1 })
      .limit(limit + 1)
      .lean();
    const page = kept.slice(0, limit);
    const last = kept.length > limit ? page.at(-1) : undefined;
    const next = last && {
      at: (query.order === 'clock' ? last.clock : last.openedAt).getTime(),
      id: last._id,
    };
    return { cases: await withWords(page), ...(next && { next }) };
  },

  /** What was answered, resolved and reopened of a case, in order. */
  async eventsOf({ id, customerId }: KeptCase): Promise<readonly StoredEvent[]> {
    const kept = await EventModel.find({ customerId, 'data.case': id }).sort({ at: 1 }).lean();
    return kept.map(toEvent);
  },

  /** What customers scored, by customer, in order. */
  async scoresOf(customerIds: readonly string[]): Promise<ReadonlyMap<string, readonly Scored[]>> {
    const type = trusted({ $in: SCORING });
    const scored = {
      customerId: trusted({ $in: [...customerIds] }),
      type,
      'data.score': trusted({ $exists: true }),
    };
    const kept = await EventModel.find(scored).sort({ at: 1 }).lean();
    const scores = kept.map(({ customerId, at, data }) => ({
      customerId,
      at: at.getTime(),
      score: data?.score ?? 0,
    }));
    return Map.groupBy(scores, ({ customerId }) => customerId);
  },

  /** The cases that were resolved in a time, one after the other. */
  async *resolved({ from = 0, to = 8.64e15 }: Within): AsyncGenerator<ResolvedCase> {
    const within = trusted({ $gte: new Date(from), $lt: new Date(to) });
    for await (const kept of CaseModel.find({ state: 'resolved', resolvedAt: within }).lean().cursor()) {
      const { _id: id, customerId, openedAt, resolvedAt, answeredAt, answerBy, resolution } = kept;
      if (resolvedAt) yield { id, customerId, openedAt, resolvedAt, answeredAt, answerBy, resolution };
    }
  },

  /**
   * Adds what somebody of the team has to say; a note that is there already, by its id, is not added again.
   *
   * @returns false where there is no such case
   */
  async note(id: string, { id: noteId, ...said }: Said, now: number): Promise<boolean> {
    const note: CaseNote = { id: noteId ?? ulid(now), ...said, at: new Date(now) };
    const without = { _id: id, 'notes.id': trusted({ $ne: note.id }) };
    const { modifiedCount } = await CaseModel.updateOne(without, { $push: { notes: note } });
    return modifiedCount === 1 || (await CaseModel.exists({ _id: id })) !== null;
  },

  /**
   * Gives a case to somebody, or to nobody: one that is somebody's by then only where that one is named.
   *
   * @returns whether it is theirs now
   */
  async own(id: string, owner: string | undefined, from: string | undefined): Promise<boolean> {
    const now = [from, owner].flatMap((name) => name ?? []);
    const theirs: QueryFilter<CaseDocument>[] = [
      { owner: trusted({ $exists: false }) },
      ...(now.length > 0 ? [{ owner: trusted({ $in: now }) }] : []),
    ];
    const update = owner === undefined ? { $unset: { owner: 1 as const } } : { $set: { owner } };
    const { matchedCount } = await CaseModel.updateOne({ _id: id, $or: theirs }, update);
    return matchedCount === 1;
  },
};

/** Events with a score. */
const SCORING = ['feedback', 'review'];

type Scored = { readonly at: number; readonly score: number };

type Within = { readonly from?: number | undefined; readonly to?: number | undefined };

/** A case that was resolved, as far as what came of it rests on it. */
export type ResolvedCase = Pick<CaseDocument, 'customerId' | 'openedAt' | 'answerBy'> & {
  readonly id: string;
  readonly resolvedAt: Date;
  readonly answeredAt: Date | undefined;
  readonly resolution: CaseDocument['resolution'];
};

type Said = { readonly id?: string | undefined; readonly by: string; readonly text: string };

function filterOf({ state, order, owner, customerId, after }: CaseQuery): QueryFilter<CaseDocument> {
  return {
    ...(state !== 'all' && { state }),
    ...(owner !== undefined && { owner }),
    ...(customerId !== undefined && { customerId }),
    ...(after && (order === 'clock' ? beyond(after) : before(after))),
  };
}

function beyond({ at, id }: CaseMark): QueryFilter<CaseDocument> {
  const clock = new Date(at);
  return { $or: [{ clock: trusted({ $gt: clock }) }, { clock, _id: trusted({ $gt: id }) }] };
}

function before({ at, id }: CaseMark): QueryFilter<CaseDocument> {
  const openedAt = new Date(at);
  return { $or: [{ openedAt: trusted({ $lt: openedAt }) }, { openedAt, _id: trusted({ $lt: id }) }] };
}

type Told = Pick<EventDocument, '_id' | 'data'>;

/** What customers wrote stands in their events alone: so it is forgotten in one place. */
async function withWords(kept: readonly CaseDocument[]): Promise<readonly KeptCase[]> {
  const ids = trusted({ $in: kept.map(({ _id }) => _id) });
  const told = await EventModel.find({ _id: ids }, { 'data.text': 1, 'data.score': 1 }).lean<Told[]>();
  const dataOf = new Map(told.map(({ _id, data }) => [_id, data]));
  return kept.map(({ _id: id, untold: _, ...rest }) => {
    const { text, score } = dataOf.get(id) ?? {};
    return { id, ...rest, ...(text !== undefined && { text }), ...(score !== undefined && { score }) };
  });
}
