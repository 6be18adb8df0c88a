import { beforeAll, describe, expect, it } from '@jest/globals';
import { valuesOf } from '../../domain/values.ts';
import type { CompiledTemplate } from '../../mail/compile.ts';
import { createRenderer } from '../../mail/render.ts';
import { loadTemplates, templateFor, templateNames } from '../../mail/templates.ts';
import { aCustomer, aPurchase, aTouch } from '../support/builders.ts';
import { aShop } from '../support/mails.ts';

const SERVICE = ['complaint-follow-up', 'complaint-received', 'confirm-address', 'made-good', 'thank-you'];
const NAMES = await templateNames('templates');
const TOUCHES = NAMES.map((name) => aTouch({ name, kind: SERVICE.includes(name) ? 'service' : 'marketing' }));
const EACH = NAMES.flatMap((name) => ['nl', 'en'].map((locale) => [name, locale] as const));
const TO_THE_SHOP = /"https:\/\/shop\.example"/;

const { previewMail } = createRenderer();
let compiled: readonly CompiledTemplate[] = [];

function preview(name: string, locale: string, events = [aPurchase(1)]) {
  const template = templateFor(compiled, name, [locale]);
  if (!template) throw new Error(`no ${name} in ${locale}`);
  return previewMail(template, valuesOf(aCustomer(events), undefined, { shop: aShop() }));
}

beforeAll(async () => {
  compiled = await loadTemplates('templates', { shop: aShop(), touches: TOUCHES });
});

describe('loadTemplates', () => {
  it('finds one for every touch of a relationship, and one that is none', () => {
    expect(NAMES).toHaveLength(36);
    expect(NAMES).toContain('confirm-address');
  });

  it.each(EACH)('%s in %s has all that a mail needs, and is light', (name, locale) => {
    const { subject, html, text } = preview(name, locale);

    expect(subject).toMatch(/^.{4,60}$/);
    expect(html).toContain(`lang="${locale}"`);
    expect(html).toContain('prefers-color-scheme: dark');
    expect(html.length).toBeLessThan(60_000);
    for (const image of html.match(/<img[^>]*>/g) ?? []) expect(image).toMatch(/alt="[^"]+"/);
    for (const part of [subject, html, text]) expect(part).not.toMatch(/\{\{|undefined|null|NaN/);
    expect(text).toContain('Kade 1, Groningen');
    expect(text).not.toMatch(/\n{3}|[ \t]$/m);
  });

  it.each(EACH)('%s in %s tells how to leave, unless it is service', (name, locale) => {
    const { html, text } = preview(name, locale);
    const marketing = !SERVICE.includes(name);

    expect(html.includes('mailto:help@shop.example?subject=unsubscribe')).toBe(marketing);
    expect(text.includes('unsubscribe')).toBe(marketing);
    if (!marketing) expect(html).not.toMatch(TO_THE_SHOP);
  });

  it('names the order and its items in the thank-you', () => {
    const { text } = preview('thank-you', 'nl', [aPurchase(1), aPurchase(2, Date.UTC(2026, 5, 3), 'o-77')]);

    expect(text).toContain('Je bestelling o-77 van 3 juni 2026');
    expect(text).toMatch(/Kind of Blue\njazz 1 × €\s14,66\n/);
  });

  it('refuses a touch without a template, by name', async () => {
    const loading = loadTemplates('templates', { shop: aShop(), touches: [aTouch({ name: 'surprise' })] });

    await expect(loading).rejects.toThrow('no template "surprise" in templates/');
  });

  it('needs none for what the team does by hand', async () => {
    const touches = [aTouch({ name: 'handwritten', by: 'team' })];

    expect(await loadTemplates('templates', { shop: aShop(), touches })).toEqual([]);
  });

  it('refuses a shop whose link is not https', async () => {
    const loading = loadTemplates('templates', {
      shop: aShop({ url: 'http://shop.example' }),
      touches: TOUCHES,
    });

    await expect(loading).rejects.toThrow('a link is https or mailto');
  });

  it('signs as a person of the shop', () => {
    expect(templateFor(compiled, 'welcome', ['nl'])?.from).toEqual({
      name: 'Anna de Wit van Koffiehuis Zuiderzon',
      address: 'hello@shop.example',
    });
  });
});

describe('templateFor', () => {
  it.each([
    [['nl'], 'nl'],
    [['nl-BE', 'en'], 'nl'],
    [['fr', 'nl'], 'nl'],
    [['fr', undefined], 'en'],
    [[], 'en'],
  ])('of %j chooses %s', (wanted, locale) => {
    expect(templateFor(compiled, 'welcome', wanted)?.locale).toBe(locale);
  });
});
