import { DecisionModel } from '../../data/decisions.ts';
import { SendModel } from '../../data/send-document.ts';
import { stableShare } from '../../domain/hash.ts';
import type { Running } from '../../servers/processes.ts';

export const POINTS = [
  ...(['before claim', 'after claim', 'at 354'] as const),
  ...(['mid-DATA', 'after the final dot', 'before settle'] as const),
] as const;

type Point = (typeof POINTS)[number];

/**
 * Kills one worker after the other with SIGKILL, each at a point of its own, chosen by a seed: as soon as the point is seen
 * after so much of the work is done. Another worker takes the place of each.
 */
export class Crashes {
  /** Where workers were killed. */
  readonly at: Point[] = [];
  readonly #plan: readonly { readonly point: Point; readonly from: number }[];
  readonly #start: () => Running;
  readonly #done: () => number;
  #worker: Running;

  /**
   * @param work how much there is to do, of which `done` tells
   * @param times how often each point is to be reached
   */
  constructor(seed: string, { start, done, work, times }: Options) {
    const points = Array.from({ length: times }, () => POINTS)
      .flat()
      .map((point, i) => ({ point, turn: stableShare(seed, point, String(i)) }))
      .sort((a, b) => a.turn - b.turn);
    this.#plan = points.map(({ point, turn }, i) => ({
      point,
      from: Math.floor((0.9 * work * (i + turn)) / points.length),
    }));
    this.#start = start;
    this.#done = done;
    this.#worker = start();
  }

  /** Whether every point of the plan was reached. */
  get isOver(): boolean {
    return this.at.length === this.#plan.length;
  }

  /** Something was seen of the worker's work; answers whether it was killed for it. */
  seen(point: Point): boolean {
    const next = this.#plan[this.at.length];
    if (next?.point !== point || this.#done() < next.from || !this.#worker.isRunning()) return false;
    this.at.push(point);
    void this.#worker.kill();
    this.#worker = this.#start();
    return true;
  }

  /** Watches MongoDB for what the mail server cannot see; ends with what this answers. */
  watch(): () => Promise<void> {
    const decided = DecisionModel.watch([{ $match: { operationType: 'insert' } }]);
    decided.on('change', () => this.seen('before claim'));
    const states = SendModel.watch([{ $match: { operationType: { $in: ['insert', 'update'] } } }]);
    states.on('change', ({ operationType, updateDescription }: Changed) => {
      if (operationType === 'insert') this.seen('after claim');
      if (updateDescription?.updatedFields?.state === 'transmitting') this.seen('at 354');
    });
    return async () => void (await Promise.all([decided.close(), states.close()]));
  }
}

type Options = {
  readonly start: () => Running;
  readonly done: () => number;
  readonly work: number;
  readonly times: number;
};

type Changed = {
  readonly operationType: string;
  readonly updateDescription?: { readonly updatedFields?: { readonly state?: string } };
};
