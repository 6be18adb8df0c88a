import { setTimeout as sleep } from 'node:timers/promises';
import type { Running } from '../servers/processes.ts';
import { StepFailed } from '../servers/step.ts';

/** A process that ends sooner than this after its start is not worth starting again and again. */
const SHORT_LIFE_MS = 5_000;

const MOST_SHORT_LIVES = 5;

const PAUSE_MS = 200;

/** A process that is started again when it ends without being asked to. */
export class Kept {
  /** Rejects when it keeps ending at once; resolves when it was stopped. */
  readonly over: Promise<void>;
  readonly #start: () => Promise<Running>;
  #running: Running;
  #stopping = false;

  /** Starts it the first time. */
  static async from(start: () => Promise<Running>): Promise<Kept> {
    return new Kept(start, await start());
  }

  private constructor(start: () => Promise<Running>, running: Running) {
    this.#start = start;
    this.#running = running;
    this.over = this.#watch();
    this.over.catch(() => undefined); // told to whoever waits for it
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#running.stop();
    await this.over;
  }

  /** SIGKILL, at once; for good. */
  async kill(): Promise<void> {
    this.#stopping = true;
    await this.#running.kill();
  }

  /** SIGKILL, as a power cut would: it is started again. */
  async crash(): Promise<void> {
    await this.#running.kill();
  }

  async #watch(): Promise<void> {
    for (let shortLives = 0; shortLives < MOST_SHORT_LIVES; ) {
      const startedAt = Date.now();
      await this.#running.exited;
      shortLives = Date.now() - startedAt < SHORT_LIFE_MS ? shortLives + 1 : 0;
      if (!this.#stopping) await sleep(PAUSE_MS);
      if (this.#stopping) return;
      this.#running = await this.#start();
      if (this.#stopping) return this.#running.stop();
    }
    await this.#running.stop();
    throw new StepFailed(`${this.#running.name} keeps ending: ${this.#running.lastLine()}`);
  }
}
