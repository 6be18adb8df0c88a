import { complaintsOf, foldCases } from './complaints.ts';
import { foldConsents, settleConsents } from './consents.ts';
import type { Customer, Known, Marks, Order } from './customer.ts';
import type { StoredEvent } from './event.ts';
import { foldFeedback } from './feedback.ts';
import { stableShare } from './hash.ts';
import type { Journey } from './journey.ts';
import { foldMarketingOff, marketingOffOf } from './marketing-off.ts';
import { foldObjection, objectionOf } from './objection.ts';
import { foldOrders, hasReturns, isNet, keptItems, netTotal, rezoned } from './orders.ts';
import type { Phase } from './phases.ts';
import type { Playbook } from './playbook.ts';
import { standingAt } from './points.ts';
import { replaces } from './precedence.ts';
import { addressKey, foldProfile } from './profile.ts';
import { isGiven } from './reachable.ts';
import { remembered } from './remembered.ts';
import { foldSilences, silencesOf } from './silences.ts';
import { tierAt } from './tier-course.ts';

const NO_MARKS: Marks = { told: {}, addresses: [], cases: [] };

/** What is known of a customer of whom nothing is known, met at `at`, epoch milliseconds. */
export function emptyKnown(at: number): Known {
  return {
    createdAt: at,
    profile: { answered: [] },
    orders: [],
    consents: {},
    feedback: {},
    complaints: { open: [] },
    referralsPaid: 0,
    marks: NO_MARKS,
  };
}

/**
 * Adds one event to what is known. Call it once for each event; the order in which they come does not matter.
 *
 * @param shopZone the zone whose days count for a customer who told none
 */
export function fold(known: Known | undefined, event: StoredEvent, shopZone = 'UTC'): Known {
  const before = known ?? emptyKnown(event.at);
  const { profile, marks: told } = foldProfile(before.profile, before.marks ?? NO_MARKS, event);
  const silenced = foldSilences({ ...told, cases: foldCases(told.cases, event) }, event);
  const marks = foldObjection(foldMarketingOff(silenced, event), event);
  const zone = profile.timeZone ?? shopZone;
  const moved = zone !== (before.profile.timeZone ?? shopZone);
  const { pause: _, ended: __, marketingOff: ___, objection: ____, ...rest } = before;
  return {
    ...rest,
    ...metThrough(before, event),
    ...silencesOf(marks),
    ...marketingOffOf(marks),
    ...objectionOf(marks),
    createdAt: Math.min(before.createdAt, event.at),
    profile,
    orders: foldOrders(moved ? rezoned(before.orders, zone) : before.orders, event, zone),
    consents: settleConsents(foldConsents(before.consents, event), marks, addressKey(profile)),
    feedback: foldFeedback(before.feedback, event),
    complaints: complaintsOf(marks.cases),
    referralsPaid: before.referralsPaid + (event.type === 'referral' && event.data?.paid === true ? 1 : 0),
    marks,
  };
}

/** How we met: the first told. */
function metThrough({ metThrough: kept }: Known, { customer, at }: StoredEvent): Pick<Known, 'metThrough'> {
  if (!customer?.metThrough) return kept ? { metThrough: kept } : {};
  const told = { ...customer.metThrough, at };
  const isFirst = !kept || told.at < kept.at || (told.at === kept.at && replaces(told, kept));
  return { metThrough: isFirst ? told : kept };
}

/** The facts as rules, templates and the simulation read them: `fact-table.ts` says what each means. */
export type Facts = ReturnType<typeof knownFacts> & {
  readonly phase: Phase;
  readonly since: Date;
  readonly holdout: boolean;
  /** By name. */
  readonly tier: string | null;
  readonly points: { readonly balance: number | null; readonly pending: number | null };
};

/**
 * Reads a customer's facts at a moment of their journey.
 *
 * @param at epoch milliseconds, for facts that change by themselves
 * @param stay the phase, and when it began, epoch milliseconds
 * @param playbook by whose terms they are judged
 */
export function factsOf(
  customer: Customer,
  at: number,
  { phase, since }: Pick<Journey, 'phase' | 'since'>,
  playbook: Pick<Playbook, 'contact' | 'loyalty' | 'shop'>,
): Facts {
  const { holdout: holdoutShare } = playbook.contact;
  const isDrawn = holdoutShare > 0 && stableShare('holdout', customer.id) < holdoutShare;
  const holdout = isDrawn && !customer.known.objection; // who objects is not measured either
  const points = pointFacts(customer.membership, at);
  const tier = tierAt(customer, playbook, at)?.name ?? null;
  return { ...knownFacts(customer.known), phase, since: new Date(since), holdout, points, tier };
}

function pointFacts(membership: Customer['membership'], at: number): Facts['points'] {
  if (!membership?.joined) return { balance: null, pending: null };
  const { balance, pending } = standingAt(membership, at);
  return { balance, pending };
}

const knownFacts = remembered((known: Known) => {
  const { profile, metThrough: met, feedback, complaints } = known;
  return {
    metThrough: {
      channel: met?.channel ?? null,
      campaign: met?.campaign ?? null,
      referrer: met?.referrer ?? null,
    },
    locale: profile.locale ?? null,
    timeZone: profile.timeZone ?? null,
    createdAt: new Date(known.createdAt),
    orders: orderFacts(known.orders),
    profile: {
      birthday: profile.birthday ?? null,
      interests: profile.interests ?? [],
      answered: profile.answered.length,
    },
    consents: consentFacts(known.consents),
    contact: { every: profile.everyDays || null },
    feedback: feedbackFacts(feedback),
    complaints: { open: complaints.open.length, lastAt: dateOf(complaints.lastAt) },
    referrals: { paid: known.referralsPaid },
    rhythm: { alive: null, expected: null, lapsesAt: null },
  };
});

function feedbackFacts({ nps, product, csat, lastAt }: Known['feedback']) {
  return {
    nps: nps?.score ?? null,
    product: product?.score ?? null,
    csat: csat?.score ?? null,
    lastAt: dateOf(lastAt),
  };
}

function consentFacts(consents: Known['consents']): Readonly<Record<string, boolean>> {
  return Object.fromEntries(Object.entries(consents).map(([topic, told]) => [topic, isGiven(told)]));
}

/** Money counts in one currency, that of the last order: amounts are never added over currencies. */
const orderFacts = remembered((orders: readonly Order[]) => {
  const net = orders.filter(isNet);
  const last = net.at(-1);
  const paid = net.filter(({ currency }) => currency === last?.currency);
  const total = paid.reduce((sum, order) => sum + netTotal(order), 0);
  const kept = net.flatMap(keptItems);
  return {
    count: net.length,
    days: new Set(net.map(({ day }) => day)).size,
    first: dateOf(net[0]?.at),
    last: dateOf(last?.at),
    total,
    average: paid.length > 0 ? Math.round(total / paid.length) : null,
    returned: orders.filter(hasReturns).length,
    skus: distinct(kept.map(({ sku }) => sku)),
    categories: distinct(kept.flatMap(({ category }) => category ?? [])),
  };
});

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort();
}

function dateOf(at: number | undefined): Date | null {
  return at === undefined ? null : new Date(at);
}
