import { DAY } from './builders.ts';

const MINUTE = 60_000;
const SPANS = [6 * 60 * MINUTE, 15 * MINUTE];

/** What the clock and the calendar on a wall show. */
export type Wall = {
  /** Local time, as if it were UTC, epoch milliseconds. */
  readonly local: number;
  /** Minutes since midnight. */
  readonly minutes: number;
  /** Local days since 1970-01-01. */
  readonly day: number;
  /** `Mon`, as the calendar says. */
  readonly weekday: string;
};

/** A change of a zone's clocks: offsets are minutes ahead of UTC. */
export type ClockChange = { readonly at: number; readonly before: number; readonly after: number };

/** A zone's clock as `Intl` tells it: the tests' own reckoning, which shares nothing with the rules it judges. */
export class WallClock {
  readonly zone: string;
  readonly #format: Intl.DateTimeFormat;
  readonly #known = new Map<number, Wall>();

  constructor(zone: string) {
    this.zone = zone;
    this.#format = new Intl.DateTimeFormat('en-GB-u-hc-h23', {
      timeZone: zone,
      ...({ weekday: 'short', year: 'numeric', month: '2-digit', day: '2-digit' } as const),
      ...({ hour: '2-digit', minute: '2-digit', second: '2-digit' } as const),
    });
  }

  /** What it shows at a moment, as `Intl` has told it; told once. */
  at(moment: number): Wall {
    const known = this.#known.get(moment) ?? this.#read(moment);
    this.#known.set(moment, known);
    return known;
  }

  /**
   * What it shows at a whole minute, and for how many minutes it then goes on evenly: `Intl` is asked once in six hours in
   * which its answers do not differ, and where they do once in a quarter.
   */
  stretch(moment: number): { readonly local: number; readonly minutes: number } {
    for (const span of SPANS) {
      const begin = Math.floor(moment / span) * span;
      const { local } = this.at(begin);
      const isEven = this.at(begin + span).local - local === span;
      if (isEven) return { local: local + moment - begin, minutes: (begin + span - moment) / MINUTE };
    }
    return { local: this.at(moment).local, minutes: 1 };
  }

  #read(moment: number): Wall {
    const text = this.#format.format(moment); // Thu, 01/01/1970, 00:00:00
    const [day = 0, month = 0, year = 0, hour = 0, minute = 0, second = 0] =
      text.match(/\d+/g)?.map(Number) ?? [];
    const midnight = Date.UTC(year, month - 1, day);
    const minutes = hour * 60 + minute;
    const local = midnight + minutes * MINUTE + second * 1000;
    return { local, minutes, day: midnight / DAY, weekday: text.slice(0, 3) };
  }

  /** Every change of the clocks between two moments. */
  changes(from: number, until: number): readonly ClockChange[] {
    const found: ClockChange[] = [];
    const step = 2 * DAY;
    let before = this.#ahead(from);
    for (let at = from; at < until; at += step) {
      const after = this.#ahead(at + step);
      if (after !== before) found.push({ at: this.#turn(at, at + step), before, after });
      before = after;
    }
    return found;
  }

  /** The first moment of the later one of two offsets. */
  #turn(from: number, until: number): number {
    const after = this.#ahead(until);
    let [low, high] = [from, until];
    while (high - low > MINUTE) {
      const middle = Math.floor((low + high) / 2 / MINUTE) * MINUTE;
      if (this.#ahead(middle) === after) high = middle;
      else low = middle;
    }
    return high;
  }

  #ahead(moment: number): number {
    const minute = Math.floor(moment / MINUTE) * MINUTE;
    return (this.at(minute).local - minute) / MINUTE;
  }
}
