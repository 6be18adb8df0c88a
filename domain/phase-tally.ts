import { PHASES, type Phase } from './phases.ts';
import type { Simulated, Stay } from './simulate.ts';
import type { Capped } from './touch-tally.ts';

const WEEK_MS = 7 * 86_400_000;

/** A length of time, epoch milliseconds; `until` itself is out. */
export type Period = { readonly from: number; readonly until: number };

/** What happens in one phase. */
export type PhaseFigures = {
  readonly phase: Phase;
  readonly customersAtTheEnd: number;
  /** Customers times the weeks they spent in it. */
  readonly customerWeeks: number;
  /** Mails to customers who were in it when these came due. */
  readonly mails: number;
  readonly mailsPerCustomerAndWeek: number;
  /** Mails that the frequency caps put off. */
  readonly putOffByCaps: number;
  /** Touches that expired while they waited for a place under the caps. */
  readonly expiredByCaps: number;
};

type Counting = { customers: number; spentMs: number; mails: number; putOff: number; expired: number };

/** Counts what happens in each phase, one customer after the other. */
export class PhaseTally {
  readonly #period: Period;
  readonly #phases: Readonly<Record<Phase, Counting>> = {
    'first-contact': nothing(),
    'getting-acquainted': nothing(),
    relationship: nothing(),
    ambassador: nothing(),
  };

  constructor(period: Period) {
    this.#period = period;
  }

  /** Counts one customer's simulated time in. */
  add({ touches, stays, customer }: Simulated, capped: readonly Capped[]): void {
    if (customer.journey) this.#phases[customer.journey.phase].customers += 1;
    stays.forEach((stay, index) => {
      this.#phases[stay.phase].spentMs += this.#spent(stay, stays[index + 1]);
    });
    for (const { phase, outcome } of touches) if (outcome.kind === 'accepted') this.#phases[phase].mails += 1;
    for (const { phase, isExpired } of capped) this.#phases[phase][isExpired ? 'expired' : 'putOff'] += 1;
  }

  figures(): PhaseFigures[] {
    return PHASES.map((phase) => {
      const { customers, spentMs, mails, putOff, expired } = this.#phases[phase];
      const customerWeeks = spentMs / WEEK_MS;
      return {
        ...{ phase, customersAtTheEnd: customers, customerWeeks, mails },
        mailsPerCustomerAndWeek: customerWeeks > 0 ? mails / customerWeeks : 0,
        putOffByCaps: putOff,
        expiredByCaps: expired,
      };
    });
  }

  /** How long a stay lasts, as far as it lies in the period. */
  #spent({ since }: Stay, next: Stay | undefined): number {
    const { from, until } = this.#period;
    return Math.max(0, (next?.since ?? until) - Math.max(since, from));
  }
}

function nothing(): Counting {
  return { customers: 0, spentMs: 0, mails: 0, putOff: 0, expired: 0 };
}
