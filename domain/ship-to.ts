import { z } from 'zod';
import { Line } from './incoming-customer.ts';
import { strict, wrong } from './strict.ts';

/** Where parcels go to: the officially assigned codes of ISO 3166-1 alpha-2. */
export const COUNTRIES: readonly string[] = (
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA ' +
  'CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA ' +
  'GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP ' +
  'KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS ' +
  'MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS ' +
  'RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW ' +
  'TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW'
).split(' ');

const NO_COUNTRY = 'is not a country; use a code of ISO 3166-1 such as NL';

/** A postal address. */
export const ShipTo = strict({
  name: Line,
  lines: z
    .array(Line, { error: wrong('is not a list of lines; write ["Kade 1"]') })
    .min(1)
    .max(3),
  postalCode: Line.max(16).exactOptional(), // some countries have none
  city: Line,
  region: Line.exactOptional(),
  country: z.string({ error: wrong(NO_COUNTRY) }).refine((code) => COUNTRIES.includes(code), NO_COUNTRY),
});

export type ShipTo = z.output<typeof ShipTo>;

/** An address as a foreign payload or a form has it: anything may be missing or empty. */
export type LooseAddress = { readonly [Part in keyof ShipTo]?: unknown };

/** The address, if it is one that a parcel can go to; what is empty counts as missing. */
export function shipToOf({ lines, country, ...parts }: LooseAddress): ShipTo | undefined {
  const told = Object.entries(parts).filter(([, value]) => !isEmpty(value));
  const address = {
    ...Object.fromEntries(told),
    lines: Array.isArray(lines) ? lines.filter((line) => !isEmpty(line)) : lines,
    country: typeof country === 'string' ? country.trim().toUpperCase() : country,
  };
  const read = ShipTo.safeParse(address);
  return read.success ? read.data : undefined;
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}
