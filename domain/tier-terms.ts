import { z } from 'zod';
import { Email } from './incoming-customer.ts';
import { minorUnitsOf } from './money.ts';
import { InWords, LongSpan, Money, named, Percent } from './playbook-terms.ts';
import { strict, wrong } from './strict.ts';
import {
  PRIVILEGES,
  type Privilege,
  type Sum,
  type InWords as Texts,
  type Tier,
  type TierFrom,
} from './tier.ts';

const NO_FROM = 'is not what a tier takes; write 200 points, { spent: 250 EUR } or { orders: 4 }';
const POINTS = /^(\d{1,9}) points?$/;
const AMOUNT = /^(\S+) ([A-Z]{3})$/;

/** An amount of money in minor units. */
const MoneySum = Money.transform((text, context): Sum => {
  const [, written = '', currency = ''] = AMOUNT.exec(text) ?? [];
  const amount = minorUnitsOf(written, currency);
  if (amount !== undefined) return { amount, currency };
  context.addIssue('is not an amount; write 12.50 EUR');
  return z.NEVER;
});

const Points = z
  .string()
  .regex(POINTS)
  .transform((text): TierFrom => ({ kind: 'points', amount: Number(POINTS.exec(text)?.[1]) }));

/** `200 points`, `{ spent: 250 EUR }` or `{ orders: 4 }`: in the last twelve months. */
const From = z.union(
  [
    Points,
    strict({ spent: MoneySum }).transform(({ spent }): TierFrom => ({ kind: 'spent', ...spent })),
    strict({ orders: z.int().min(0).max(10_000) }).transform(
      ({ orders: amount }): TierFrom => ({ kind: 'orders', amount }),
    ),
  ],
  { error: wrong(NO_FROM) },
);

const Phone = z.string().regex(/^\+?[0-9 ()-]{3,30}$/, 'is not a telephone number; write +31 50 123 45 67');

/** A right of one kind, with what it is called and what it comes to. */
function privilege<const Kind extends Privilege['kind'], const Shape extends z.core.$ZodLooseShape>(
  kind: Kind,
  shape: Shape,
) {
  const written = strict({ title: InWords, ...shape });
  return written.transform((told) => ({ kind, ...told })).exactOptional();
}

/** The rights of one tier: each kind once, told in this order wherever they are shown. */
const Privileges = strict({
  'member-price': privilege('member-price', { off: Percent }),
  'early-access': privilege('early-access', { ahead: LongSpan.exactOptional() }),
  'free-shipping': privilege('free-shipping', { from: MoneySum.exactOptional() }),
  'longer-warranty': privilege('longer-warranty', { by: LongSpan }),
  'service-line': privilege('service-line', { phone: Phone.exactOptional(), email: Email.exactOptional() }),
  'event-invitation': privilege('event-invitation', {}),
}).transform((written): readonly Privilege[] => Object.values(written));

const TierTerm = strict({
  title: InWords.exactOptional(),
  from: From,
  privileges: Privileges.prefault({}),
});

type Written = Readonly<Record<string, z.output<typeof TierTerm>>>;

/** The tiers of the programme, the lowest first; each has what those below it have, or better. */
export const TierTerms = named(TierTerm).transform((written, context): readonly Tier[] => {
  const ladder = ladderOf(written);
  for (const problem of problemsOf(ladder)) context.addIssue({ code: 'custom', ...problem });
  return ladder;
});

function ladderOf(written: Written): readonly Tier[] {
  const ladder: Tier[] = [];
  for (const [name, { title = calledBy(name), from, privileges: own }] of Object.entries(written)) {
    const better = own.map(({ kind }) => kind);
    const kept = ladder.at(-1)?.privileges.filter(({ kind }) => !better.includes(kind)) ?? [];
    ladder.push({ name, title, from, privileges: [...own, ...kept].toSorted(inOrder) });
  }
  return ladder;
}

function inOrder(one: Privilege, other: Privilege): number {
  return PRIVILEGES.indexOf(one.kind) - PRIVILEGES.indexOf(other.kind);
}

/** A higher tier takes more, and gives no less. */
function problemsOf(ladder: readonly Tier[]): { readonly path: string[]; readonly message: string }[] {
  return ladder.slice(1).flatMap((tier, i) => {
    const below = ladder[i];
    if (!below) return [];
    const { name } = below;
    const isHigher = !isAlike(below.from, tier.from) || tier.from.amount > below.from.amount;
    const isDeeper = priceOff(tier) >= priceOff(below);
    return [
      ...(isHigher
        ? []
        : [
            {
              path: [tier.name, 'from'],
              message: `is not more than ${name} takes; write the lowest tier first`,
            },
          ]),
      ...(isDeeper
        ? []
        : [{ path: [tier.name, 'privileges', 'member-price', 'off'], message: `is less than ${name} has` }]),
    ];
  });
}

/** Whether two tiers count the same, so that one can be said to take more. */
function isAlike(one: TierFrom, other: TierFrom): boolean {
  if (one.kind === 'spent' && other.kind === 'spent') return one.currency === other.currency;
  return one.kind === other.kind;
}

function priceOff({ privileges }: Tier): number {
  return privileges.find((privilege) => privilege.kind === 'member-price')?.off ?? 0;
}

/** What a tier without a title is called: its name, with a capital. */
function calledBy(name: string): Texts {
  const called = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  return { nl: called, en: called };
}
