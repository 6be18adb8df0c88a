import type { ImportFormat } from './import-formats.ts';
import type { Row } from './import-row.ts';

/** What was never an order: nothing was sold. */
const NOT_PLACED = ['pending', 'failed', 'trash', 'draft', 'checkout-draft', 'auto-draft'];

function orderIn(row: Row): Readonly<Record<string, string | undefined>> {
  const status = row.status?.toLowerCase().replace(/^wc-/, '') ?? '';
  return {
    ...(row.customer_id === '0' && { customer_id: undefined }), // a guest
    ...(NOT_PLACED.includes(status) && { not_placed: status }),
    ...(status === 'cancelled' && { cancelled: 'yes' }),
    ...(status === 'refunded' && { refunded: 'yes' }),
    ...itemIn(row),
  };
}

/** The price of one piece with its tax: the export tells what all pieces of a line came to. */
function itemIn(row: Row): Readonly<Record<string, string | undefined>> {
  const { item_total: total, item_total_tax: tax = row.item_tax ?? '0', item_quantity: quantity = '1' } = row;
  const price = (Number(total) + Number(tax)) / Number(quantity);
  return {
    ...(total !== undefined && { price: Number.isFinite(price) ? String(price) : total }),
    ...(row.item_refunded_qty !== undefined && {
      refunded_quantity: row.item_refunded_qty.replace(/^-/, ''),
    }),
  };
}

/** A name in one column: the first word is the first name. */
function namesIn(row: Row): Readonly<Record<string, string | undefined>> {
  const [first, ...last] = (row.name ?? '').split(/\s+/);
  return { first_name: first || undefined, last_name: last.join(' ') || undefined };
}

/**
 * Orders and customers by the extension Customer/Order/Coupon Export (format "Default - One Row per Item", or
 * "Default"), and customers by WooCommerce's own Analytics.
 *
 * @see https://woocommerce.com/document/ordercustomer-csv-export/
 * @see https://woocommerce.com/document/woocommerce-analytics/
 */
export const WOOCOMMERCE: readonly ImportFormat[] = [
  {
    name: 'WooCommerce orders',
    kind: 'orders',
    source: 'woocommerce',
    money: 'decimal',
    recognisedBy: [['order_id', 'billing_email', 'order_total']],
    columns: {
      order_id: ['order_id'],
      customer_id: ['customer_id'],
      email: ['billing_email'],
      at: ['date', 'order_date'],
      total: ['order_total'],
      currency: ['order_currency'],
      sku: ['item_sku'],
      name: ['item_name'],
      quantity: ['item_quantity'],
      price: ['item_total'],
    },
    reads: orderIn,
  },
  {
    name: 'WooCommerce customers',
    kind: 'customers',
    source: 'woocommerce',
    recognisedBy: [['customer_id', 'email', 'date_registered']],
    columns: {
      id: ['customer_id'],
      email: ['email'],
      first_name: ['first_name', 'billing_first_name'],
      last_name: ['last_name', 'billing_last_name'],
    },
    reads: (row) => (row.customer_id === '0' ? { id: undefined } : {}),
  },
  {
    name: 'WooCommerce Analytics customers',
    kind: 'customers',
    source: 'woocommerce',
    recognisedBy: [['name', 'username', 'email', 'aov']],
    columns: { email: ['email'], first_name: ['name'], last_name: ['name'] },
    reads: namesIn,
  },
];
