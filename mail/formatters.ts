import { remembered } from './remembered.ts';

/** Makes a counted address of a link, by its number in the template. */
export type Counted = (url: string, index: number) => string;

/** What a formatter is told beside its values: its own settings, and whom the mail is for. */
type Told = {
  readonly data: {
    readonly root: { readonly locale: string; readonly timeZone: string };
    /** Of a mail whose reader agreed that clicks are counted. */
    readonly counted?: Counted;
  };
  readonly hash: Readonly<Record<string, string | undefined>>;
};

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
  const minorUnits = 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2);
  return remembered((amount: number) => format.format(amount / minorUnits));
});
const numberIn = kept((locale) => {
  const format = new Intl.NumberFormat(locale);
  return remembered((value: number) => format.format(value));
});
const pluralIn = kept((locale) => new Intl.PluralRules(locale));
const listIn = kept((locale) => {
  const format = new Intl.ListFormat(locale, { type: 'conjunction' });
  return remembered((joined: string) => format.format(joined.split(BETWEEN)));
});
const dateIn = kept((locale, timeZone, style) => {
  const format = Intl.DateTimeFormat(locale, { ...(DATE_STYLES[style] ?? DATE_STYLES.long), timeZone });
  return remembered((at: number) => format.format(at));
});

/** `{{money order.total order.currency}}`: an amount in minor units of its currency. */
function money(amount: number, currency: string, { data }: Told): string {
  return moneyIn(data.root.locale, currency)(amount);
}

/** `{{date order.at}}`, `{{date order.at style="day"}}`: epoch milliseconds, in the customer's zone. */
function date(at: number, { data, hash }: Told): string {
  return dateIn(data.root.locale, data.root.timeZone, hash.style ?? 'long')(at);
}

function number(value: number, { data }: Told): string {
  return numberIn(data.root.locale)(value);
}

/** `{{plural orders.count one="one order" other="# orders"}}`: `#` becomes the number. */
function plural(count: number, { data, hash }: Told): string {
  const words = hash[pluralIn(data.root.locale).select(count)] ?? hash.other ?? '#';
  return String(words).replaceAll('#', numberIn(data.root.locale)(count));
}

/** `{{select customer.metThrough search="You found us." other=""}}`: the words for this value, else `other`. */
function select(value: string | null, { hash }: Told): string {
  return String((value !== null && Object.hasOwn(hash, value) ? hash[value] : hash.other) ?? '');
}

/** `{{list orders.categories}}`: `jazz, blues and soul`. */
function list(values: readonly string[], { data }: Told): string {
  return values.length === 0 ? '' : listIn(data.root.locale)(values.join(BETWEEN));
}

/** `count`: the number that `counted-links.ts` gave it. */
type LinkTold = Pick<Told, 'data'> & { readonly hash: { readonly count?: number } };

/** https, mailto, and what runs on this machine while one tries it out. */
const LINK = /^(https:\/\/|mailto:|http:\/\/(127\.0\.0\.1|localhost|\[::1\])[:/])[^\s<>"]+$/;

/**
 * `href="{{link shop.url}}"`: the only way for a value into a link.
 *
 * @throws when it is neither https nor mailto
 */
function link(url: string, { data, hash }: LinkTold): string {
  if (!isLink(url)) throw new Error('a link is https or mailto');
  if (!data.counted || hash.count === undefined || url.startsWith('mailto:')) return url;
  return data.counted(url, hash.count);
}

export function isLink(url: string): boolean {
  return LINK.test(url);
}

/** `{{initial shop.name}}`: the first letter or digit, as a monogram. */
export function initial(name: string): string {
  return (/[\p{L}\p{N}]/u.exec(name)?.[0] ?? '·').toUpperCase();
}

/** Between the items of a list, where no text of a person has it. */
const BETWEEN = '\u0000';

function kept<T>(make: (first: string, second: string, third: string) => T) {
  const made = new Map<string, T>();
  let last: { readonly of: readonly [string, string, string]; readonly is: T } | undefined;
  return (first: string, second = '', third = ''): T => {
    if (last && last.of[0] === first && last.of[1] === second && last.of[2] === third) return last.is;
    const key = `${first}|${second}|${third}`;
    const found = made.get(key) ?? make(first, second, third);
    made.set(key, found);
    last = { of: [first, second, third], is: found };
    return found;
  };
}
