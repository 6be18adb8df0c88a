import type { Customer, Known, Marks } from './customer.ts';
import type { StoredEvent } from './event.ts';
import type { Filter, Touch } from './playbook.ts';
import { latest } from './precedence.ts';
import { remembered } from './remembered.ts';

/** Facts drawn from what somebody does over time. What they said of themselves, or agreed to, is no profile. */
const OF_A_PROFILE = /^(orders|feedback|referrals|points|rhythm)\.|^tier$/;

/** What a touch answers that only a look at somebody's whole course can tell. */
const OF_A_COURSE = ['lapse', 'comeback', 'tier'];

/** Marks that a customer objected to being profiled, or took that back (GDPR art. 21). */
export function foldObjection(marks: Marks, { type, at, data }: StoredEvent): Marks {
  if (type !== 'objection') return marks;
  return data?.withdrawn === true
    ? { ...marks, objectionEndedAt: latest(marks.objectionEndedAt, at) }
    : { ...marks, objectedAt: latest(marks.objectedAt, at) };
}

/** What stands of it; of an objection and its withdrawal at one moment the objection holds. */
export function objectionOf({ objectedAt: at, objectionEndedAt = 0 }: Marks): Pick<Known, 'objection'> {
  return at === undefined || at < objectionEndedAt ? {} : { objection: { at } };
}

/**
 * Whether a customer gets a touch as far as their objection goes: service mail, and marketing that answers what they
 * did, or comes to everybody in their phase. What is chosen for them by a profile does not come.
 */
export function isOpenTo({ known }: Pick<Customer, 'known'>, touch: Touch): boolean {
  return known.objection === undefined || !restsOnProfile(touch);
}

/** Whether a customer may be moved to another phase by a condition: who objected, not by one over their behaviour. */
export function mayBeJudged({ known }: Pick<Customer, 'known'>, when: Filter | undefined): boolean {
  return known.objection === undefined || !when || !asksAProfile(when);
}

/** Whether marketing is chosen for a customer by what they did over time, or by lot. */
function restsOnProfile({ kind, on, when, share, suggest }: Touch): boolean {
  if (kind === 'service') return false;
  const isChosen = share !== undefined || suggest !== undefined || OF_A_COURSE.includes(on);
  return isChosen || (when !== undefined && asksAProfile(when));
}

const asksAProfile = remembered((when: Filter): boolean =>
  pathsIn(when).some((path) => OF_A_PROFILE.test(path)),
);

/** The facts that a condition asks for, however deep they stand in it. */
function pathsIn(asked: unknown): readonly string[] {
  if (Array.isArray(asked)) return asked.flatMap(pathsIn);
  if (typeof asked !== 'object' || asked === null) return [];
  return Object.entries(asked).flatMap(([key, inner]) => (key.startsWith('$') ? pathsIn(inner) : [key]));
}
