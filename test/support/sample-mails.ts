import type { Customer } from '../../domain/customer.ts';
import type { StoredEvent } from '../../domain/event.ts';
import type { Shop, Touch } from '../../domain/playbook.ts';
import { signedBy, valuesOf } from '../../domain/values.ts';
import type { CompiledTemplate } from '../../mail/compile.ts';
import { createRenderer } from '../../mail/render.ts';
import { templateNames } from '../../mail/template-names.ts';
import { loadTemplates } from '../../mail/templates.ts';
import { aCustomer, anEvent, aTouch, DAY, NOON } from './builders.ts';

/** The answers a customer waits for. */
const SERVICE = ['complaint-follow-up', 'complaint-received', 'confirm-address', 'made-good', 'thank-you'];

/** One touch for each template there is; of `confirm-address`, which no playbook names, too. */
export const EVERY_TOUCH = (await templateNames('templates')).map((name) =>
  aTouch({ name, kind: SERVICE.includes(name) ? 'service' : 'marketing' }),
);

export type SampleMail = {
  readonly touch: string;
  readonly locale: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
};

const { previewMail } = createRenderer();

/** Every mail in both languages, as a regular customer would get it, in the order of the touches. */
export async function sampleMails(
  shop: Shop,
  touches: readonly Touch[] = EVERY_TOUCH,
): Promise<SampleMail[]> {
  const compiled = await loadTemplates('templates', { shop, touches });
  const signer = new Map(touches.map(({ name, from }) => [name, from]));
  return compiled.map((template) => fill(template, aRegular(), signedBy(shop, signer.get(template.name))));
}

/** One mail, answering what its touch answers. */
export function fill(template: CompiledTemplate, customer: Customer, shop: Shop): SampleMail {
  const { name: touch, locale } = template;
  const values = valuesOf(customer, causeOf(touch), { shop });
  const confirm = touch === 'confirm-address' ? { url: 'https://shop.example/join/confirm' } : null;
  return { touch, locale, ...previewMail(template, { ...values, locale, confirm }) };
}

/** Someone who found the shop through a friend, and bought there three times. */
export function aRegular(): Customer {
  const name = { first: 'Iris', last: 'Bakker' };
  const metThrough = { channel: 'word-of-mouth' };
  return aCustomer([
    order(1, NOON - 800 * DAY, [['Pink Moon', 'folk', 1, 1895]], { name, metThrough }),
    order(2, NOON - 200 * DAY, [['A Love Supreme', 'jazz', 1, 2450]]),
    order(3, NOON, [
      ['Kind of Blue', 'jazz', 1, 2195],
      ['The Köln Concert', 'jazz', 1, 2850],
    ]),
  ]);
}

type Piece = readonly [name: string, category: string, quantity: number, price: number];

function order(n: number, at: number, pieces: readonly Piece[], customer = {}): StoredEvent {
  const items = itemsOf(pieces);
  const total = items.reduce((sum, { quantity, price }) => sum + quantity * price, 0);
  return anEvent({ type: 'purchase', n, at, customer, data: { orderId: `o-${n}`, total, items } });
}

function itemsOf(pieces: readonly Piece[]) {
  return pieces.map(([name, category, quantity, price]) => ({ sku: name, name, category, quantity, price }));
}

function causeOf(touch: string): StoredEvent {
  const at = NOON + DAY;
  if (touch === 'cart-reminder') {
    const items = itemsOf([['Songs in the Key of Life', 'soul', 1, 3495]]);
    return anEvent({ type: 'cart-abandoned', n: 4, at, data: { items } });
  }
  const type = /complaint|made-good/.test(touch) ? 'complaint' : 'purchase';
  return anEvent({ type, n: 4, at, data: { orderId: 'o-3' } });
}
