import { beforeAll, describe, expect, it } from '@jest/globals';
import { signedBy } from '../../domain/signer.ts';
import { valuesOf } from '../../domain/values.ts';
import type { CompiledTemplate } from '../../mail/compile.ts';
import { createRenderer } from '../../mail/render.ts';
import { templateNames } from '../../mail/template-names.ts';
import { loadTemplates, templateFor } from '../../mail/templates.ts';
import { aCustomer, aPurchase, aTouch } from '../support/builders.ts';
import { aShop } from '../support/mails.ts';
import { EVERY_TOUCH } from '../support/sample-mails.ts';

const TOUCHES = EVERY_TOUCH.filter(({ name }) => ['care', 'thank-you', 'welcome'].includes(name));

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
  it('finds one for every touch of a relationship, one for tiers, and one that is none', async () => {
    const names = await templateNames('templates');

    expect(names).toHaveLength(42);
    expect(names).toContain('confirm-address');
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

describe('a touch that a person signs', () => {
  const bas = { name: 'Bas Smit', role: 'repairer' };
  const shop = aShop({ people: { anna: { name: 'Anna de Wit' }, bas } });
  const touch = aTouch({ name: 'care', from: 'bas' });

  it('comes from that person, who stands below it too, with a monogram for want of a photo', async () => {
    const [template] = await loadTemplates('templates', { shop, touches: [touch] });
    if (!template) throw new Error('no template');

    const { html, text } = previewMail(
      template,
      valuesOf(aCustomer([]), undefined, { shop: signedBy(shop, touch.from) }),
    );

    expect(template.from.name).toBe('Bas Smit van Koffiehuis Zuiderzon');
    expect(text).toContain('Bas Smit\nrepairer, Koffiehuis Zuiderzon');
    expect(text).not.toContain('Anna');
    expect(html).toMatch(/aria-hidden="true"[^>]*><div class="tile"[^>]*>B<\/div>/);
    expect(html).not.toContain('<img');
  });

  it('shows a photo with words for those who do not see it, where there is one', () => {
    expect(preview('care', 'en').html).toMatch(
      /<img [^>]*src="https:\/\/photos\.example\/anna\.jpg"[^>]*alt="Portrait of Anna de Wit"/,
    );
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
