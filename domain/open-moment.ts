import { firstFree, type Taken } from './frequency-cap.ts';
import { dayNumber, firstAtTime, firstOpen, onDay } from './local-time.ts';
import { firstOpenDay, type OpenDays } from './open-days.ts';
import type { Playbook, Touch } from './playbook.ts';
import { RELEASE_SPREAD_MS, releaseMoment } from './release.ts';

/** What a marketing touch must fit into. */
type Fit = {
  readonly touch: Touch;
  readonly playbook: Playbook;
  readonly zone: string;
  readonly taken: readonly number[];
  /** What questions are counted by besides; absent: the touch asks nothing. */
  readonly asked?: readonly Taken[];
  /** The local day on which it missed its time (it was late, put off, learned of too late): any later hour will do. */
  readonly missedOn?: number | undefined;
  /** The customer by whose id the first moments after closed days are spread; absent: the very first. */
  readonly spreadBy?: string;
};

/** The days on which a touch may leave: of the week its own, or else everybody's; outside every blackout. */
export function openDaysOf({ weekdays }: Touch, { contact }: Playbook): OpenDays {
  return { weekdays: weekdays ?? contact.weekdays, blackout: contact.blackout };
}

/**
 * The first moment from `from` on at the touch's own time, outside quiet hours and closed days, with a free place
 * under the caps.
 */
export function openMoment(fit: Fit, from: number): number {
  return freeMoment(fit, fittingMoment(fit, from));
}

/** The first moment from a fitting one on that has a free place under the caps. */
export function freeMoment(fit: Fit, fitting: number): number {
  const taken = takenIn(fit);
  let moment = fitting;
  for (;;) {
    const day = dayNumber(moment, fit.zone);
    const free = firstFree(taken, day);
    if (free === day) return moment;
    moment = fittingMoment(fit, onDay(free, 0, fit.zone));
  }
}

/** All that counts against a touch. */
export function takenIn({ taken, asked = [], playbook }: Fit): readonly Taken[] {
  return [{ days: taken, caps: playbook.contact.caps }, ...asked];
}

/** The first moment that suits the touch, the hours and the days, whatever the caps say. */
export function fittingMoment(fit: Fit, from: number): number {
  const { touch, zone, playbook } = fit;
  const moment = suitingHour(fit, from);
  const day = dayNumber(moment, zone);
  const open = firstOpenDay(day, openDaysOf(touch, playbook));
  if (open === day) return moment;

  const begins = onDay(open, 0, zone);
  if (dayNumber(begins, zone) !== open) return fittingMoment(fit, begins); // a day that never was
  const reopened = suitingHour(fit, reopening(fit, open));
  if (dayNumber(reopened, zone) === open) return reopened;
  const { at, ...anyTime } = touch; // it is quiet at its time, until a day that may be closed
  return fittingMoment({ ...fit, touch: anyTime }, at ? begins : reopened);
}

/**
 * From when on a touch may go on the first day after closed ones. Much has gathered by then, so each customer's comes
 * at a moment of its own within the first hour; what has a time of day keeps it.
 */
function reopening({ touch, playbook, zone, spreadBy }: Fit, day: number): number {
  const begins = onDay(day, 0, zone);
  if (touch.at || spreadBy === undefined) return begins;
  const { quiet } = playbook.contact;
  const from = firstOpen(begins, quiet, zone);
  const released = releaseMoment({ customerId: spreadBy, from, quiet, zone }, RELEASE_SPREAD_MS);
  return dayNumber(released, zone) === dayNumber(from, zone) ? released : from;
}

function suitingHour({ touch, playbook, zone, missedOn }: Fit, from: number): number {
  const { quiet } = playbook.contact;
  const atItsTime = () => firstOpen(touch.at ? firstAtTime(from, touch.at, zone) : from, quiet, zone);
  if (!touch.at || missedOn === undefined) return atItsTime();

  const today = firstOpen(from, quiet, zone);
  const hasMissed = dayNumber(firstAtTime(from, touch.at, zone), zone) > missedOn;
  return hasMissed && dayNumber(today, zone) === missedOn ? today : atItsTime();
}
