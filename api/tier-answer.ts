import { z } from 'zod';
import type { Customer } from '../domain/customer.ts';
import type { Playbook, Span } from '../domain/playbook.ts';
import { PRIVILEGES, type Privilege, type Tier, type TierFrom } from '../domain/tier.ts';
import { tierCourseOf } from '../domain/tier-course.ts';
import { type Held, type TierStanding, tierStandingAt } from '../domain/tier-standing.ts';
import { iso } from './journey-answer.ts';
import { Standing, standingAnswer } from './points-answer.ts';

const Instant = z.iso.datetime().describe('RFC 3339, UTC');
const InWords = z.object({ nl: z.string(), en: z.string() });
const TierName = z.object({ name: z.string(), title: InWords });
const OPEN = 'null: it stays';

const Right = z.object({
  kind: z.enum(PRIVILEGES),
  title: InWords,
  value: z
    .looseObject({})
    .describe(
      '`member-price` {percent} · `early-access` {ahead} · `free-shipping` {from: {amount, currency}} · `longer-warranty` ' +
        '{by} · `service-line` {phone, email} · `event-invitation` {}; times in ISO 8601, money in minor units, null: not said',
    ),
  until: Instant.nullable().describe(`if nothing more is earned; ${OPEN}`),
});

/** What a checkout asks: which rights somebody has. */
export const PrivilegesAnswer = z.object({
  customerId: z.string(),
  member: z.boolean(),
  tier: TierName.nullable().describe('null: of no tier'),
  until: Instant.nullable().describe(`when the tier goes if nothing more is earned; ${OPEN}`),
  privileges: z.array(Right),
});

const Needed = z.object({
  kind: z.enum(['points', 'spent', 'orders']),
  amount: z.int().describe('points, orders, or minor units of the currency'),
  currency: z.string().nullable(),
});

const HISTORY = 50;

const Line = z.object({
  at: Instant,
  kind: z.enum(['joined', 'tier', 'earned', 'spent', 'corrected']),
  points: z.int().nullable().describe('below 0: taken'),
  reason: z.string().nullable(),
  tier: z.string().nullable().describe('of `tier`: by name; null: none any more'),
});

/** A member's standing, points and all. */
export const MembershipAnswer = Standing.extend({
  tier: TierName.extend({ since: Instant, until: Instant.nullable() }).nullable(),
  next: z.object({ tier: TierName, needed: Needed }).nullable().describe('null: there is no higher tier'),
  keep: z
    .object({ needed: Needed, before: Instant })
    .nullable()
    .describe('what is to be earned yet so that the tier does not go; null: nothing, or there is none'),
  privileges: z.array(Right),
  history: z.array(Line).describe('the newest first'),
});

export function privilegesAnswer(
  customer: Customer,
  playbook: Playbook | undefined,
  now: number,
): z.output<typeof PrivilegesAnswer> {
  const standing = playbook ? tierStandingAt(customer, playbook, now) : { privileges: [] };
  const { tier, until, privileges }: TierStanding = standing;
  return {
    customerId: customer.id,
    member: customer.membership?.joined !== undefined && playbook?.loyalty !== undefined,
    tier: tier ? named(tier) : null,
    until: orNull(until),
    privileges: privileges.map(rightOf),
  };
}

export function membershipAnswer(
  customer: Customer,
  playbook: Playbook | undefined,
  now: number,
): z.output<typeof MembershipAnswer> {
  const standing: TierStanding = playbook ? tierStandingAt(customer, playbook, now) : { privileges: [] };
  const { tier, since = 0, until, next, keep, privileges } = standing;
  return {
    ...standingAnswer(customer, now),
    tier: tier ? { ...named(tier), since: iso(since), until: orNull(until) } : null,
    next: next ? { tier: named(next.tier), needed: amountOf(next.needed) } : null,
    keep: keep ? { needed: amountOf(keep.needed), before: iso(keep.before) } : null,
    privileges: privileges.map(rightOf),
    history: playbook ? historyOf(customer, playbook, now) : [],
  };
}

function historyOf(customer: Customer, playbook: Playbook, now: number): z.output<typeof Line>[] {
  const none = { points: null, reason: null, tier: null };
  const { joined, entries = [] } = customer.membership ?? {};
  const steps = tierCourseOf(customer, playbook).filter(({ at }) => at <= now);
  const lines = [
    ...(joined ? [{ ...none, at: joined.at, kind: 'joined' as const, reason: joined.terms }] : []),
    ...steps.map(({ at, tier }) => ({ ...none, at, kind: 'tier' as const, tier: tier?.name ?? null })),
    ...entries.map(({ at, kind, points, reason }) => ({ ...none, at, kind, points, reason })),
  ];
  const newest = lines.sort((one, other) => other.at - one.at).slice(0, HISTORY);
  return newest.map((line) => ({ ...line, at: iso(line.at) }));
}

function named({ name, title }: Tier) {
  return { name, title };
}

function amountOf(needed: TierFrom) {
  const { kind, amount } = needed;
  return { kind, amount, currency: needed.kind === 'spent' ? needed.currency : null };
}

function rightOf({ privilege, until }: Held): z.output<typeof Right> {
  const { kind, title } = privilege;
  return { kind, title, value: toldValue(privilege), until: orNull(until) };
}

function toldValue(privilege: Privilege): Record<string, unknown> {
  switch (privilege.kind) {
    case 'member-price':
      return { percent: Math.round(privilege.off * 10_000) / 100 };
    case 'early-access':
      return { ahead: privilege.ahead ? durationOf(privilege.ahead) : null };
    case 'free-shipping':
      return { from: privilege.from ?? null };
    case 'longer-warranty':
      return { by: durationOf(privilege.by) };
    case 'service-line':
      return { phone: privilege.phone ?? null, email: privilege.email ?? null };
    case 'event-invitation':
      return {};
  }
}

/** ISO 8601, `P1Y6M`. */
function durationOf({ years, months, weeks, days, hours, minutes }: Span): string {
  const part = (count: number | undefined, unit: string) => (count ? `${count}${unit}` : '');
  const day = [part(years, 'Y'), part(months, 'M'), part(weeks, 'W'), part(days, 'D')].join('');
  const time = [part(hours, 'H'), part(minutes, 'M')].join('');
  return `P${day}${time && `T${time}`}`;
}

function orNull(at: number | undefined): string | null {
  return at === undefined ? null : iso(at);
}
