import { answerLinks } from '../domain/answer-links.ts';
import type { Customer, Known, Order } from '../domain/customer.ts';
import { type GrantValues, NO_GRANT } from '../domain/grant-values.ts';
import type { MailLinks } from '../domain/mail-links.ts';
import { NO_MEMBERSHIP } from '../domain/membership-values.ts';
import type { Shop } from '../domain/playbook.ts';
import { valuesOf } from '../domain/values.ts';
import type { CompiledTemplate } from './compile.ts';
import type { Line } from './expand.ts';
import { unpaid } from './obligations.ts';
import { createRenderer } from './render.ts';
import { A_MEMBERSHIP } from './samples.ts';
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

const LONG = 'Verzamelde sonates voor piano, opnieuw uitgegeven in een doos van vierendertig platen';
/** As much as one order of a good customer holds. */
const PIECES = 12;

/** Somebody of whom there is the most to tell. */
const A_REGULAR: Known = {
  ...SOMEONE,
  orders: ['o-1', 'o-2', 'o-3', 'o-4'].map((id, n) => ({
    ...AN_ORDER,
    ...{ id, at: AN_ORDER.at - n * 86_400_000 },
    items: Array.from({ length: PIECES }, (_, at) => ({
      ...{ sku: `${at}`, name: `${LONG} ${at}`, category: LONG.slice(0, 40), quantity: 2, price: 12_345 },
    })),
  })),
};

const LINKS: MailLinks = {
  unsubscribe: 'https://mail.example/unsubscribe',
  preferences: 'https://mail.example/preferences',
  why: 'https://mail.example/why',
  answer: `https://mail.example/answer?t=${'t'.repeat(120)}`,
  complain: 'https://mail.example/complain',
  membership: 'https://mail.example/membership',
  address: 'https://mail.example/address',
};

const A_GRANT: GrantValues = {
  ...{ kind: 'coupon', title: LONG, value: 750, currency: 'EUR', code: 'ABCD-EFGH-JKLM' },
  expires: AN_ORDER.at,
};

const NO_MORE = { grant: NO_GRANT, membership: NO_MEMBERSHIP };

/** Gmail shows so much of a mail's html, and hides the rest, the way out with it (102 KB, as senders measure it). */
const CLIPPED_AT = 102 * 1024;

const POINTS = { balance: 1_250, pending: 44, expiring: 120, until: Date.UTC(2026, 10, 30) };

const WHO = [
  { known: SOMEONE, points: POINTS, whom: 'a good customer', answer: answerLinks(LINKS.answer) },
  { known: NOTHING, points: null, whom: 'a stranger', answer: null },
  {
    known: A_REGULAR,
    points: { ...POINTS, expiring: 0, until: null },
    whom: 'a customer with long orders',
    answer: answerLinks(LINKS.answer),
  },
] as const;

/**
 * Fills a template for someone of whom all is known, for a stranger, and for somebody of whom there is much to tell: what
 * fails now would fail at night.
 *
 * @param lines the expanded template, for where it is wrong
 */
export function trial(
  compiled: CompiledTemplate,
  shop: Shop,
  lines: readonly Line[],
): readonly TemplateError[] {
  const { previewMail } = createRenderer();
  return WHO.flatMap(({ known, points, whom, answer }) => {
    const more = known === NOTHING ? NO_MORE : { grant: A_GRANT, membership: A_MEMBERSHIP };
    const filled = valuesOf({ ...A_STRANGER, known }, undefined, { shop });
    const values = { ...filled, points, answer, links: LINKS, ...more };
    try {
      const parts = previewMail(compiled, values);
      const owed = compiled.kind === 'marketing' ? unpaid(parts, values, { whom, lines }) : [];
      return [...tooLong(parts, compiled, whom), ...owed];
    } catch (error) {
      return [notFilled(error, { name: compiled.name, whom, lines })];
    }
  });
}

function tooLong(
  { html }: { readonly html: string },
  { name }: CompiledTemplate,
  whom: string,
): readonly TemplateError[] {
  const size = Buffer.byteLength(html);
  if (size <= CLIPPED_AT) return [];
  const message = `${Math.ceil(size / 1024)} KB of html for ${whom}, and Gmail hides what is beyond 102; say less`;
  return [{ template: `${name}.mjml`, line: 1, message }];
}

function notFilled(
  error: unknown,
  { name, whom, lines }: { readonly name: string; readonly whom: string; readonly lines: readonly Line[] },
): TemplateError {
  const message = error instanceof Error ? error.message : String(error);
  const [, value = ''] = /^no value for "(.*)"$/.exec(message) ?? [];
  const at = value ? lines.find(({ text }) => text.includes(value)) : undefined;
  const place = at ? { template: at.file, line: at.line } : { template: `${name}.mjml`, line: 1 };
  return { ...place, message: `cannot be filled for ${whom}: ${message}; guard it with {{#if …}}` };
}
