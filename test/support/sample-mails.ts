import type { Customer } from '../../domain/customer.ts';
import type { Shop, Touch } from '../../domain/playbook.ts';
import { signedBy } from '../../domain/signer.ts';
import { valuesOf } from '../../domain/values.ts';
import type { CompiledTemplate } from '../../mail/compile.ts';
import { createRenderer } from '../../mail/render.ts';
import { aSampleCustomer, causeOf, sampleValues } from '../../mail/samples.ts';
import { templateNames } from '../../mail/template-names.ts';
import { loadTemplates } from '../../mail/templates.ts';
import { aTouch, CUSTOMER_ID } from './builders.ts';

/** The answers a customer waits for. */
const SERVICE = [
  'case-answer',
  'complaint-follow-up',
  'complaint-received',
  'confirm-address',
  'fresh-link',
  'made-good',
  'points-expiring',
  'thank-you',
];

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
  return compiled.map((template) => fill(template, signedBy(shop, signer.get(template.name))));
}

/** One mail, answering what its touch answers; of a made-up customer unless another is given. */
export function fill(template: CompiledTemplate, shop: Shop, customer?: Customer): SampleMail {
  const { name: touch, locale } = template;
  const sample = sampleValues(touch, shop, 'regular');
  const values = customer ? { ...sample, ...valuesOfCause(customer, touch, shop) } : sample;
  return { touch, locale, ...previewMail(template, { ...values, locale }) };
}

function valuesOfCause(customer: Customer, touch: string, shop: Shop) {
  const { confirm, links, ...values } = valuesOf(customer, causeOf(touch), { shop });
  return values;
}

/** Someone who found the shop through a friend, and bought there three times. */
export function aRegular(): Customer {
  return { ...aSampleCustomer('regular'), id: CUSTOMER_ID };
}
