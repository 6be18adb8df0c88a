import type { FastifyReply } from 'fastify';
import { zoneOf } from '../../domain/contact-policy.ts';
import type { Loyalty } from '../../domain/loyalty.ts';
import { standingAt } from '../../domain/points.ts';
import type { Tier } from '../../domain/tier.ts';
import { type TierStanding, tierStandingAt } from '../../domain/tier-standing.ts';
import { addressOf, type Guest, showGuestMessage, showGuestPage } from './guest.ts';
import { dateIn } from './guest-dates.ts';
import { historyOf } from './membership-history.ts';
import { amountInWords, membershipWords, pointsInWords } from './membership-words.ts';
import type { Show } from './show.ts';
import { fill } from './words.ts';

/** What came of a button; `fault`: nothing, as something is to be mended. */
export type MembershipOutcome = { readonly said: string; readonly fault?: true };

type Now = { readonly now: number; readonly outcome?: MembershipOutcome | undefined };

/** Shows a customer their membership, or how to become a member. */
export function showMembership(show: Show, guest: Guest, { now, outcome }: Now): FastifyReply {
  const { customer, visit } = guest;
  const { loyalty, shop } = visit.playbook;
  const words = membershipWords(visit.language);
  if (!loyalty) {
    const lead = fill(words.noneHere, { shop: shop.name });
    return showGuestMessage(show, guest, { title: words.noneTitle, lead, status: 404 }, false);
  }
  const isMember = customer.membership?.joined !== undefined;
  return showGuestPage(show, guest, {
    ...{ view: 'membership', title: isMember ? words.title : words.inviteTitle },
    status: outcome?.fault ? 422 : 200,
    lead: fill(words.to, { shop: shop.name, email: addressOf(customer) }),
    ...{ said: outcome?.said ?? '', isFault: outcome?.fault === true, membership: words },
    member: isMember ? memberOf(guest, loyalty, now) : undefined,
    invitation: isMember ? undefined : invitationTo(guest, loyalty),
    ladder: (loyalty.tiers ?? []).map((tier) => rungOf(tier, guest)),
  });
}

function memberOf(guest: Guest, loyalty: Loyalty, now: number) {
  const { customer, visit } = guest;
  const standing = tierStandingAt(customer, visit.playbook, now);
  return {
    points: loyalty.points && pointsOf(guest, now),
    tier: loyalty.tiers && tierOf(guest, standing),
    rights: standing.privileges.map(({ privilege, until }) => ({
      title: privilege.title[visit.language],
      note:
        until === undefined
          ? ''
          : fill(membershipWords(visit.language).until, { date: dateOf(guest, until) }),
    })),
    history: historyOf(guest, now),
  };
}

function pointsOf(guest: Guest, now: number) {
  const { language } = guest.visit;
  const words = membershipWords(language);
  const { balance, pending, owed, expiring } = standingAt(guest.customer.membership, now);
  const [next] = expiring;
  const inWords = (points: number) => ({ points: pointsInWords(points, language) });
  return {
    balance: pointsInWords(balance, language),
    notes: [
      ...(pending > 0 ? [fill(words.pending, inWords(pending))] : []),
      ...(next ? [fill(words.expiring, { ...inWords(next.points), date: dateOf(guest, next.at) })] : []),
      ...(owed > 0 ? [fill(words.owed, inWords(owed))] : []),
    ],
  };
}

function tierOf(guest: Guest, { tier, since, until, next, keep }: TierStanding) {
  const { language } = guest.visit;
  const words = membershipWords(language);
  const ahead = next && { needed: amountInWords(next.needed, language), tier: next.tier.title[language] };
  const kept = keep && { needed: amountInWords(keep.needed, language), date: dateOf(guest, keep.before) };
  return {
    heading: tier ? fill(words.tierIs, { tier: tier.title[language] }) : words.tierNone,
    notes: [
      ...(tier ? [fill(words.tierSince, { date: dateOf(guest, since ?? 0) })] : [words.noneLead]),
      ...(kept ? [fill(words.keep, kept)] : []),
      ...(tier && until === undefined ? [words.stays] : []),
      ahead ? fill(words.next, ahead) : words.highest,
    ],
    progress: next && {
      label: fill(words.progress, { tier: next.tier.title[language] }),
      ...{ value: next.tier.from.amount - next.needed.amount, most: next.tier.from.amount },
    },
  };
}

/** Who joins by their first order is told so; who may join here is asked to agree to the terms. */
function invitationTo({ customer, visit }: Guest, loyalty: Loyalty) {
  const words = membershipWords(visit.language);
  const { terms, termsUrl = '', joining } = loyalty;
  const isAutomatic = joining === 'automatic' && customer.membership?.left === undefined;
  return {
    ...{ isAutomatic, terms, termsUrl },
    title: fill(words.terms, { terms }),
    ask: fill(words.askTerms, { replyTo: visit.playbook.shop.replyTo }),
    agree: fill(words.agree, { terms }),
  };
}

/** A tier as it is told to who does not have it yet. */
function rungOf({ title, from, privileges }: Tier, { visit: { language } }: Guest) {
  const words = membershipWords(language);
  const needed = amountInWords(from, language);
  return {
    title: title[language],
    takes: from.amount > 0 ? fill(words.takes, { needed }) : words.everyMember,
    rights: privileges.map((privilege) => privilege.title[language]),
  };
}

function dateOf({ customer, visit }: Guest, at: number): string {
  return dateIn(visit.language, zoneOf(customer, visit.playbook), at);
}
