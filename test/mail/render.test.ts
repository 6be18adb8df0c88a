import { describe, expect, it } from '@jest/globals';
import PostalMime from 'postal-mime';
import { valuesOf } from '../../domain/values.ts';
import { createRenderer } from '../../mail/render.ts';
import { aCustomer, anEvent, aPurchase, NOON } from '../support/builders.ts';
import { aShop, compileText, headersFor } from '../support/mails.ts';

const { renderMail, previewMail } = createRenderer();
const NAMED = '{{#if customer.firstName}}{{customer.firstName}}{{/if}}';

function valuesFor(first: string, locale = 'nl-NL') {
  const told = anEvent({ type: 'profile', n: 2, at: NOON + 1, customer: { name: { first }, locale } });
  return valuesOf(aCustomer([aPurchase(1), told]), undefined, { shop: aShop() });
}

describe('renderMail', () => {
  it.each(['An', 'Łukasz', '日本', '🎂 Zoë', 'x'.repeat(400), '.', '=3D <b>&amp;</b> "q"', '{{shop.name}}'])(
    'carries the name %s whole, in lines of at most 76 ASCII characters',
    async (name) => {
      const compiled = await compileText(`Dear ${NAMED}, hello`, `hello:\n  subject: 'Hi ${NAMED}'`);

      const { raw, subject } = renderMail(compiled, valuesFor(name), headersFor());
      const mail = await PostalMime.parse(raw);

      expect(subject).toBe(`Hi ${name}`);
      expect(mail.subject).toBe(`Hi ${name}`);
      expect(mail.text).toContain(`Dear ${name}, hello`);
      expect(mail.html).toContain(
        `Dear ${name.replaceAll(/[&<>"=]/g, (found) => ESCAPED[found] ?? found)}, hello`,
      );
      for (const line of raw.split('\r\n')) expect(line).toMatch(/^[\t\x20-\x7e]{0,76}$/);
    },
  );

  it('is the same to the byte for the same send', async () => {
    const compiled = await compileText('Hi');
    const again = JSON.parse(JSON.stringify(compiled));

    const [one, other] = [compiled, again].map((each) => renderMail(each, valuesFor('An'), headersFor()).raw);

    expect(one).toEqual(other);
  });

  it('has a text and an html part, the text first', async () => {
    const { raw } = renderMail(await compileText('Hi'), valuesFor('An'), headersFor());

    const mail = raw.toString();

    expect(mail).toContain('Content-Type: multipart/alternative; boundary="=_one"\r\n');
    expect(mail.indexOf('text/plain')).toBeLessThan(mail.indexOf('text/html'));
    expect(mail.endsWith('\r\n--=_one--\r\n')).toBe(true);
  });
});

describe('previewMail', () => {
  it.each([
    ['loops over items', '{{#each order.items}}{{quantity}} × {{name}}; {{/each}}', '1 × Kind of Blue;'],
    ['reaches out of a loop', '{{#each order.items}}{{money price ../order.currency}}{{/each}}', '€14.66'],
    ['counts', '{{plural orders.count one="# order" other="# orders"}}', '1 order'],
    ['says a value in words', '{{select because.type purchase="bought" other="x"}}', 'x'],
    ['chooses by what is known', '{{select order.currency EUR="in euros" other="x"}}', 'in euros'],
    ['says no word of its own', '{{select order.currency toString="y" USD="z"}}.', '.'],
    ['lists', '{{list orders.categories}}', 'jazz'],
    ['dates in the zone', '{{#if orders.first}}{{date orders.first}}{{/if}}', 'June 1, 2026'],
    ['abbreviates', '{{initial shop.name}}', 'K'],
    ['leaves out what is unknown', 'a{{#if because.type}}b{{else}}c{{/if}}', 'ac'],
  ])('%s', async (_, text, expected) => {
    const guarded = `Well: {{#if order}}${text}{{/if}}`;

    const preview = previewMail(await compileText(guarded), valuesFor('An'));

    expect(preview.text).toContain(expected);
    expect(preview.html).toContain(expected);
  });

  it('writes numbers as the customer’s region does, if the template speaks their language', async () => {
    const compiled = await compileText('Well: {{#if order}}{{date order.at}}{{/if}}');

    expect(previewMail(compiled, valuesFor('An', 'en-GB')).text).toContain('1 June 2026');
    expect(previewMail(compiled, valuesFor('An', 'nl-BE')).text).toContain('June 1, 2026');
  });
});

const ESCAPED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '=': '&#x3D;',
};
