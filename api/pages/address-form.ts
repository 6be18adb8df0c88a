import { COUNTRIES, type ShipTo, shipToOf } from '../../domain/ship-to.ts';
import type { Fields } from './forms.ts';
import { GIFT_WORDS } from './gift-words.ts';
import type { Language } from './words.ts';

/** The fields of an address, in order, each as browsers know it. */
const FIELDS = [
  { field: 'name', autocomplete: 'name', most: 256, isOptional: false },
  { field: 'line1', autocomplete: 'address-line1', most: 256, isOptional: false },
  { field: 'line2', autocomplete: 'address-line2', most: 256, isOptional: true },
  { field: 'postalCode', autocomplete: 'postal-code', most: 16, isOptional: true },
  { field: 'city', autocomplete: 'address-level2', most: 256, isOptional: false },
] as const;

type Faults = Readonly<Record<string, string>>;

/** What somebody has filled in, as an address; or what is missing. */
export function readAddress(
  fields: Fields,
  language: Language,
): { readonly shipTo: ShipTo } | { readonly faults: Faults } {
  const told = (field: string) => fields[field]?.[0]?.trim() ?? '';
  const shipTo = shipToOf({
    ...{ name: told('name'), lines: [told('line1'), told('line2')], city: told('city') },
    ...{ postalCode: told('postalCode'), country: told('country') },
  });
  if (shipTo && told('line1') !== '') return { shipTo };
  const { fault } = GIFT_WORDS[language];
  const missing = FIELDS.filter(({ field, isOptional }) => !isOptional && told(field) === '');
  const faults = Object.fromEntries(missing.map(({ field }) => [field, fault]));
  const country = COUNTRIES.includes(told('country')) ? {} : { country: fault };
  const all = { ...faults, ...country };
  return { faults: Object.keys(all).length > 0 ? all : { name: fault } };
}

/** The form, with what was filled in already. */
export function addressForm(
  { fields, faults }: { readonly fields: Fields; readonly faults: Faults },
  home: string,
  language: Language,
) {
  const words = GIFT_WORDS[language];
  const value = (field: string) => fields[field]?.[0] ?? '';
  return {
    fields: FIELDS.map((one) => ({
      ...{ ...one, label: words[one.field], value: value(one.field) },
      fault: faults[one.field] ?? '',
    })),
    countries: countriesIn(language, value('country') || home),
    faults: { ...faults, any: Object.keys(faults).length > 0 },
  };
}

function countriesIn(language: Language, chosen: string) {
  const names = new Intl.DisplayNames(language, { type: 'region' });
  const collator = new Intl.Collator(language);
  return COUNTRIES.map((code) => ({ code, name: names.of(code) ?? code, isChosen: code === chosen })).sort(
    (a, b) => collator.compare(a.name, b.name),
  );
}
