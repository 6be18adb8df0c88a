import { KLAVIYO } from './import-klaviyo.ts';
import { MAILCHIMP } from './import-mailchimp.ts';
import type { ImportKind, Row } from './import-row.ts';
import { SHOPIFY } from './import-shopify.ts';
import { WOOCOMMERCE } from './import-woocommerce.ts';

/** A kind of file, by its headers. Headers are compared in lower case. */
export type ImportFormat = {
  readonly name: string;
  readonly kind: ImportKind;
  /** The headers it is recognised by: all of one of these lists. */
  readonly recognisedBy: readonly (readonly string[])[];
  /** Where each of Rapport's columns is to be found: under the first of these headers that holds something. */
  readonly columns: Readonly<Record<string, readonly string[]>>;
  /** What more a row tells, by Rapport's columns; it counts before `columns`. */
  readonly reads?: (row: Row) => Readonly<Record<string, string | undefined>>;
  /** The system that its ids are of. @default shop */
  readonly source?: string;
  /** The zone of its times, where it is not the shop's. */
  readonly timeZone?: string;
  /** @default minor */
  readonly money?: 'decimal';
  /** Rapport's own: each column must be known. */
  readonly isOwn?: true;
};

const CUSTOMERS = [
  ...['id', 'source', 'email', 'first_name', 'last_name', 'locale', 'time_zone', 'birthday', 'met_through'],
  ...['consent_topics', 'consent_at', 'consent_source', 'unsubscribed_at'],
];
const ORDERS = [
  ...['source', 'order_id', 'customer_id', 'email', 'at', 'total', 'currency'],
  ...['sku', 'name', 'category', 'quantity', 'price', 'cancelled_at', 'refunded_at'],
];
const SUPPRESSIONS = ['email', 'reason', 'at'];

/** Rapport's own files (design §9). */
const OWN: readonly ImportFormat[] = [
  own('orders', 'orders', ORDERS, [['order_id']]),
  own('suppressions', 'suppressions', SUPPRESSIONS, [
    ['email', 'reason'],
    ['email', 'at'],
  ]),
  own(
    'customers',
    'customers',
    CUSTOMERS,
    CUSTOMERS.slice(1).flatMap((column) =>
      column === 'source'
        ? []
        : [
            ['id', column],
            ['email', column],
          ],
    ),
  ),
];

function own(
  name: string,
  kind: ImportKind,
  columns: readonly string[],
  recognisedBy: ImportFormat['recognisedBy'],
): ImportFormat {
  const places = Object.fromEntries(columns.map((column) => [column, [column]]));
  return { name, kind, recognisedBy, columns: places, isOwn: true };
}

/** All that can be imported; the first that fits a file's headers counts. */
export const IMPORT_FORMATS: readonly ImportFormat[] = [
  ...[...SHOPIFY, ...WOOCOMMERCE, ...KLAVIYO, ...MAILCHIMP],
  ...OWN,
];

/** A row by Rapport's columns; `foreign` is by the file's own headers, in lower case. */
export function translated({ columns, reads }: ImportFormat, foreign: Row): Row {
  const own: Record<string, string> = {};
  for (const [column, headers] of Object.entries(columns)) {
    const header = headers.find((candidate) => foreign[candidate] !== undefined);
    const value = header === undefined ? undefined : foreign[header];
    if (value !== undefined) own[column] = value;
  }
  for (const [column, value] of Object.entries(reads?.(foreign) ?? {})) {
    if (value === undefined) delete own[column];
    else own[column] = value;
  }
  return own;
}

/** What a column of Rapport's is called in a file. */
export function headerOf({ columns }: ImportFormat, column: string): string {
  return columns[column]?.[0] ?? column;
}
