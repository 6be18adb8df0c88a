import type { HelperOptions } from 'handlebars';

/** What a template may call with a value; each takes its locale and zone from the values it is rendered with. */
export const FORMATTERS = { money, date, number, plural, select, list, link, initial };

const DATE_STYLES: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  long: { day: 'numeric', month: 'long', year: 'numeric' },
  day: { day: 'numeric', month: 'long' },
  month: { month: 'long', year: 'numeric' },
  year: { year: 'numeric' },
};

// an Intl object costs a hundred times what it does: one a locale and style is kept
const moneyIn = kept((locale, currency) => {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency });
  return { format, minorUnits: 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2) };
});
const numberIn = kept((locale) => new Intl.NumberFormat(locale));
const pluralIn = kept((locale) => new Intl.PluralRules(locale));
const listIn = kept((locale) => new Intl.ListFormat(locale, { type: 'conjunction' }));
const dateIn = kept((locale, timeZone, style) =>
  Intl.DateTimeFormat(locale, { ...(DATE_STYLES[style] ?? DATE_STYLES.long), timeZone }),
);

/** `{{money order.total order.currency}}`: an amount in minor units of its currency. */
function money(amount: number, currency: string, { data }: HelperOptions): string {
  const { format, minorUnits } = moneyIn(data.root.locale, currency);
  return format.format(amount / minorUnits);
}

/** `{{date order.at}}`, `{{date order.at style="day"}}`: epoch milliseconds, in the customer's zone. */
function date(at: number, { data, hash }: HelperOptions): string {
  return dateIn(data.root.locale, data.root.timeZone, hash.style ?? 'long').format(at);
}

function number(value: number, { data }: HelperOptions): string {
  return numberIn(data.root.locale).format(value);
}

/** `{{plural orders.count one="one order" other="# orders"}}`: `#` becomes the number. */
function plural(count: number, { data, hash }: HelperOptions): string {
  const words = hash[pluralIn(data.root.locale).select(count)] ?? hash.other ?? '#';
  return String(words).replaceAll('#', numberIn(data.root.locale).format(count));
}

/** `{{select customer.metThrough search="You found us." other=""}}`: the words for this value, else `other`. */
function select(value: string | null, { hash }: HelperOptions): string {
  return String((value !== null && Object.hasOwn(hash, value) ? hash[value] : hash.other) ?? '');
}

/** `{{list orders.categories}}`: `jazz, blues and soul`. */
function list(values: readonly string[], { data }: HelperOptions): string {
  return listIn(data.root.locale).format(values);
}

/** https, mailto, and what runs on this machine while one tries it out. */
const LINK = /^(https:\/\/|mailto:|http:\/\/(127\.0\.0\.1|localhost|\[::1\])[:/])[^\s<>"]+$/;

/**
 * `href="{{link shop.url}}"`: the only way for a value into a link.
 *
 * @throws when it is neither https nor mailto
 */
function link(url: string): string {
  if (!LINK.test(url)) throw new Error('a link is https or mailto');
  return url;
}

/** `{{initial shop.name}}`: the first letter or digit, as a monogram. */
function initial(name: string): string {
  return (/[\p{L}\p{N}]/u.exec(name)?.[0] ?? '·').toUpperCase();
}

function kept<T>(make: (first: string, second: string, third: string) => T) {
  const made = new Map<string, T>();
  return (first: string, second = '', third = ''): T => {
    const key = `${first}|${second}|${third}`;
    const found = made.get(key) ?? make(first, second, third);
    made.set(key, found);
    return found;
  };
}
