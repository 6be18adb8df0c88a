import { zoneOf } from './contact-policy.ts';
import { count, type Distribution, distributionOf } from './distribution.ts';
import { dayNumber } from './local-time.ts';
import type { Period } from './phase-tally.ts';
import type { Playbook } from './playbook.ts';
import type { Simulated } from './simulate.ts';

const DAY_MS = 86_400_000;
const WEEK_DAYS = 7;

/** The mails of a day, or of a week from Monday on; `from` is its (first) day, `1997-01-20`. */
export type Busy = { readonly from: string; readonly mails: number };

/** How many mails the customers get. */
export type MailFigures = {
  readonly mails: number;
  /** Of each customer every calendar week since they are known, those without a mail too. */
  readonly perCustomerAndWeek: Distribution;
  /** Of each customer, over the whole time. */
  readonly perCustomer: Distribution;
  /** Customers without a single one. */
  readonly neverMailed: number;
};

/** What the mail server is to expect, on the shop's calendar. */
export type LoadFigures = {
  /** Of whole weeks; absent where the time holds none. */
  readonly quietestWeek?: Busy;
  readonly busiestWeek?: Busy;
  readonly busiestDay?: Busy;
};

/** Counts mails by customer and week, and by day, one customer after the other. */
export class MailTally {
  readonly #playbook: Playbook;
  readonly #period: Period;
  readonly #weeks = { all: new Map<number, number>(), marketing: new Map<number, number>() };
  readonly #customers = { all: new Map<number, number>(), marketing: new Map<number, number>() };
  readonly #days = new Map<number, number>();
  readonly #marketing: ReadonlySet<string>;

  constructor(playbook: Playbook, period: Period) {
    this.#playbook = playbook;
    this.#period = period;
    const touches = playbook.touches.filter(({ kind }) => kind === 'marketing');
    this.#marketing = new Set(touches.map(({ name }) => name));
  }

  /** Counts one customer's simulated time in. */
  add({ touches, customer }: Simulated): void {
    const zone = zoneOf(customer, this.#playbook);
    const known = { from: Math.max(this.#period.from, customer.known.createdAt), until: this.#period.until };
    const mails = touches.filter(({ outcome }) => outcome.kind === 'accepted');
    const marketing = mails.filter(({ touch }) => this.#marketing.has(touch));

    const weeks = weekOf(dayNumber(known.until - 1, zone)) - weekOf(dayNumber(known.from, zone)) + 1;
    addWeeks(this.#weeks.all, weeks, mails, zone);
    addWeeks(this.#weeks.marketing, weeks, marketing, zone);
    count(this.#customers.all, mails.length);
    count(this.#customers.marketing, marketing.length);
    for (const { due } of mails) count(this.#days, dayNumber(due, this.#playbook.shop.timeZone));
  }

  figures(): { readonly all: MailFigures; readonly marketing: MailFigures } {
    return { all: this.#mailFigures('all'), marketing: this.#mailFigures('marketing') };
  }

  load(): LoadFigures {
    const weeks = this.#wholeWeeks();
    const byMails = [...weeks].sort(([a, one], [b, other]) => one - other || a - b);
    const [quietest, busiest] = [byMails[0], byMails.find(([, mails]) => mails === byMails.at(-1)?.[1])];
    const [day] = [...this.#days].sort(([a, one], [b, other]) => other - one || a - b);
    return {
      ...(quietest && { quietestWeek: { from: isoDay(firstDayOf(quietest[0])), mails: quietest[1] } }),
      ...(busiest && { busiestWeek: { from: isoDay(firstDayOf(busiest[0])), mails: busiest[1] } }),
      ...(day && { busiestDay: { from: isoDay(day[0]), mails: day[1] } }),
    };
  }

  #mailFigures(kind: 'all' | 'marketing'): MailFigures {
    const customers = this.#customers[kind];
    return {
      mails: [...customers].reduce((sum, [mails, times]) => sum + mails * times, 0),
      perCustomerAndWeek: distributionOf(this.#weeks[kind]),
      perCustomer: distributionOf(customers),
      neverMailed: customers.get(0) ?? 0,
    };
  }

  /** The mails of each week that lies in the time from Monday to Sunday. */
  #wholeWeeks(): Map<number, number> {
    const { timeZone } = this.#playbook.shop;
    const first = weekOf(dayNumber(this.#period.from - 1, timeZone)) + 1;
    const last = weekOf(dayNumber(this.#period.until, timeZone)) - 1;
    const weeks = new Map<number, number>();
    for (let week = first; week <= last; week += 1) weeks.set(week, 0);
    for (const [day, mails] of this.#days) if (weeks.has(weekOf(day))) count(weeks, weekOf(day), mails);
    return weeks;
  }
}

/** Counts how many of a customer's weeks had so many mails. */
function addWeeks(
  histogram: Map<number, number>,
  weeks: number,
  mails: Simulated['touches'],
  zone: string,
): void {
  const perWeek = new Map<number, number>();
  for (const { due } of mails) count(perWeek, weekOf(dayNumber(due, zone)));
  for (const number of perWeek.values()) count(histogram, number);
  count(histogram, 0, Math.max(0, weeks - perWeek.size));
}

/** Weeks begin on Monday; 1970-01-01 was a Thursday. */
const MONDAY = 3;

function weekOf(day: number): number {
  return Math.floor((day + MONDAY) / WEEK_DAYS);
}

function firstDayOf(week: number): number {
  return week * WEEK_DAYS - MONDAY;
}

function isoDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}
