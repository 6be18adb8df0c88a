/** A number of places that callers take in turn, first come, first served. */
export class Slots {
  #free: number;
  readonly #size: number;
  readonly #waiting: (() => void)[] = [];
  #drained: Promise<unknown> | undefined;

  constructor(size: number) {
    this.#size = size;
    this.#free = size;
  }

  /** Takes a place, or answers false if none came free before `signal` aborts. */
  take(signal: AbortSignal): Promise<boolean> {
    if (this.#free > 0) {
      this.#free -= 1;
      return Promise.resolve(true);
    }
    if (signal.aborted) return Promise.resolve(false);
    return new Promise((resolve) => {
      const taken = () => {
        signal.removeEventListener('abort', gaveUp);
        resolve(true);
      };
      const gaveUp = () => {
        this.#waiting.splice(this.#waiting.indexOf(taken), 1);
        resolve(false);
      };
      this.#waiting.push(taken);
      signal.addEventListener('abort', gaveUp, { once: true });
    });
  }

  /** Gives a place to who waits longest, or back. */
  give(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#free += 1;
  }

  /** Resolves once every place has been given back; places are then taken for good. */
  async drain(): Promise<void> {
    const patient = new AbortController().signal;
    this.#drained ??= Promise.all(Array.from({ length: this.#size }, () => this.take(patient)));
    await this.#drained;
  }
}
