import { describe, expect, it } from '@jest/globals';
import { TemplateRefused } from '../../mail/template-refused.ts';
import { compileText } from '../support/mails.ts';

/** What is refused of a service mail, as `file:line: message`; the text begins on line 3. */
async function refusalsOf(text: string, words = ''): Promise<string> {
  try {
    await compileText(`Hello\n${text}`, `hello:\n  subject: Hello\n${words}`, 'service');
    return '';
  } catch (error) {
    if (error instanceof TemplateRefused) return error.message;
    throw error;
  }
}

const linkTo = (address: string) => `<a href="${address}">here</a>`;

describe('promotionIn', () => {
  it.each([
    'take -20%',
    'take −20 % now',
    '20% with code SUMMER20',
    'free&nbsp;shipping',
    'with free\nshipping',
    'a sale!',
    'SALE',
    'de sale begint',
    'get €10 off your next purchase',
    'get 10 euro off',
    '£ 5.50 off',
    '€10,- korting',
    '10% extra',
    '<b style="color:#000000">10%</b> off',
    'kor&shy;ting',
    'free<br />shipping',
    'met gratis verzending',
    'gratis bezorging',
  ])('refuses %j in service mail', async (text) => {
    expect(await refusalsOf(text)).toMatch(/^hello\.mjml:3: "[^"]+" sells/);
  });

  it('refuses what sells in its words, over the end of a line', async () => {
    expect(await refusalsOf('Hi', '  more: |\n    with free\n    shipping\n')).toBe(
      'locales/en.yaml:3: "free shipping" sells, in a service mail; say it in a touch of kind: marketing',
    );
  });

  it.each([
    'including 21% btw',
    '21% VAT, 9 % btw',
    'a jumper of 100% wool',
    'the battery is at 20%',
    'a loss of 10-20%',
    'total: € 10,00, shipping: free',
    '€10 was paid back',
    'it is switched off',
    'we took €10 off your card by mistake',
    'the terms of sale',
    'a contract of sale, and the sale of goods',
    'after the sale we are still here; our after-sale service and sales team',
    'verzending: gratis',
    '<span style="margin:0 -5%">there</span>',
    '<img src="https://shop.example/a.png" width="-5%" alt="">',
    `<img src="{{link 'https://shop.example/a.png'}}" alt="">`,
  ])('has nothing against %j in service mail', async (text) => {
    const refusals = (await refusalsOf(text)).split('\n').filter((line) => line.includes('service mail'));

    expect(refusals).toEqual([]);
  });

  it.each([
    'https://shop.example/sale',
    'https://shop.example/order-now-sale',
    'https://shop.example/border',
    'https://shop.example/new-in-store?from=order',
    'https://shop.example/account/sale',
    'https://shop.example/trackpants',
    'https://orders-and-more.example/new',
  ])('refuses a link to %j, written out or by {{link}}', async (address) => {
    const refusal = `hello.mjml:3: a service mail links to an order, an account or help only: "${address}"`;

    for (const written of [address, `{{link '${address}'}}`, `{{link (select locale other='${address}')}}`])
      expect(await refusalsOf(linkTo(written))).toContain(refusal);
  });

  it.each([
    'https://shop.example/orders/12',
    'https://shop.example/my-account',
    'https://shop.example/en/order-status.html?id=12',
    'https://shop.example/Track-and-Trace/3S',
    'https://help.shop.example/',
    'https://shop.example/mijn-bestellingen/',
    'https://shop.example/klantenservice#retour',
  ])('lets service mail link to %j', async (address) => {
    for (const written of [address, `{{link '${address}'}}`])
      expect(await refusalsOf(linkTo(written))).toBe('');
  });

  it.each([
    ['{{#if grant}}{{#if grant.code}}{{grant.code}}{{/if}}{{/if}}', 'gives nothing away'],
    ['{{#each\n cart/names}}{{this}}{{/each}}', 'suggests nothing'],
    ['{{list customer.[interests]}}', 'suggests nothing'],
    [linkTo('{{link shop/url}}'), 'no link to the shop'],
  ])('refuses %j in service mail', async (text, refusal) => {
    expect(await refusalsOf(text)).toContain(refusal);
  });

  it('refuses a surprise in the subject, and in the words, where they are written', async () => {
    const surprise = '{{#if grant}}{{#if grant.title}}{{grant.title}}{{/if}}{{/if}}';
    const compiling = compileText(
      'Hi {{t "x"}}',
      `hello:\n  x: '${surprise}'\n  subject: 'Hi${surprise}'`,
      'service',
    );

    await expect(compiling).rejects.toThrow(
      /locales\/en\.yaml:3: a service mail[\s\S]*:2: a service mail|:2: a service mail[\s\S]*:3: a service mail/,
    );
  });
});
