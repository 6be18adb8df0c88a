import { minorUnitsOf } from './money.ts';
import type { PlaybookDocument } from './playbook-schema.ts';
import type { Budget, Surprise } from './surprise.ts';

type Written = PlaybookDocument['surprises'][string];

/** The surprises that a checked document declares. */
export function surprisesIn(written: PlaybookDocument['surprises']): Readonly<Record<string, Surprise>> {
  return Object.fromEntries(Object.entries(written).map(([name, one]) => [name, surpriseOf(name, one)]));
}

function surpriseOf(name: string, { value, budget, ...rest }: Written): Surprise {
  return {
    ...{ name, ...rest },
    ...(value !== undefined && { value: moneyOf(value) }),
    ...(budget && { budget: budgetOf(budget) }),
  };
}

function budgetOf({ amount, per, spread, perTier }: NonNullable<Written['budget']>): Budget {
  const tiers = Object.entries(perTier ?? {}).map(([tier, own]) => [tier, countOf(own)] as const);
  return {
    counts: typeof amount === 'number' ? 'grants' : 'money',
    ...{ amount: countOf(amount), per, spread },
    ...(tiers.length > 0 && { perTier: Object.fromEntries(tiers) }),
  };
}

function countOf(amount: string | number): number {
  return typeof amount === 'number' ? amount : moneyOf(amount).amount;
}

/** `12.50 EUR` in minor units. */
function moneyOf(text: string): { readonly amount: number; readonly currency: string } {
  const [amount = '', currency = ''] = text.split(' ');
  return { amount: minorUnitsOf(amount, currency) ?? 0, currency };
}
