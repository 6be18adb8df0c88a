import { type ClientSession, trusted } from 'mongoose';
import { isDuplicate } from './collection.ts';
import { Crowd } from './crowd.ts';
import { EventModel } from './event-document.ts';
import { keep } from './keep.ts';
import type { Arriving } from './record.ts';
import { suppressions } from './suppressions.ts';
import { inTransaction } from './transaction.ts';

/** How many of a portion of events were new, and how many had been kept before. */
export type KeptMany = { readonly kept: number; readonly duplicates: number };

/**
 * Keeps a portion of events, each once, in one transaction as far as possible: for history, which comes by the
 * hundred thousand.
 *
 * Where others win, and where two customers turn out to be one, events are kept one by one, as all others are. Should
 * it fail half-way, keep all of them again.
 */
export async function keepMany(arrivals: readonly Arriving[]): Promise<KeptMany> {
  const { duplicates, rest } = await keptAtOnce(arrivals);
  const later = { duplicates, kept: arrivals.length - duplicates - rest.length };
  for (const arriving of rest) {
    const { duplicate } = await keep(arriving);
    later[duplicate ? 'duplicates' : 'kept'] += 1;
  }
  await suppressions.markAll(arrivals.flatMap(({ handles }) => handles.emailKey ?? []));
  return later;
}

/** What could not be kept at once, and how many were kept before. */
type AtOnce = { readonly duplicates: number; readonly rest: readonly Arriving[] };

async function keptAtOnce(arrivals: readonly Arriving[]): Promise<AtOnce> {
  try {
    return await inTransaction((session) => recordMany(arrivals, session));
  } catch (error) {
    if (isDuplicate(error)) return { duplicates: 0, rest: arrivals }; // another keeps the same just now
    throw error;
  }
}

async function recordMany(arrivals: readonly Arriving[], session: ClientSession): Promise<AtOnce> {
  const once = new Map(arrivals.map((arriving) => [arriving.id, arriving]));
  const ids = trusted({ $in: [...once.keys()] });
  const kept = await EventModel.find({ _id: ids }, { _id: 1 }).session(session).lean();
  for (const { _id } of kept) once.delete(_id);

  const fresh = [...once.values()];
  const crowd = await Crowd.of(
    fresh.map(({ handles }) => handles),
    session,
  );
  const rest = fresh.filter((arriving) => !crowd.take(arriving));
  await crowd.save();
  return { duplicates: arrivals.length - fresh.length, rest };
}
