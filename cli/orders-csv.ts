import { CsvError, parse } from 'csv-parse/sync';
import { Incoming } from '../domain/incoming.ts';
import type { Shop } from '../domain/playbook.ts';
import { explain } from '../domain/strict.ts';
import { suggest } from '../domain/suggest.ts';
import { BadFile } from './bad-file.ts';
import { someTimeOn } from './some-time.ts';

const COLUMNS = [
  ...['source', 'order_id', 'customer_id', 'email', 'at', 'total', 'currency'],
  ...['sku', 'name', 'category', 'quantity', 'price'],
];

/** Without these an order is none. */
const NEEDED = ['order_id', 'at', 'total', 'currency'];

/** What stands for a shop that names no source. */
const SOURCE = 'shop';

/** One line of `orders.csv`: its columns by name; an empty one is absent. */
type Row = Readonly<Record<string, string | undefined>>;

type Read = { readonly line: number; readonly order: Incoming };

/**
 * Reads `orders.csv` (one line an item): the lines of an order become one purchase.
 *
 * @throws BadFile at the first line that cannot be read
 */
export function ordersOfCsv(file: string, text: string, shop: Shop): Incoming[] {
  const orders = new Map<string, Read>();
  for (const { row, line } of rowsOf(file, text)) {
    const order = orderOf(row, shop, file, line);
    const key = `${order.source}/${order.id}`;
    const earlier = orders.get(key);
    orders.set(key, earlier ? joined(earlier, { line, order }, file) : { line, order });
  }
  if (orders.size === 0)
    throw new BadFile(file, 1, 'holds no orders; give one line an item below the header');
  return [...orders.values()].map(({ order }) => order);
}

function rowsOf(file: string, text: string): { readonly row: Row; readonly line: number }[] {
  try {
    return parse<{ row: Row; line: number }, Row>(text, {
      ...{ bom: true, trim: true, skip_empty_lines: true },
      columns: (names: string[]) => columnsOf(names, file),
      cast: (value) => (value === '' ? undefined : value),
      on_record: (row, { lines: line }) => ({ row, line }),
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error.lines === 'number' ? error.lines : 1;
    throw new BadFile(file, line, `is not CSV: ${error.message}`);
  }
}

/** The columns that the first line names, if those that are needed are there. */
function columnsOf(names: readonly string[], file: string): string[] {
  const columns = names.map((name) => name.trim().toLowerCase());
  const needed = columns.includes('email') ? NEEDED : [...NEEDED, 'customer_id'];
  const lost = needed.find((name) => !columns.includes(name));
  if (lost === undefined) return columns;

  const strange = columns.filter((name) => !COLUMNS.includes(name));
  const meant = strange.find((name) => suggest(name, [lost]));
  const hint = meant
    ? `is "${meant}" meant for it?`
    : `the first line names the columns: ${COLUMNS.join(',')}`;
  throw new BadFile(file, 1, `there is no column ${lost}; ${hint}`);
}

/** One line as an order of one item, or of none. */
function orderOf(row: Row, { timeZone }: Shop, file: string, line: number): Incoming {
  const { order_id: id, source = SOURCE, at = '', customer_id, email, sku, name, category } = row;
  const isDay = /^\d{4}-\d\d-\d\d$/.test(at) && !Number.isNaN(Date.parse(at));
  const item = {
    sku,
    name: name ?? sku,
    category,
    quantity: numberIn(row.quantity),
    price: numberIn(row.price),
  };
  const parsed = Incoming.safeParse({
    ...{ id, source, type: 'purchase' },
    at: isDay ? new Date(someTimeOn(at, id ?? '', timeZone)).toISOString() : row.at,
    customer: present({ id: customer_id, email }),
    data: present({
      ...{ orderId: id, total: numberIn(row.total), currency: row.currency },
      items: sku === undefined ? [] : [present(item)],
    }),
  });
  if (parsed.success) return parsed.data;
  const [problem] = explain(parsed.error.issues);
  const { path = [], message = 'cannot be read', hint } = problem ?? {};
  throw new BadFile(file, line, `${columnAt(path)}: ${message}${hint ? ` (${hint})` : ''}`);
}

/** `2` as a number; what is none stays as it is, and is refused. */
function numberIn(text: string | undefined): number | string | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : text;
}

function present(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** The column in which a mistake at a path of the event stands. */
function columnAt(path: readonly PropertyKey[]): string {
  const key = String(path.findLast((part) => typeof part === 'string') ?? 'order_id');
  const names: Readonly<Record<string, string>> = {
    id: 'order_id',
    orderId: 'order_id',
    customer: 'customer_id',
  };
  return path[0] === 'customer' && key === 'id' ? 'customer_id' : (names[key] ?? key);
}

/** An order with the items of one line more. */
function joined(earlier: Read, { line, order }: Read, file: string): Read {
  const kept = earlier.order;
  const isSame = (['total', 'currency'] as const).every((key) => kept.data?.[key] === order.data?.[key]);
  if (!isSame || kept.at !== order.at) {
    const hint = 'its lines repeat the same at, total and currency';
    throw new BadFile(file, line, `order ${order.id} differs from line ${earlier.line}; ${hint}`);
  }
  const items = [...(kept.data?.items ?? []), ...(order.data?.items ?? [])];
  return { ...earlier, order: { ...kept, data: { ...kept.data, items } } };
}
