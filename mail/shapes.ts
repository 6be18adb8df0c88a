import type { TemplateValues } from '../domain/values.ts';

/** What stands at a place in the values: something to print, a list, or a group. */
export type Shape = 'value' | readonly [Shape] | { readonly [key: string]: Shape };

type ShapeOf<T> = [T] extends [string | number | null]
  ? 'value'
  : NonNullable<T> extends readonly (infer Item)[]
    ? readonly [ShapeOf<Item>]
    : { readonly [Key in keyof NonNullable<T>]: ShapeOf<NonNullable<T>[Key]> };

const item = {
  name: 'value',
  category: 'value',
  quantity: 'value',
  price: 'value',
  total: 'value',
  currency: 'value',
} as const;
const order = {
  id: 'value',
  at: 'value',
  total: 'value',
  currency: 'value',
  names: ['value'],
  items: [item],
} as const;

/** What a template may say; the compiler holds it to `TemplateValues`. */
export const VALUES: ShapeOf<TemplateValues> & Shape = {
  locale: 'value',
  timeZone: 'value',
  shop: { name: 'value', url: 'value', replyTo: 'value', address: 'value' },
  signer: { name: 'value', role: 'value', photo: 'value' },
  customer: {
    firstName: 'value',
    lastName: 'value',
    since: 'value',
    interests: ['value'],
    metThrough: 'value',
  },
  order,
  bought: ['value'],
  cart: { names: ['value'], items: [item] },
  orders: {
    count: 'value',
    days: 'value',
    first: 'value',
    firstNames: ['value'],
    recent: [order],
    categories: ['value'],
  },
  because: { type: 'value', at: 'value', orderId: 'value', via: 'value' },
  grant: {
    kind: 'value',
    title: 'value',
    value: 'value',
    currency: 'value',
    code: 'value',
    expires: 'value',
  },
  points: { balance: 'value', pending: 'value', expiring: 'value', until: 'value' },
  membership: {
    joined: 'value',
    tier: 'value',
    since: 'value',
    until: 'value',
    next: 'value',
    needed: { points: 'value', orders: 'value', spent: 'value', currency: 'value' },
    privileges: ['value'],
  },
  caseAnswer: { paragraphs: [{ text: 'value' }] },
  confirm: { url: 'value' },
  answer: {
    ...{ page: 'value', scores: [{ score: 'value', answerUrl: 'value' }] },
    ...{ worst: 'value', poor: 'value', middle: 'value', good: 'value', best: 'value' },
  },
  links: {
    ...{ unsubscribe: 'value', preferences: 'value', why: 'value', complain: 'value', answer: 'value' },
    ...{ membership: 'value', address: 'value' },
  },
};

/** The shape one step further, or undefined if there is nothing by that name. */
export function childOf(shape: Shape | undefined, key: string): Shape | undefined {
  if (!shape || shape === 'value') return undefined;
  if (isList(shape)) return key === 'length' ? 'value' : undefined;
  return Object.hasOwn(shape, key) ? shape[key] : undefined;
}

export function isList(shape: Shape | undefined): shape is readonly [Shape] {
  return Array.isArray(shape);
}
