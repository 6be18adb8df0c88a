import type { Facts } from './facts.ts';

/** The four phases of a relationship, in order; a journey moves on through them, forward only. */
export const PHASES = ['first-contact', 'getting-acquainted', 'relationship', 'ambassador'] as const;

export type Phase = (typeof PHASES)[number];

/** Lowest score of a promoter, 0–10 (Reichheld 2003, "The One Number You Need to Grow"). */
const PROMOTER = 9;
const DAY_MS = 86_400_000;
/** How long a complaint keeps a customer from being asked to recommend us, days. */
const QUIET_DAYS = 180;

/** What holds in a phase whatever the playbook says. */
type Invariants = {
  /** What facts must say of whoever moves on into it. */
  readonly admits: (facts: Facts, at: number) => boolean;
  /** Most touches of the phase that ask a question. */
  readonly mostAsks: number;
  /** Whether a touch may ask about a product. */
  readonly asksAboutProducts: boolean;
  readonly surprises: boolean;
};

const FREE = { mostAsks: Number.POSITIVE_INFINITY, asksAboutProducts: true, surprises: true };

export const INVARIANTS: Readonly<Record<Phase, Invariants>> = {
  /** Nothing is bought yet: there is no product to ask about, and nothing to thank for. */
  'first-contact': {
    admits: ({ orders }) => orders.count === 0,
    mostAsks: Number.POSITIVE_INFINITY,
    asksAboutProducts: false,
    surprises: false,
  },
  /** Two questions: more is an interrogation. */
  'getting-acquainted': { ...FREE, admits: () => true, mostAsks: 2 },
  /** Two order days, or what the playbook takes for as good: its `movesOn` says. */
  relationship: { ...FREE, admits: () => true },
  /** Whoever recommends us: a promoter, or a friend who bought; and no complaint for half a year. */
  ambassador: { ...FREE, admits: isContentPromoter },
};

/** Whether a customer may move on into a phase. The playbook's criteria come on top. */
export function admits(phase: Phase, facts: Facts, at: number): boolean {
  return INVARIANTS[phase].admits(facts, at);
}

/** Whether one phase comes after another. */
export function isForward(from: Phase, to: Phase): boolean {
  return PHASES.indexOf(to) > PHASES.indexOf(from);
}

function isContentPromoter({ feedback, referrals, complaints }: Facts, at: number): boolean {
  const recommends = (feedback.nps ?? 0) >= PROMOTER || referrals.paid > 0;
  const { open, lastAt } = complaints;
  return recommends && open === 0 && (lastAt === null || at - lastAt.getTime() >= QUIET_DAYS * DAY_MS);
}
