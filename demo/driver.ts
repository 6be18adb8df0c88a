import { type TimeLapse, toLogical } from '../domain/clock.ts';
import { Feed } from './feed.ts';
import { isSettled, LagMeter, type Standing } from './lag.ts';
import type { Posted } from './script.ts';

/** Above this lag the driver holds purchases back: each keeps its own time, so no decision changes by it. */
const MOST_LAG_MS = 2_000;

/** Most customers with anything waiting: the lag is seen only when it is there, so no heap is made meanwhile. */
const MOST_WAITING = 12;

const PAUSE_MS = 100;

/** After so long without any progress something is broken: longer than an attempt and its retries may take. */
const PATIENCE_MS = 20 * 60_000;

/** How far the play is, for the display. */
export type Progress = {
  /** Logical epoch milliseconds. */
  readonly now: number;
  readonly posted: number;
  readonly lagSeconds: number;
  readonly standings: readonly Standing[];
};

export type DriverDeps = {
  readonly lapse: TimeLapse;
  /** Posts events, again and again until they are accepted; returns their customers' ids. */
  readonly post: (events: readonly Posted[]) => Promise<readonly string[]>;
  readonly standings: () => Promise<readonly Standing[]>;
  readonly tell: (progress: Progress) => void;
  /** The wall clock, epoch milliseconds. */
  readonly wall: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** Posts whatever has come, as real shops do, however far the engine is behind. */
  readonly regardless?: boolean;
  /** What others do meanwhile, once a turn. */
  readonly aside?: () => Promise<void>;
  /** The logical moment of an early end, as soon as there is one. */
  readonly closing?: () => number | undefined;
};

export type Played = {
  readonly posted: number;
  /** When it ended, logical epoch milliseconds: all that happened by then was posted, nothing that came later. */
  readonly end: number;
  readonly maxLagSeconds: number;
};

/** Thrown when the engine stands still: nothing was heard, sent or posted for 20 minutes. */
export class StoodStill extends Error {
  override readonly name = 'StoodStill';
}

/**
 * Feeds the script live: each event when its time has come on the time-lapse's clock, but none while the engine
 * lags. Ends when everything is posted and heard, the end has come, and no send due before it is open.
 *
 * @param curtain its last moment, logical epoch milliseconds
 */
export async function drive(script: readonly Posted[], curtain: number, deps: DriverDeps): Promise<Played> {
  const feeding = { feed: new Feed(script), meter: new LagMeter(deps.lapse), ...deps };
  const watch = new Watch(deps.wall);
  let posted = 0;
  let maxLagMs = 0;
  for (;;) {
    const standings = await deps.standings();
    const { waiting, lagMs } = feeding.meter.measure(standings, deps.wall());
    maxLagMs = Math.max(maxLagMs, lagMs);
    const now = toLogical(deps.lapse, deps.wall());
    deps.tell({ now, posted, lagSeconds: lagMs / 1000, standings });
    const end = Math.min(curtain, deps.closing?.() ?? curtain);
    const ended = feeding.feed.isOver(end) && now >= end;
    if (ended && standings.every((standing) => isSettled(standing, end)))
      return { posted, end, maxLagSeconds: Math.round(maxLagMs / 100) / 10 };

    watch.sees([posted, ...standings.flatMap(({ n, heard, dues }) => [n, heard, ...dues])]);
    const room = deps.regardless ? Infinity : roomFor(waiting, lagMs);
    posted += await postSome(feeding.feed.take(Math.min(now, end), room, standings), feeding);
    if (!ended) await deps.aside?.();
    await deps.sleep(PAUSE_MS);
  }
}

/** How many events more the engine is given now. */
function roomFor(waiting: number, lagMs: number): number {
  return lagMs > MOST_LAG_MS ? 0 : Math.max(0, MOST_WAITING - waiting);
}

type Feeding = DriverDeps & { readonly feed: Feed; readonly meter: LagMeter };

/** Posts what the feed gave; returns how many. */
async function postSome(events: readonly Posted[], { post, feed, meter, wall }: Feeding): Promise<number> {
  if (events.length === 0) return 0;
  const customerIds = await post(events);
  feed.posted(events, customerIds);
  for (const customerId of customerIds) meter.posted(customerId, wall());
  return events.length;
}

/** Notices when nothing changes any more. */
class Watch {
  readonly #wall: () => number;
  #seen = '';
  #since: number;

  constructor(wall: () => number) {
    this.#wall = wall;
    this.#since = wall();
  }

  sees(figures: readonly number[]): void {
    const seen = figures.join();
    if (seen !== this.#seen) this.#since = this.#wall();
    this.#seen = seen;
    if (this.#wall() - this.#since > PATIENCE_MS)
      throw new StoodStill('the engine stood still for 20 minutes');
  }
}
