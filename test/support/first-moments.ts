import type { QuietHours } from '../../domain/local-time.ts';
import type { WallClock } from './wall-clocks.ts';

const MINUTE = 60_000;
const DAY_MINUTES = 1440;

export type Rule = {
  /** `09:30`; absent: any time. */
  readonly at: string | undefined;
  readonly quiet: QuietHours | undefined;
  /** `Mon`, `Tue`; absent: all days. */
  readonly weekdays: readonly string[] | undefined;
};

/** A local day: its first minute, and the first after it. */
type LocalDay = { readonly begin: number; readonly end: number; readonly weekday: string };

/**
 * Some days around a change of the clocks, minute by minute, as `Intl` shows them; and the first moments in them, found
 * by looking from one minute to the next.
 */
export class SomeDays {
  readonly #begin: number;
  readonly #minutes: Int16Array;
  readonly #days: LocalDay[] = [];
  readonly #dayOf: Int16Array;
  #last = Number.NaN;
  readonly #open = new Map<string, Int32Array>();
  readonly #times = new Map<string, readonly number[]>();

  constructor(clock: WallClock, begin: number, days: number) {
    const length = days * DAY_MINUTES;
    this.#begin = begin;
    this.#minutes = new Int16Array(length);
    this.#dayOf = new Int16Array(length);
    for (let i = 0; i < length; ) {
      const { local, minutes } = clock.stretch(this.#momentOf(i));
      const end = Math.min(length, i + minutes);
      for (let minute = local / MINUTE; i < end; i += 1, minute += 1) this.#note(i, minute, clock);
    }
  }

  /** @param local minutes of local time since 1970, in order */
  #note(i: number, local: number, clock: WallClock): void {
    const minute = ((local % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES;
    const day = (local - minute) / DAY_MINUTES;
    if (day !== this.#last) {
      const before = this.#days.at(-1);
      if (before) this.#days[this.#days.length - 1] = { ...before, end: i };
      const { weekday } = clock.at(this.#momentOf(i));
      this.#days.push({ begin: i, end: this.#minutes.length, weekday });
      this.#last = day;
    }
    this.#minutes[i] = minute;
    this.#dayOf[i] = this.#days.length - 1;
  }

  /** The first moment that suits a rule: at its time, then out of the quiet hours, on a day that counts. */
  first(from: number, rule: Rule): number {
    const exact = (from - this.#begin) / MINUTE;
    const found = this.#suiting(exact, rule);
    if (this.#counts(this.#dayAt(found), rule)) return found < exact ? from : this.#momentOf(found);

    const opens = this.#days.find(({ begin }, i) => begin > found && this.#counts(i, rule));
    if (!opens) throw new Error('looked beyond the days that were read');
    const timed = this.#suiting(opens.begin, rule);
    if (timed < opens.end) return this.#momentOf(timed);
    const isTimed = rule.at !== undefined; // its time is never open on such a day
    return this.first(this.#momentOf(isTimed ? opens.begin : timed), { ...rule, at: undefined });
  }

  #suiting(from: number, { at, quiet }: Rule): number {
    const timed = at === undefined ? Math.floor(from) : this.#timesOf(at).find((time) => time >= from);
    const open = quiet ? this.#openFrom(quiet)[timed ?? -1] : timed;
    if (open === undefined) throw new Error('looked beyond the days that were read');
    return open;
  }

  /** For each minute the first from it on that is not quiet. */
  #openFrom(quiet: QuietHours): Int32Array {
    const name = `${quiet.from}-${quiet.to}`;
    const known = this.#open.get(name) ?? new Int32Array(this.#minutes.length);
    if (this.#open.has(name)) return known;
    const isQuiet = quietMinutes(quiet);
    for (let i = known.length - 1; i >= 0; i -= 1) {
      known[i] = isQuiet[this.#minutes[i] ?? 0] ? (known[i + 1] ?? i) : i;
    }
    this.#open.set(name, known);
    return known;
  }

  /** When on each day the clock reads a time first; where it never does, as much later as it left out. */
  #timesOf(time: string): readonly number[] {
    const known = this.#times.get(time) ?? this.#days.flatMap((day) => this.#timeOn(day, minuteOf(time)));
    this.#times.set(time, known);
    return known;
  }

  #timeOn({ begin, end }: LocalDay, time: number): number[] {
    const shown = this.#minutes.subarray(begin, end);
    const later = shown.findIndex((minute) => minute >= time);
    if (shown[later] === time) return [begin + later];
    if (later < 0 ? end === this.#minutes.length : begin === 0 && later === 0) return []; // the day was not read whole
    const i = later < 0 ? shown.length : later;
    return [begin + i + time - (i === 0 ? 0 : (shown[i - 1] ?? 0) + 1)];
  }

  #counts(day: number, { weekdays }: Rule): boolean {
    return !weekdays || weekdays.includes(this.#days[day]?.weekday ?? '');
  }

  #dayAt(index: number): number {
    return this.#dayOf[index] ?? -1;
  }

  #momentOf(index: number): number {
    return this.#begin + index * MINUTE;
  }
}

/** Whether a minute of the day lies in quiet hours. */
export function isWithin(minute: number, { from, to }: QuietHours): boolean {
  return isBetween(minute, minuteOf(from), minuteOf(to));
}

/** The same of every minute of a day. */
function quietMinutes({ from, to }: QuietHours): readonly boolean[] {
  const [begins, ends] = [minuteOf(from), minuteOf(to)];
  return Array.from({ length: DAY_MINUTES }, (_, minute) => isBetween(minute, begins, ends));
}

function isBetween(minute: number, begins: number, ends: number): boolean {
  return begins <= ends ? minute >= begins && minute < ends : minute >= begins || minute < ends;
}

/** Minutes since midnight of `09:30`. */
export function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}
