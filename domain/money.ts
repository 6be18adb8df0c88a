const DECIMAL = /^([+-]?)(\d{1,15})(?:\.(\d*))?$/;

/** Decimals of each currency: an Intl object costs a hundred times what it tells. */
const decimals = new Map<string, number>();

/**
 * An amount as shops write it, `"29.33"`, in minor units, `2933`; half a unit is rounded away from zero.
 *
 * @param currency ISO 4217; its decimals are those that mails write it with
 * @returns nothing for what is no amount, or no currency
 */
export function minorUnitsOf(amount: string | number, currency: string): number | undefined {
  const digits = decimalsOf(currency);
  const match = DECIMAL.exec(String(amount).trim());
  if (!match || digits === undefined) return undefined;
  const [, sign = '', whole = '', rest = ''] = match;
  const kept = Number(`${whole}${rest.slice(0, digits).padEnd(digits, '0')}`);
  const rounded = kept + (Number(rest[digits] ?? 0) >= 5 ? 1 : 0);
  if (!Number.isSafeInteger(rounded)) return undefined;
  return sign === '-' && rounded > 0 ? -rounded : rounded;
}

/** Decimals of a currency (ISO 4217, in capitals); nothing for what cannot be one. */
export function decimalsOf(currency: string): number | undefined {
  const known = decimals.get(currency);
  if (known !== undefined || !/^[A-Z]{3}$/.test(currency)) return known;
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  decimals.set(currency, digits);
  return digits;
}
