import { minorIn, momentIn, numberIn } from './import-cells.ts';
import {
  type ColumnNames,
  columnOf,
  type ImportContext,
  type Line,
  present,
  type Row,
  type RowProblem,
  type RowsRead,
  readPosted,
} from './import-row.ts';
import { orderEventId } from './reported.ts';

const NAMES: ColumnNames = {
  source: 'source',
  id: 'order_id',
  at: 'at',
  customer: 'email',
  'customer/id': 'customer_id',
  'customer/email': 'email',
  'data/orderId': 'order_id',
  'data/total': 'total',
  'data/currency': 'currency',
  'data/items/sku': 'sku',
  'data/items/name': 'name',
  'data/items/category': 'category',
  'data/items/quantity': 'quantity',
  'data/items/price': 'price',
};

/** What an order says once, on any of its lines; later lines may repeat it or leave it empty. */
const OF_THE_ORDER = [
  ...['source', 'customer_id', 'email', 'at', 'total', 'currency'],
  ...['cancelled_at', 'cancelled', 'refunded_at', 'refunded', 'not_placed', 'known_as'],
] as const;

/** An item of an order, with the line it stands on. */
type Item = {
  readonly line: number;
  readonly item: Readonly<Record<string, unknown>>;
  readonly back: number;
};

/**
 * Reads an order out of all its lines: a `purchase`, known by the order's id as a webhook's is; and a `cancelled` or
 * `refund`, where it was undone. Half an order is never kept.
 */
export function readOrder(lines: readonly Line[], context: ImportContext): RowsRead {
  const differing = contradictions(lines);
  if (differing.length > 0) return { kind: 'rejected', problems: differing };

  const order = commonOf(lines);
  if (order.not_placed !== undefined) return { kind: 'passed-over' };
  const items = itemsOf(lines, order.currency ?? context.currency, context);
  const posted = [purchaseIn(order, items, context), ...undoingsIn(order, items, context)];
  const [first] = lines;
  return readPosted(posted, context, ([, ...path]) => {
    const index = path[0] === 'data' && path[1] === 'items' ? path[2] : undefined;
    const item = typeof index === 'number' ? items[index] : undefined;
    return { line: item?.line ?? first?.line ?? 0, ...columnOf(path, NAMES) };
  });
}

/** Where lines of one order contradict each other. */
function contradictions(lines: readonly Line[]): readonly RowProblem[] {
  const [first] = lines;
  return OF_THE_ORDER.flatMap((column) => {
    const told = lines.filter(({ row }) => row[column] !== undefined);
    const other = told.find(({ row }) => row[column] !== told[0]?.row[column]);
    if (!other || !first) return [];
    const message = `differs from line ${told[0]?.line ?? first.line}, which is of the same order`;
    return [
      { line: other.line, column, message, hint: 'say it once, or the same on each line of the order' },
    ];
  });
}

function commonOf(lines: readonly Line[]): Row {
  const rows = lines.map(({ row }) => row);
  const columns = [...OF_THE_ORDER, 'order_id'];
  const common = columns.map((column) => [column, rows.find((row) => row[column] !== undefined)?.[column]]);
  const order = present<string>(Object.fromEntries(common));
  return order.known_as === undefined ? order : { ...order, order_id: order.known_as };
}

/** The items; a line that names neither article nor price is of the order as a whole. */
function itemsOf(lines: readonly Line[], currency: string, { money }: ImportContext): readonly Item[] {
  return lines.flatMap(({ line, row }) => {
    const { sku, name, category, quantity = '1', price, refunded_quantity: back = '0' } = row;
    if (sku === undefined && name === undefined && price === undefined) return [];
    const item = {
      sku: sku ?? name,
      name: name ?? sku,
      quantity: numberIn(quantity),
      price: price === undefined ? undefined : amountIn(price, currency, money),
      ...present({ category }),
    };
    return [{ line, item, back: Number(back) }];
  });
}

function purchaseIn(order: Row, items: readonly Item[], context: ImportContext): object {
  const { currency = context.currency, total } = order;
  const data = {
    ...present({ orderId: order.order_id }),
    total: total === undefined ? sumOf(items) : amountIn(total, currency, context.money),
    currency,
    ...(items.length > 0 && { items: items.map(({ item }) => item) }),
  };
  return { ...eventOf('purchase', order.at, order, context), id: orderEventId(order.order_id ?? ''), data };
}

/** What became of an order afterwards; without a time of its own it is as of the order's. */
function undoingsIn(order: Row, items: readonly Item[], context: ImportContext): readonly object[] {
  const { order_id: orderId, cancelled_at: cancelledAt, refunded_at: refundedAt } = order;
  const back = items.filter((one) => one.back > 0);
  const undone = (type: string, at: string | undefined, data: object = {}) => ({
    ...eventOf(type, at ?? order.at, order, context),
    id: `${orderEventId(orderId ?? '')}-${type === 'refund' ? 'refunded' : type}`,
    data: { orderId, ...data },
  });
  if (cancelledAt !== undefined || order.cancelled !== undefined) return [undone('cancelled', cancelledAt)];
  if (refundedAt !== undefined || order.refunded !== undefined) return [undone('refund', refundedAt)];
  if (back.length === 0) return [];
  return [
    undone('refund', undefined, { items: back.map((one) => ({ sku: one.item.sku, quantity: one.back })) }),
  ];
}

function eventOf(type: string, at: string | undefined, order: Row, { source, timeZone }: ImportContext) {
  const { customer_id: id, email } = order;
  return {
    ...{ type, source: order.source ?? source, customer: present({ id, email }) },
    ...(at !== undefined && { at: momentIn(at, timeZone) }),
  };
}

function amountIn(text: string, currency: string, money: ImportContext['money']): number | string {
  return money === 'minor' ? numberIn(text) : minorIn(text, currency);
}

/** What the items come to, where the order tells no total. */
function sumOf(items: readonly Item[]): number | undefined {
  const sums = items.map(({ item: { price, quantity } }) => Number(price) * Number(quantity));
  return sums.length === 0 ? undefined : sums.reduce((sum, one) => sum + one, 0);
}
