import { stableShare } from '../domain/hash.ts';

export type KillerOptions = {
  /** The parts to choose from each time, `MongoDB`. */
  readonly names: readonly string[];
  readonly times: number;
  /** Mean time between the first sign of work after a kill and the next, milliseconds. */
  readonly everyMs: number;
  readonly seed: string;
};

export type KillerDeps = {
  /** SIGKILL for a part, which is then started again. */
  readonly crash: (name: string) => Promise<void>;
  /** How much the engine has done so far; undefined while that cannot be told. */
  readonly workDone: () => Promise<number | undefined>;
  readonly wall: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** Ends the killing early. */
  readonly over: AbortSignal;
};

/** Who shows no sign of work for so long is killed again all the same. */
const PATIENCE_MS = 20_000;

const PAUSE_MS = 50;

/**
 * Kills parts at random moments, the same for the same seed: each time so long after the engine was seen at work
 * again, or nothing would ever be under way.
 */
export class Killer {
  #kills = 0;
  readonly #options: KillerOptions;
  readonly #deps: KillerDeps;

  constructor(options: KillerOptions, deps: KillerDeps) {
    this.#options = options;
    this.#deps = deps;
  }

  /** How often it has killed. */
  get kills(): number {
    return this.#kills;
  }

  /** Resolves after the last kill, when the engine works again. */
  async run(): Promise<void> {
    const { names, times, everyMs } = this.#options;
    await this.#untilWork();
    while (this.#kills < times) {
      await this.#deps.sleep(this.#draw('moment') * 2 * everyMs);
      if (this.#deps.over.aborted) return;
      await this.#deps.crash(names[Math.floor(this.#draw('part') * names.length)] ?? '');
      this.#kills += 1;
      await this.#untilWork();
    }
  }

  /** In [0, 1). */
  #draw(what: string): number {
    return stableShare(this.#options.seed, 'kill', what, String(this.#kills));
  }

  async #untilWork(): Promise<void> {
    const { workDone, wall, sleep, over } = this.#deps;
    const deadline = wall() + PATIENCE_MS;
    for (let before: number | undefined; wall() < deadline && !over.aborted; await sleep(PAUSE_MS)) {
      const done = await workDone();
      if (before !== undefined && done !== undefined && done > before) return;
      before ??= done;
    }
  }
}
