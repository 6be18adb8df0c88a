import { setTimeout as sleep } from 'node:timers/promises';
import { CustomerModel } from '../data/customer-document.ts';
import { toLogical } from '../domain/clock.ts';
import { type ChaosOptions, VICTIMS } from './chaos-options.ts';
import { askJourneys, gatherEvidence } from './evidence.ts';
import { countSends } from './figures.ts';
import { Killer } from './killer.ts';
import { perform } from './play.ts';
import type { Stage } from './stage.ts';
import type { SendCounts } from './summary.ts';
import { judge, type Verdict } from './verdict.ts';

/** What a play through crashes came to, in the order of the JSON line. */
export type Survived = {
  readonly kill: ChaosOptions['kill'];
  readonly kills: number;
  readonly customers: number;
  readonly events: number;
  readonly sends: SendCounts;
} & Verdict & { readonly maxLagSeconds: number; readonly seconds: number };

/** Plays the demo while a part of it is killed again and again, until it was often enough; then judges it. */
export async function playThrough(options: ChaosOptions, stage: Stage): Promise<Survived> {
  const { timeLapse, temporal } = stage.config;
  const over = new AbortController();
  const killer = killerFor(options, stage, over.signal);
  let last: number | undefined;
  const killing = killer.run().then(() => {
    last = toLogical(timeLapse, Date.now());
  });
  const performing = perform(options, stage, {
    regardless: true,
    closing: () => last,
    beside: () => `${killer.kills}/${options.times} kills`,
  });
  const performed = await Promise.race([performing, failureOf(killing)]);
  over.abort();
  await killing;
  const carried = await askJourneys(temporal);
  await stage.endEngine();
  const evidence = await gatherEvidence(performed, carried, stage.inboxUrl);
  return {
    ...{ kill: options.kill, kills: killer.kills },
    ...{ customers: evidence.journeys.length, events: evidence.events.length, sends: await countSends() },
    ...judge(evidence),
    ...{ maxLagSeconds: performed.played.maxLagSeconds, seconds: Math.round(performed.seconds) },
  };
}

function killerFor({ kill, times, every, seed }: ChaosOptions, stage: Stage, over: AbortSignal): Killer {
  const names = kill === 'all' ? Object.values(VICTIMS) : [VICTIMS[kill]];
  const crash = (name: string) => stage.crash(name);
  const clocks = { wall: Date.now, sleep: (ms: number) => sleep(ms), over };
  return new Killer(
    { names, times, everyMs: every * 1000, seed },
    { crash, workDone: countDecisions, ...clocks },
  );
}

/** How often `decide` has answered, over all customers. */
async function countDecisions(): Promise<number | undefined> {
  const summed = [{ $group: { _id: null, seq: { $sum: '$journey.seq' } } }];
  const [sum] = await CustomerModel.aggregate<{ seq: number }>(summed).catch(() => []);
  return sum?.seq;
}

async function failureOf(killing: Promise<void>): Promise<never> {
  await killing;
  return new Promise<never>(() => undefined);
}
