import type { PlaybookDocument } from './playbook-schema.ts';
import type { Problem } from './strict.ts';

type Written = PlaybookDocument['surprises'][string];

/** What a surprise must not say although each word of it is right. */
export function checkSurprises({ surprises, complaints }: PlaybookDocument): Problem[] {
  const budgets = Object.entries(surprises).flatMap(([name, surprise]) =>
    checkBudget(surprise, ['surprises', name]),
  );
  const { goodwill } = complaints ?? {};
  if (goodwill === undefined || Object.hasOwn(surprises, goodwill)) return budgets;
  const hint = 'name one of surprises:';
  return [
    ...budgets,
    { path: ['complaints', 'goodwill'], message: 'is not a surprise of this playbook', hint },
  ];
}

/** A budget of money needs to know what one costs, in the same money; tiers count as everybody else does. */
function checkBudget({ budget, value }: Written, path: readonly string[]): Problem[] {
  if (!budget) return [];
  const here = [...path, 'budget'];
  const isMoney = typeof budget.amount === 'string';
  if (isMoney && value === undefined) {
    const hint = 'add value: 7.50 EUR, or count grants: amount: 40';
    return [{ path: here, message: 'is of money, and what one costs is not told', hint }];
  }
  const amounts = [['amount', budget.amount] as const, ...Object.entries(budget.perTier ?? {})];
  return amounts.flatMap(([key, amount]) => {
    const at = key === 'amount' ? [...here, key] : [...here, 'perTier', key];
    if ((typeof amount === 'string') !== isMoney) {
      return [
        { path: at, message: 'does not count as the budget does', hint: `write it as ${budget.amount}` },
      ];
    }
    return typeof amount === 'string' && value !== undefined ? checkMoney(amount, value, at) : [];
  });
}

function checkMoney(amount: string, value: string, path: readonly string[]): Problem[] {
  if (currencyOf(amount) !== currencyOf(value)) {
    return [{ path, message: `is in ${currencyOf(amount)}, and what one costs in ${currencyOf(value)}` }];
  }
  const isEnough = Number.parseFloat(amount) >= Number.parseFloat(value);
  return isEnough ? [] : [{ path, message: `is less than one costs, ${value}` }];
}

function currencyOf(money: string): string {
  return money.slice(-'EUR'.length);
}
