import { stableShare } from '../domain/hash.ts';
import { pick } from './catalogue.ts';

/** An invented person behind a number of the sample. */
export type Person = {
  readonly id: string;
  readonly email: string;
  readonly name: { readonly first: string; readonly last: string };
  readonly locale: 'nl' | 'en';
  readonly timeZone: string;
  readonly birthday?: string;
};

const FIRST = {
  nl: [
    'Anna',
    'Bram',
    'Sanne',
    'Jeroen',
    'Femke',
    'Daan',
    'Lotte',
    'Zoë',
    'Maarten',
    'Iris',
    'Thijs',
    'Noor',
  ],
  en: ['Alice', 'Ben', 'Chloe', 'Dylan', 'Emily', 'Frank', 'Grace', 'Harry', 'Isla', 'Jack', 'Renée', 'Tom'],
} as const;

const LAST = {
  nl: [
    'de Vries',
    'Jansen',
    'van den Berg',
    'Bakker',
    'Visser',
    'Smit',
    'Meijer',
    'Mulder',
    '’t Hart',
    'Bos',
  ],
  en: ['Smith', 'O’Connor', 'Taylor', 'Brown', 'Evans', 'Wilson', 'Clarke', 'Hughes', 'Núñez', 'Wood'],
} as const;

/** Two in three read Dutch. */
const DUTCH_SHARE = 2 / 3;

/** Two in five tell their birthday. */
const BIRTHDAY_SHARE = 0.4;

/** Who a customer of the sample is: the same person for the same seed, whatever else is played. */
export function personOf(customer: string, seed: string): Person {
  const draw = (what: string) => stableShare(seed, 'person', customer, what);
  const locale = draw('locale') < DUTCH_SHARE ? 'nl' : 'en';
  const name = { first: pick(FIRST[locale], draw('first')), last: pick(LAST[locale], draw('last')) };
  const birthday = draw('tells birthday') < BIRTHDAY_SHARE && birthdayAt(draw('year'), draw('birthday'));
  return {
    id: `c-${Number(customer)}`,
    email: `${mailbox(name)}.${Number(customer)}@example.com`,
    name,
    locale,
    timeZone: timeZoneAt(draw('zone'), locale),
    ...(birthday && { birthday }),
  };
}

function timeZoneAt(share: number, locale: Person['locale']): string {
  if (share < 0.8) return 'Europe/Amsterdam';
  if (locale === 'nl') return 'Europe/Brussels';
  return share < 0.9 ? 'Europe/London' : 'America/New_York';
}

/** Born between 1930 and 1979, `1984-06-21`. */
function birthdayAt(year: number, day: number): string {
  const start = Date.UTC(1930 + Math.floor(year * 50), 0, 1);
  return new Date(start + Math.floor(day * 365) * 86_400_000).toISOString().slice(0, 10);
}

/** `Zoë van den Berg` reads mail at `zoe.vandenberg`. */
function mailbox({ first, last }: Person['name']): string {
  const plain = (name: string) =>
    name
      .normalize('NFD')
      .replace(/[^a-z]/gi, '')
      .toLowerCase();
  return `${plain(first)}.${plain(last)}`;
}
