import { count, distributionOf } from './distribution.ts';
import type { Change } from './journey.ts';
import { OWN_TOUCHES } from './own-touches.ts';
import type { Phase } from './phases.ts';
import type { Playbook, Touch } from './playbook.ts';
import { sendKey } from './send.ts';
import type { Simulated, SimulatedTouch } from './simulate.ts';
import { isSupported } from './support.ts';

const DAY_MS = 86_400_000;

/** How often something happened, by its reason. */
type Reasons = Readonly<Record<string, number>>;

/** What became of one touch of the playbook, over all customers. What was planned is sent, skipped, dropped, or to come. */
export type TouchFigures = {
  readonly touch: string;
  readonly phase: Phase | 'always';
  readonly kind: Touch['kind'];
  /** Whether this version can do what it asks for; if not, all of it is skipped. */
  readonly supported: boolean;
  readonly planned: number;
  readonly sent: number;
  readonly skipped: Reasons;
  readonly dropped: Reasons;
  readonly toCome: number;
  /** Attempts that were put off at the last moment: not counted on by any plan. */
  readonly postponed: Reasons;
  readonly caps: CapFigures;
};

/** What the frequency caps did. */
type CapFigures = {
  /** Mails that left later than they would have without caps. */
  readonly putOff: number;
  /** By how many days, of those. */
  readonly medianDays: number;
  /** Touches that expired while they waited for a place. */
  readonly expired: number;
};

/** Counts what becomes of touches, one customer after the other. */
export class TouchTally {
  readonly #touches: ReadonlyMap<string, Counting>;

  constructor({ touches }: Playbook) {
    this.#touches = new Map(touches.map((touch) => [touch.name, countingOf(touch)]));
  }

  /** Counts one customer's simulated time in; answers what the caps did to them, attempt by attempt. */
  add({ touches, changes, customer }: Simulated): readonly Capped[] {
    const planned = new Set<string>();
    for (const change of changes) this.#tell(change, planned);
    for (const { touch } of customer.journey?.agenda ?? []) count(this.#of(touch).counts, 'toCome');

    const capped = cappedOf(touches, changes);
    for (const { touch, days, isExpired } of capped) {
      if (isExpired) count(this.#of(touch).counts, 'expired');
      else count(this.#of(touch).putOffDays, Math.ceil(days));
    }
    for (const { touch, outcome } of touches)
      if (outcome.kind === 'postponed') count(this.#of(touch).postponed, outcome.reason);
    return capped;
  }

  figures(): TouchFigures[] {
    return [...this.#touches.values()].map(figuresOf).filter(isTold);
  }

  /** Counts a change in. What is settled or dropped without having had a moment was planned too. */
  #tell(change: Change, planned: Set<string>): void {
    if (!('touch' in change) || change.kind === 'replanned') return;
    const { counts, skipped, dropped } = this.#of(change.touch);
    const key = `${change.touch}/${change.occasion}`;
    if (!planned.has(key)) count(counts, 'planned');
    if (change.kind === 'planned') planned.add(key);
    else planned.delete(key);

    if (change.kind === 'dropped') count(dropped, change.reason);
    if (change.kind !== 'settled') return;
    if (change.outcome.kind === 'skipped') count(skipped, change.outcome.reason);
    else count(counts, 'sent');
  }

  #of(name: string): Counting {
    const counting = this.#touches.get(name);
    if (!counting) throw new Error(`the playbook has no touch "${name}"`);
    return counting;
  }
}

/** A touch of Rapport's own is told of where there was occasion for it. */
function isTold({ touch, planned }: TouchFigures): boolean {
  return planned > 0 || !OWN_TOUCHES.includes(touch);
}

type Counting = {
  readonly touch: Touch;
  readonly counts: Map<'planned' | 'sent' | 'toCome' | 'expired', number>;
  readonly skipped: Map<string, number>;
  readonly dropped: Map<string, number>;
  readonly postponed: Map<string, number>;
  readonly putOffDays: Map<number, number>;
};

function countingOf(touch: Touch): Counting {
  const [skipped, dropped, postponed] = [new Map(), new Map(), new Map()];
  return { touch, counts: new Map(), skipped, dropped, postponed, putOffDays: new Map() };
}

function figuresOf({ touch, counts, ...reasons }: Counting): TouchFigures {
  const { skipped, dropped, postponed, putOffDays } = reasons;
  const { name, kind, phase = 'always' } = touch;
  return {
    ...{ touch: name, phase, kind, supported: isSupported(touch) },
    planned: counts.get('planned') ?? 0,
    sent: counts.get('sent') ?? 0,
    skipped: Object.fromEntries(skipped),
    dropped: Object.fromEntries(dropped),
    toCome: counts.get('toCome') ?? 0,
    postponed: Object.fromEntries(postponed),
    caps: {
      putOff: [...putOffDays.values()].reduce((sum, times) => sum + times, 0),
      medianDays: distributionOf(putOffDays).median,
      expired: counts.get('expired') ?? 0,
    },
  };
}

/** A touch that the frequency caps moved in the end. */
export type Capped = Pick<SimulatedTouch, 'touch' | 'phase'> & {
  /** How much later it left, days. */
  readonly days: number;
  readonly isExpired: boolean;
};

/**
 * The touches that left later than they would have without caps, or expired for want of a place.
 *
 * What counts is the first moment that a cap took from a touch. A silence (a complaint, a pause, a rest) is no cap's
 * doing: after it a touch is counted anew.
 */
function cappedOf(touches: readonly SimulatedTouch[], changes: readonly Change[]): Capped[] {
  const uncapped = new Map<string, number>();
  for (const change of changes) {
    if (change.kind !== 'planned' && change.kind !== 'replanned') continue;
    const key = sendKey({ customerId: '', ...change });
    if (change.kind === 'planned' || change.due === undefined) uncapped.delete(key);
    if (change.uncapped !== undefined && !uncapped.has(key)) uncapped.set(key, change.uncapped);
  }
  return touches.flatMap(({ touch, occasion, phase, due, outcome }) => {
    const without = uncapped.get(sendKey({ customerId: '', touch, occasion })) ?? Infinity;
    const isExpired = outcome.kind === 'skipped' && outcome.reason === 'expired';
    const counts = isExpired || outcome.kind === 'accepted' || outcome.kind === 'done';
    return counts && due > without ? [{ touch, phase, days: (due - without) / DAY_MS, isExpired }] : [];
  });
}
