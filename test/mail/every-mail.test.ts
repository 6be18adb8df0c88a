import { describe, expect, it } from '@jest/globals';
import type { Customer } from '../../domain/customer.ts';
import { createRenderer } from '../../mail/render.ts';
import { sampleValues } from '../../mail/samples.ts';
import { loadTemplates } from '../../mail/templates.ts';
import { aCustomer, anEvent, aPurchase, DAY, NOON } from '../support/builders.ts';
import { aShop } from '../support/mails.ts';
import { aRegular, EVERY_TOUCH, fill } from '../support/sample-mails.ts';

const LONG =
  'Verzamelde pianosonates van Domenico Scarlatti, opnieuw uitgegeven in een doos van vierendertig';

/** Who may get a mail; the trial at compiling fills it for two, these are the ones that read oddly. */
const CUSTOMERS: readonly (readonly [string, Customer])[] = [
  ['nobody we know anything of', aCustomer([anEvent({ type: 'visit', n: 1, customer: {} })])],
  ['one with a name and no order', aCustomer([anEvent({ type: 'sign-up', n: 1 })])],
  ['one whose order told no items', aCustomer([ordering(1, [])])],
  ['one with three orders', aRegular()],
  [
    'one with many orders and long names',
    aCustomer([
      anEvent({ type: 'sign-up', n: 1, customer: { name: { first: 'Wilhelmina-Alexandrine' } } }),
      ...Array.from({ length: 40 }, (_, at) => ordering(at + 2, [LONG, `${LONG} ${at}`, 'X', 'Y'])),
    ]),
  ],
  [
    'one who gave it all back',
    aCustomer([aPurchase(1), anEvent({ type: 'refund', n: 2, data: { orderId: 'o-1' } })]),
  ],
];

function ordering(n: number, names: readonly string[]) {
  const items = names.map((name) => ({ sku: name, name, quantity: 2, price: 1250 }));
  const data = { orderId: `o-${n}`, total: 5000, ...(items.length > 0 && { items }) };
  return anEvent({ type: 'purchase', n, at: NOON + n * DAY, customer: {}, data });
}

/** What a word that is missing leaves behind. */
const GAPS = [
  /\{\{|undefined|null|NaN|\[object/,
  / [,.:;?!)]|\( |[,:;] ?[,.:;]/, // a stop after nothing
  /\S {2,}\S/,
  /^\p{Ll}/mu, // a beginning that is not there
  /(?<!\p{L})(?:Dear|Beste|met|with|en|and|sinds|since) *[,.:?!]/u, // an end that is not there
];

const shop = aShop({ people: { anna: { name: 'Anna de Wit', role: 'Brander' } } });
const { previewMail } = createRenderer();
const compiled = await loadTemplates('templates', { shop, touches: EVERY_TOUCH });
const EACH = compiled.map((template) => [template.name, template.locale, template] as const);
const A_NEWCOMER = aCustomer([aPurchase(1)]);

describe('every mail', () => {
  it.each(EACH)('%s in %s has all that a mail needs', (_, locale, template) => {
    const { subject, html, text } = fill(template, aShop(), A_NEWCOMER);

    expect(subject).toMatch(/^.{4,60}$/);
    expect(html).toContain(`lang="${locale}"`);
    expect(html).toContain('prefers-color-scheme: dark');
    for (const image of html.match(/<img[^>]*>/g) ?? []) expect(image).toMatch(/alt="[^"]+"/);
    expect(text).toContain('Kade 1, Groningen');
    expect(text).not.toMatch(/\n{3}|[ \t]$/m);
  });

  it.each(EACH)('%s in %s tells how to leave, unless it is service', (name, _locale, template) => {
    const { html, text } = fill(template, shop, A_NEWCOMER);
    const marketing = template.kind === 'marketing';
    const isOurs = name !== 'confirm-address';

    for (const part of [html.replaceAll('&#x3D;', '='), text]) {
      expect(part.includes('https://mail.example/unsubscribe?t=copy')).toBe(marketing);
      expect(part.includes('https://mail.example/preferences?t=copy')).toBe(isOurs);
      expect(part.includes('https://mail.example/why?t=copy')).toBe(isOurs);
      expect(part).not.toContain('mailto:');
    }
    if (!marketing) expect(html).not.toMatch(/"https:\/\/shop\.example"/);
  });

  it.each(EACH)('%s in %s is left by a reply where there is no page', (_name, _locale, template) => {
    const { html, text } = previewMail(template, {
      ...sampleValues(template.name, shop, 'regular'),
      links: null,
    });
    const marketing = template.kind === 'marketing';

    expect(html.includes('mailto:help@shop.example?subject=unsubscribe')).toBe(marketing);
    expect(text.includes('unsubscribe')).toBe(marketing);
    expect(html).not.toContain('mail.example/why');
  });
});

describe.each(CUSTOMERS)('a mail to %s', (_, customer) => {
  it.each(EACH)('%s in %s reads without a gap', (_name, _locale, template) => {
    const { subject, html, text } = fill(template, shop, customer);

    const own = text.split('\n').filter((line) => !/^(jazz|folk|soul)/.test(line));
    for (const gap of GAPS) expect([subject, ...own].filter((line) => gap.test(line))).toEqual([]);
    expect(html).not.toMatch(/<p>\s*<\/p>|<h1[^>]*>\s*<\/h1>|<td[^>]*>\s*<\/tr>/);
    expect(Buffer.byteLength(html)).toBeLessThan(60_000);
  });
});
