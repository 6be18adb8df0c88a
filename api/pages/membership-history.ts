import { zoneOf } from '../../domain/contact-policy.ts';
import type { PointEntry } from '../../domain/membership.ts';
import { tierCourseOf } from '../../domain/tier-course.ts';
import type { Guest } from './guest.ts';
import { dateIn } from './guest-dates.ts';
import { membershipWords, pointsInWords } from './membership-words.ts';
import { fill, readable } from './words.ts';

/** The latest lines that are shown. */
const SHOWN = 20;

type Line = { readonly at: number; readonly text: string; readonly points?: number };

/** What a member did and reached, the newest first. */
export function historyOf(guest: Guest, now: number) {
  const { customer, visit } = guest;
  const { language, playbook } = visit;
  const lines = [...entriesOf(guest), ...stepsOf(guest, now)].toReversed(); // of one moment what followed is first
  lines.sort((one, other) => other.at - one.at);
  return lines.slice(0, SHOWN).map(({ at, text, points }) => ({
    date: dateIn(language, zoneOf(customer, playbook), at),
    text,
    points:
      points === undefined ? '' : `${points > 0 ? '+' : '−'}${pointsInWords(Math.abs(points), language)}`,
  }));
}

function entriesOf({ customer, visit }: Guest): Line[] {
  const words = membershipWords(visit.language);
  const { joined, entries = [] } = customer.membership ?? {};
  const lines = entries.map((entry) => ({
    at: entry.at,
    points: entry.points,
    text: reasonOf(entry, words.reasons, words.spentPoints),
  }));
  return joined ? [{ at: joined.at, text: words.joined }, ...lines] : lines;
}

function reasonOf(
  { kind, reason }: PointEntry,
  reasons: Readonly<Record<string, string>>,
  spent: string,
): string {
  if (kind === 'spent') return spent;
  return kind === 'earned' ? (reasons[reason] ?? readable(reason)) : reason;
}

function stepsOf({ customer, visit }: Guest, now: number): Line[] {
  const { language, playbook } = visit;
  const words = membershipWords(language);
  const ladder = playbook.loyalty?.tiers ?? [];
  const steps = tierCourseOf(customer, playbook).filter(({ at }) => at <= now);
  return steps.map(({ at, tier }, i) => {
    const before = steps[i - 1]?.tier;
    const isDown =
      before !== undefined && ladder.findIndex(({ name }) => name === tier?.name) < ladder.indexOf(before);
    const named = { tier: (isDown ? before : tier)?.title[language] ?? '' };
    return { at, text: fill(isDown ? words.left : words.reached, named) };
  });
}
