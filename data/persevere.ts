import { setTimeout } from 'node:timers/promises';
import mongoose from 'mongoose';

/** Some times as long as a replica set takes to elect another primary. */
const MOST_MS = 60_000;

const PAUSE_MS = 250;

/**
 * Repeats some work for a minute while MongoDB is out of reach: for what nobody could tell it later.
 *
 * It may have been done when its answer was lost, so doing it again must change nothing.
 *
 * @throws what the last attempt threw
 */
export async function persevere<Result>(work: () => Promise<Result>): Promise<Result> {
  const end = performance.now() + MOST_MS;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof mongoose.mongo.MongoError) || performance.now() > end) throw error;
      await setTimeout(PAUSE_MS);
    }
  }
}
