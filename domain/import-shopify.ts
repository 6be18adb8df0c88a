import type { ImportFormat } from './import-formats.ts';
import type { Row } from './import-row.ts';

/** An id as text: Shopify marks a number that is none with an apostrophe, so that spreadsheets leave it alone. */
function plain(text: string | undefined): string | undefined {
  return text?.replace(/^'/, '');
}

function acceptsIn(row: Row): Readonly<Record<string, string | undefined>> {
  const accepts = (row['accepts email marketing'] ?? row['accepts marketing'])?.toLowerCase();
  return {
    id: plain(row['customer id']),
    ...(accepts === 'yes' && { subscribed: 'yes', consent_source: 'Shopify: accepts email marketing' }),
    ...(accepts === 'no' && { refused: 'yes' }),
  };
}

function orderIn(row: Row): Readonly<Record<string, string | undefined>> {
  const status = row['financial status']?.toLowerCase();
  return {
    known_as: plain(row.id), // on the first line alone, and what everything else calls the order
    ...(status === 'refunded' && { refunded: 'yes' }),
    ...(status === 'voided' && { cancelled: 'yes' }),
  };
}

/**
 * The exports of Shopify's admin. An order's later lines hold its name, its address and an item, and no more.
 *
 * @see https://help.shopify.com/en/manual/customers/import-export-customers
 * @see https://help.shopify.com/en/manual/fulfillment/managing-orders/exporting-orders
 */
export const SHOPIFY: readonly ImportFormat[] = [
  {
    name: 'Shopify orders',
    kind: 'orders',
    source: 'shopify',
    money: 'decimal',
    recognisedBy: [['name', 'financial status', 'created at', 'lineitem name', 'lineitem quantity']],
    columns: {
      order_id: ['name'],
      email: ['email'],
      at: ['created at'],
      total: ['total'],
      currency: ['currency'],
      sku: ['lineitem sku'],
      name: ['lineitem name'],
      quantity: ['lineitem quantity'],
      price: ['lineitem price'],
      cancelled_at: ['cancelled at'],
    },
    reads: orderIn,
  },
  {
    name: 'Shopify customers',
    kind: 'customers',
    source: 'shopify',
    recognisedBy: [
      ['first name', 'last name', 'email', 'accepts email marketing'],
      ['first name', 'last name', 'email', 'accepts marketing'],
    ],
    columns: {
      id: ['customer id'],
      email: ['email'],
      first_name: ['first name'],
      last_name: ['last name'],
      unsubscribed_at: [],
    },
    reads: acceptsIn,
  },
];
