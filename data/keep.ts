import { setTimeout } from 'node:timers/promises';
import type { ClientSession } from 'mongoose';
import { isDuplicate } from './collection.ts';
import { events } from './events.ts';
import { PointsShort } from './points-short.ts';
import { type Arriving, type Recorded, record } from './record.ts';
import { type Resolved, resolve } from './resolve.ts';
import { suppressions } from './suppressions.ts';
import { inTransaction } from './transaction.ts';

/** Whose event it is, and whether it was kept before. */
export type Kept = { readonly customerId: string; readonly duplicate: boolean };

/** Whose journey it is, and whether it began just now. */
export type Started = { readonly customerId: string; readonly started: boolean };

/** How often it is tried while others make the same customer, or keep the same event, at the same moment. */
const MOST_ATTEMPTS = 25;
/** The unit of the pause between attempts, milliseconds. */
const BACK_OFF_MS = 10;

/**
 * What follows from an event, written in its own transaction; it may run several times, and throws to have neither.
 * It is given the customer whose event it is.
 */
export type Along = (session: ClientSession, customerId: string) => Promise<void>;

/** Keeps an event, once, and what goes along: all of it or nothing. */
export async function keep(arriving: Arriving, along?: Along): Promise<Kept> {
  return untilKept(arriving, async (session) => {
    const recorded = await record(arriving, session);
    await along?.(session, recorded.customerId);
    return recorded;
  });
}

/** Keeps a `start`, unless the customer's journey is under way: then nothing is changed. */
export async function keepStart(arriving: Arriving): Promise<Started> {
  let started = true;
  const { customerId } = await untilKept(arriving, async (session) => {
    const living = livingOf(await resolve(arriving.handles, session));
    started = living === undefined;
    return living === undefined ? record(arriving, session) : { customerId: living };
  });
  return { customerId, started };
}

/** Tries again while others win: whoever made the customer, or kept the event, is found at the next attempt. */
async function untilKept(arriving: Arriving, work: Work): Promise<Kept> {
  return untilDone(async () => (await keptNow(work, arriving)) ?? (await keptEarlier(arriving)));
}

/** Does some work until it answers: where a document of its is made by another at the same moment, it is done again. */
export async function untilDone<Result>(work: () => Promise<Result | undefined>): Promise<Result> {
  for (let attempt = 1; attempt < MOST_ATTEMPTS; attempt++) {
    const done = await work().catch(nothingIfTaken);
    if (done !== undefined) return done;
    await setTimeout(attempt * BACK_OFF_MS * Math.random());
  }
  throw new Error('the same event or customer is being received too often at once; try again');
}

function nothingIfTaken(error: unknown): undefined {
  if (!isDuplicate(error)) throw error;
}

type Work = (session: ClientSession) => Promise<Recorded>;

/**
 * Does the work, or answers nothing when it would have kept something twice: also points that were spent before, and are
 * not there to be spent again.
 */
async function keptNow(work: Work, { id }: Arriving): Promise<Kept | undefined> {
  try {
    const { customerId, newAddress } = await inTransaction(work);
    if (newAddress !== undefined) await suppressions.mark(customerId, newAddress);
    return { customerId, duplicate: false };
  } catch (error) {
    if (isDuplicate(error)) return undefined;
    if (error instanceof PointsShort && (await events.byId(id))) return undefined;
    throw error;
  }
}

/** The event as it was kept before, if a majority holds it: else it may yet be lost, and is no answer. */
async function keptEarlier({ id, handles }: Arriving): Promise<Kept | undefined> {
  const earlier = await events.byId(id);
  if (!earlier) return undefined;
  const { customerId } = earlier;
  if (handles.emailKey !== undefined) await suppressions.mark(customerId, handles.emailKey); // it may have died before
  return { customerId, duplicate: true };
}

/** The customer whose journey is under way already. */
function livingOf(who: Resolved): string | undefined {
  switch (who.kind) {
    case 'new':
      return undefined;
    case 'known':
      return who.customer.known.ended ? undefined : who.customer._id;
    case 'two':
      return who.older.known.ended && who.younger.known.ended ? undefined : who.older._id;
  }
}
