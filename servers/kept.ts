import { setTimeout as sleep } from 'node:timers/promises';
import type { Running } from './processes.ts';
import { reasonOf, StepFailed } from './step.ts';

/** Whoever runs shorter than this has not come back to life. */
const SHORT_LIFE_MS = 5_000;

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5_000;

/** How long it is started again and again without coming to life, milliseconds. */
const PATIENCE_MS = 120_000;

export type KeptOptions = {
  /** Is told in one line when it ended by itself and is started again. */
  readonly tell?: (line: string) => void;
  /** Is given each process of it, the first too. */
  readonly note?: (running: Running) => void;
  /** @default 2 minutes */
  readonly patienceMs?: number;
  /** Before the first start again; it doubles while that does not live. @default 200 */
  readonly pauseMs?: number;
};

/** A process that is started again when it ends without being asked to. */
export class Kept {
  /** Rejects when it keeps ending; resolves when it was stopped. */
  readonly over: Promise<void>;
  readonly #again: () => Promise<Running>;
  readonly #options: KeptOptions;
  #running: Running;
  /** Why it could not be started, after it could once. */
  #refusal: string | undefined;
  #stopping = false;
  #crashing = false;

  /**
   * Keeps a process that runs.
   *
   * @param again starts the same once more, on the same data and the same port
   */
  constructor(running: Running, again: () => Promise<Running>, options: KeptOptions = {}) {
    this.#running = running;
    this.#again = again;
    this.#options = options;
    options.note?.(running);
    this.over = this.#watch();
    this.over.catch(() => undefined); // told to whoever waits for it
  }

  get name(): string {
    return this.#running.name;
  }

  isRunning(): boolean {
    return this.#running.isRunning();
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#running.stop();
    await this.over.catch(() => undefined); // it is gone either way
  }

  /** SIGKILL, at once; for good. */
  async kill(): Promise<void> {
    this.#stopping = true;
    await this.#running.kill();
  }

  /** SIGKILL, as a power cut would: it is started again. Waits until there is something to kill. */
  async crash(): Promise<void> {
    while (!this.isRunning() && !this.#stopping) await sleep(20);
    this.#crashing = true;
    await this.#running.kill();
  }

  async #watch(): Promise<void> {
    const unhurt = () => alive(this.#options.pauseMs);
    let failing = unhurt();
    while (!this.#stopping) {
      const startedAt = Date.now();
      const why = await this.#end();
      if (this.#stopping) return;
      if (this.#crashing || Date.now() - startedAt >= SHORT_LIFE_MS) failing = unhurt();
      else failing = failingLonger(failing);
      this.#complain(why, failing);
      await sleep(failing.pause);
      if (!this.#stopping) await this.#startAgain();
    }
    await this.#running.stop(); // asked for while it was on its way up
  }

  /** Waits for its end; answers why. */
  async #end(): Promise<string> {
    await this.#running.exited;
    return this.#refusal ?? this.#running.lastLine();
  }

  /** @throws StepFailed when patience is at its end */
  #complain(why: string, { since }: Failing): void {
    const { tell, patienceMs = PATIENCE_MS } = this.#options;
    if (Date.now() - since > patienceMs) throw new StepFailed(`${this.name} keeps ending: ${why}`);
    if (!this.#crashing) tell?.(`${this.name} ended by itself, and is started again: ${why}`);
    this.#crashing = false;
  }

  async #startAgain(): Promise<void> {
    try {
      this.#running = await this.#again();
      this.#refusal = undefined;
      this.#options.note?.(this.#running);
    } catch (error) {
      this.#refusal = reasonOf(error);
    }
  }
}

/** Since when it has not come to life, and how long to wait before the next start. */
type Failing = { readonly since: number; readonly pause: number };

function alive(pause = FIRST_PAUSE_MS): Failing {
  return { since: Date.now(), pause };
}

function failingLonger({ since, pause }: Failing): Failing {
  return { since, pause: Math.min(2 * pause, LONGEST_PAUSE_MS) };
}
