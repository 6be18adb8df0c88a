import { setTimeout as sleep } from 'node:timers/promises';
import { SendModel } from '../../data/send-document.ts';

/** A crash falls this long after it was seen that mails go out again, at most; milliseconds. */
const SPREAD_MS = 3_000;

/**
 * Crashes something at random moments, each after mails have gone out again: or nothing would ever be under way.
 *
 * @param over ends the crashing, when the play is over
 * @returns how many crashes there were
 */
export async function crashAgainAndAgain(
  times: number,
  crash: () => Promise<void>,
  over: AbortSignal,
): Promise<number> {
  for (let crashes = 0; crashes < times; crashes += 1) {
    const before = await acceptedMails();
    while (!over.aborted && (await acceptedMails()) < before + 2) await sleep(100);
    if (over.aborted) return crashes;
    await sleep(Math.random() * SPREAD_MS);
    await crash();
  }
  return times;
}

/** How many mails are in the ledger as accepted; while MongoDB is away, none. */
async function acceptedMails(): Promise<number> {
  return SendModel.countDocuments({ state: 'accepted' }).catch(() => 0);
}
