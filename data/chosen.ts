import { trusted } from 'mongoose';
import type { SendOutcome } from '../domain/send.ts';
import { EventModel } from './event-document.ts';
import { GrantModel } from './grant-document.ts';
import { SendModel } from './send-document.ts';

/** What has become of those whom a person chose in one request. */
export type Progress = {
  readonly chosen: number;
  /** Who has it. */
  readonly given: number;
  /** By why not: `budget`, `rejected` and the like. */
  readonly notGiven: Readonly<Record<string, number>>;
  /** Who is to get it yet. */
  readonly waiting: number;
};

/** The id of the event by which a customer was chosen, apart from its source: a request chooses them once. */
export function chosenId(surprise: string, request: string, customerId: string): string {
  return `surprise/${surprise}/${request}/${customerId}`;
}

/** The character behind the slash: ids between the two are those of one request. */
const AFTER_SLASH = '0';

function rangeOf(surprise: string, request: string) {
  const from = `rapport/${chosenId(surprise, request, '')}`;
  return { from, range: { _id: trusted({ $gte: from, $lt: from.slice(0, -1) + AFTER_SLASH }) } };
}

export const chosen = {
  /** Whom a request has chosen already: our own ids. */
  async already(surprise: string, request: string): Promise<ReadonlySet<string>> {
    const events = await EventModel.find(rangeOf(surprise, request).range, { customerId: 1 }).lean();
    return new Set(events.map(({ customerId }) => customerId));
  },

  /** How far a request is; undefined: nobody was chosen by it. */
  async progress(surprise: string, request: string): Promise<Progress | undefined> {
    const { from, range } = rangeOf(surprise, request);
    const events = await EventModel.find(range, { data: 1 }).lean();
    if (events.length === 0) return undefined;

    const keys = events.map(({ _id, data }) => `${_id.slice(from.length)}/${data?.touch}/${request}`);
    const among = { _id: trusted({ $in: keys }) };
    const given = { ...among, status: trusted({ $in: ['confirmed', 'redeemed', 'expired'] as const }) };
    const [have, sends] = await Promise.all([
      GrantModel.countDocuments(given),
      SendModel.find({ ...among, settledAt: trusted({ $exists: true }) }, { outcome: 1 }).lean(),
    ]);
    const notGiven = countOf(sends.flatMap(({ outcome }) => whyNot(outcome) ?? []));
    const without = Object.values(notGiven).reduce((sum, count) => sum + count, 0);
    return { chosen: events.length, given: have, notGiven, waiting: events.length - have - without };
  },
};

/** Why nothing is given any more; nothing where it was, or may be yet. */
function whyNot(outcome: SendOutcome | undefined): string | undefined {
  switch (outcome?.kind) {
    case 'skipped':
      return outcome.reason;
    case 'rejected':
    case 'failed':
      return outcome.kind;
    default:
      return undefined;
  }
}

function countOf(words: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}
