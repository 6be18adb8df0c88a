import { createReplanner, type Moment } from '../data/going-over.ts';
import { inside } from '../data/inside.ts';
import { playbooks } from '../data/playbooks.ts';
import { type UnderWay, waking } from '../data/waking.ts';
import { type LoopLog, loop, pauseFor } from './loop.ts';

/** How many people are gone over at a time. */
const PAGE = 100;
/** While so many journeys are still to be decided on, no more are woken: Temporal is to have no queue of them. */
const MOST_PENDING = 50;
/** A journey whose decision fails must not keep the others waiting longer than this. */
const PATIENCE_MS = 10_000;
const IDLE_MS = 500;

export type WakingDeps = {
  readonly moment: () => Moment;
  readonly log: LoopLog['log'] & {
    info(fields: Readonly<Record<string, unknown>>, message: string): void;
  };
};

/**
 * Tells those inside of a newly published playbook: goes over all of them, and wakes those whose next moment changes.
 *
 * How far it is stands in MongoDB, so any number of workers may run, and another goes on where one died.
 */
export async function wakeJourneys(deps: WakingDeps, stop: AbortSignal): Promise<void> {
  const goOverSome = async () => {
    const underWay = await waking.underWay();
    if (underWay) await goOver(underWay, deps, stop);
    return IDLE_MS;
  };
  await loop({ log: deps.log, waits: 'telling journeys of the playbook waits' }, goOverSome, stop);
}

/** Goes over the pages left, until the last, or until a newer version, or another worker, came between. */
async function goOver(first: UnderWay, { moment, log }: WakingDeps, stop: AbortSignal): Promise<void> {
  const { version } = first;
  const playbook = await playbooks.version(version);
  if (!playbook) return;
  const replan = createReplanner(playbook);
  let underWay: UnderWay | undefined = first;
  while (underWay?.version === version && !stop.aborted) {
    await untilCalm(version, stop);
    const page = await inside.page(underWay.waking.after, PAGE, version);
    const last = page.at(-1);
    if (last) await waking.advance(underWay, await replan(page, moment()), last.customer.id);
    else {
      await waking.finish(underWay);
      log.info({ version, journeys: underWay.waking.counts.wakes }, 'playbook told');
    }
    underWay = await waking.underWay();
  }
}

/** Waits while the journeys woken before are being decided on, patiently, but not for ever. */
async function untilCalm(version: number, stop: AbortSignal): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  while (!stop.aborted && performance.now() < until) {
    if ((await waking.pending(version)) < MOST_PENDING) return;
    await pauseFor(100, stop);
  }
}
