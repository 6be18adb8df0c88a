import { listOf } from '../activities/compose.ts';
import { customers } from '../data/customers.ts';
import type { Playbook, Shop } from '../domain/playbook.ts';
import { pointValues } from '../domain/point-values.ts';
import { signedBy } from '../domain/signer.ts';
import { type TemplateValues, valuesOf } from '../domain/values.ts';
import type { CompiledTemplate } from '../mail/compile.ts';
import type { Envelope } from '../mail/hand-over.ts';
import { domainOf, type Mailbox, type MailingList } from '../mail/headers.ts';
import { createMailLinks } from '../mail/links.ts';
import { mailIdentity } from '../mail/mail-identity.ts';
import { createRenderer } from '../mail/render.ts';
import { type Sample, sampleValues } from '../mail/samples.ts';
import { templateNames } from '../mail/template-names.ts';
import { loadTemplates, templateFor } from '../mail/templates.ts';
import { connected } from './connected.ts';
import { playbookIn } from './playbook-file.ts';
import { readPublicUrl } from './settings.ts';
import { touchFor, unknownTemplate } from './template-check.ts';

/** Who reads it, and in which language. */
export type Whose = { readonly sample: Sample; readonly customer?: string; readonly locale?: string };

/** A mail to look at, and to send to somebody of the shop. */
export type Composed = {
  readonly envelope: Envelope;
  readonly raw: string;
  readonly locale: string;
  readonly subject: string;
  /** The header block, as it leaves. */
  readonly headers: string;
  readonly text: string;
  readonly html: string;
};

/** Before the subject of a mail that is only tried out. */
const TEST = '[Test] ';
/** In the place of an address, where nothing is sent. */
const NOBODY = 'reader@example.com';

/**
 * Makes a mail for somebody made up, or for a customer; its own links lead to pages, and change nothing there.
 *
 * @param to whom it is sent, as a test; absent: nobody
 * @throws TemplateRefused with what is wrong with the template
 */
export async function composeSample(
  name: string,
  of: Whose & { readonly playbook: string; readonly templates: string },
  to?: string,
): Promise<Composed> {
  const playbook = await playbookIn(of.playbook, of.templates);
  const all = await templateNames(of.templates);
  if (!all.includes(name)) throw unknownTemplate(name, all);
  const touch = touchFor(playbook, name);
  const shop = signedBy(playbook.shop, touch.from);
  const compiled = await loadTemplates(of.templates, { shop: playbook.shop, touches: [touch] });
  const values = await valuesFor(name, of, shop);
  const template = templateFor(compiled, name, [of.locale, values.locale, shop.locale]);
  if (!template) throw unknownTemplate(name, all);
  const list = listFor(playbook, touch, { from: template.from, values });
  return filled(template, of.locale ? { ...values, locale: of.locale } : values, {
    ...{ replyTo: shop.replyTo, to: to ?? NOBODY },
    ...(to ? { prefix: TEST } : { list }),
  });
}

/** What makes it one of a list, as it leaves; a test is of none. */
function listFor(
  playbook: Playbook,
  touch: ReturnType<typeof touchFor>,
  { from, values }: { readonly from: Mailbox; readonly values: TemplateValues },
): MailingList | undefined {
  if (touch.kind === 'service' || !values.links) return undefined;
  return { ...listOf(touch, playbook, from), unsubscribe: values.links.unsubscribe };
}

type Shown = {
  readonly to: string;
  readonly replyTo: string;
  readonly prefix?: string;
  readonly list?: MailingList | undefined;
};

function filled(
  template: CompiledTemplate,
  values: TemplateValues,
  { to, list, ...others }: Shown,
): Composed {
  const { renderMail, previewMail } = createRenderer();
  const now = Date.now();
  const { from, locale } = template;
  const { raw } = renderMail(template, values, {
    ...{ ...others, from, to: { address: to }, date: now, ...(list && { list }) },
    ...mailIdentity(`sample ${template.id} ${now}`, domainOf(from.address)),
  });
  const { subject, html, text } = previewMail(template, values);
  const headers = raw.slice(0, raw.indexOf('\r\n\r\n')).replaceAll('\r\n', '\n');
  return { envelope: { from: from.address, to }, raw, locale, subject, headers, text, html };
}

/** Of a customer what is known of them now, as if the touch answered nothing in particular. */
async function valuesFor(
  name: string,
  { sample, customer: ref }: Whose,
  shop: Shop,
): Promise<TemplateValues> {
  if (!ref) return sampleValues(name, shop, sample);
  const customer = await connected(() => customers.find(ref));
  if (!customer || customer.erased) throw new Error(`there is no customer "${ref}"`);
  const links = createMailLinks(readPublicUrl(process.env), '')('copy');
  const points = pointValues(customer.membership, Date.now());
  return { ...valuesOf(customer, undefined, { shop }), points, links };
}
