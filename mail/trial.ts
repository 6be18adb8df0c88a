import type { Customer, Known, Order } from '../domain/customer.ts';
import type { Shop } from '../domain/playbook.ts';
import { valuesOf } from '../domain/values.ts';
import type { CompiledTemplate } from './compile.ts';
import { createRenderer } from './render.ts';
import type { TemplateError } from './template-refused.ts';

const NOTHING: Known = {
  createdAt: Date.UTC(2025, 2, 14, 10),
  profile: { answered: [] },
  orders: [],
  consents: {},
  feedback: {},
  complaints: { open: [] },
  referralsPaid: 0,
};

/** Someone of whom nothing is known but that they exist. */
export const A_STRANGER: Customer = {
  id: 'a-stranger',
  n: 1,
  externalIds: [],
  known: NOTHING,
  contact: { version: 0, places: [] },
};

const AN_ORDER: Order = {
  id: 'o-1001',
  at: Date.UTC(2026, 10, 22, 10),
  day: '2026-11-22',
  placed: true,
  total: 4450,
  items: [
    { sku: 'a', name: 'Kind of Blue', category: 'jazz', quantity: 1, price: 1950 },
    { sku: 'b', name: 'Blue & <Green>', quantity: 2, price: 1250 },
  ],
};

const SOMEONE: Known = {
  ...NOTHING,
  profile: { answered: [], name: { first: 'Łukasz', last: 'Żak' }, interests: ['jazz'], locale: 'nl-BE' },
  orders: [AN_ORDER, { ...AN_ORDER, id: 'o-1002', currency: 'JPY' }],
};

/** Fills a template for someone of whom all is known, and for a stranger: what fails now would fail at night. */
export function trial(compiled: CompiledTemplate, shop: Shop): readonly TemplateError[] {
  const { previewMail } = createRenderer();
  return [SOMEONE, NOTHING].flatMap((known) => {
    try {
      previewMail(compiled, valuesOf({ ...A_STRANGER, known }, undefined, { shop }));
      return [];
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const whom = known === NOTHING ? 'a stranger, so guard it with {{#if …}}' : 'a good customer';
      return [
        { template: `${compiled.name}.mjml`, line: 1, message: `cannot be filled for ${whom}: ${message}` },
      ];
    }
  });
}
