import { describe, expect, it } from '@jest/globals';
import Handlebars from 'handlebars';
import { type TemplateValues, valuesOf } from '../../domain/values.ts';
import { fillOf, writeOf } from '../../mail/fill.ts';
import { FORMATTERS } from '../../mail/formatters.ts';
import { Sheet } from '../../mail/sheet.ts';
import { precompilePart } from '../../mail/skeleton.ts';
import { aCustomer, anEvent } from '../support/builders.ts';
import { aShop } from '../support/mails.ts';
import { aRegular } from '../support/sample-mails.ts';

const PIECES = [
  '{{#if customer.firstName}}Dear {{customer.firstName}}{{else}}Hello{{/if}}',
  '{{#unless order}}nothing{{else}}{{order.id}}{{/unless}}',
  '{{#if bought}}some{{else if order}}one{{else}}none{{/if}}',
  '{{#if orders.count}}{{orders.count}}{{else}}no{{/if}} {{#if orders.count includeZero=true}}n{{/if}}',
  '{{#if orders.count includeZero=false}}n{{else}}no{{/if}} {{#unless orders.count includeZero=false}}no{{/unless}}',
  '{{#if orders.count includeZero=orders.count}}n{{else}}no{{/if}} {{#if orders.count includeZero=locale}}n{{/if}}',
  '{{#each bought}}{{@index}}{{#if @first}}first{{/if}}{{#if @last}}last{{/if}} {{this}} {{../locale}};{{else}}empty{{/each}}',
  '{{#each orders.recent}}{{#each items}}{{#if category}}{{name}} {{../id}} {{../../shop.name}} {{@root.locale}}{{/if}}{{/each}}{{/each}}',
  '{{#each orders.recent}}\n  {{date at style="day"}}\n  {{#each items}}\n  {{money price currency}}\n  {{/each}}\n{{/each}}\n',
  '{{plural orders.count one="# order" other="# orders"}} {{orders.categories.length}} {{~list orders.categories~}} .',
  '{{select customer.metThrough word-of-mouth="a friend" other=""}} \\{{raw}} {{! a comment }} {{initial shop.name}} "q" `$',
];

const CUSTOMERS = [aRegular(), aCustomer([anEvent({ type: 'visit', n: 1, customer: {} })])];
const valuesFor = (at: number): TemplateValues => {
  const customer = CUSTOMERS[at];
  if (!customer) throw new Error('nobody');
  return valuesOf(customer, undefined, { shop: aShop() });
};

describe('precompilePart', () => {
  it.each(PIECES)('fills %j as Handlebars does', (piece) => {
    const handlebars = Handlebars.create();
    handlebars.registerHelper(FORMATTERS);
    const theirs = handlebars.compile(piece, { noEscape: true });
    const ours = fillOf(precompilePart(piece, 'plain'));

    for (const at of [0, 1]) expect(ours(valuesFor(at))).toBe(theirs(valuesFor(at)));
  });

  it.each([
    ['a value that is missing', '{{customer.firstName}}', 'no value for "customer.firstName"'],
    ['one in a group that is missing', '{{order.id}}', 'null'],
    ['one for a formatter', '{{date orders.first}}', 'no value for "orders.first"'],
  ])('refuses %s', (_, piece, message) => {
    const fill = fillOf(precompilePart(piece, 'plain'));

    expect(() => fill(valuesFor(1))).toThrow(message);
  });

  it.each([
    '{{shop.name}}, {{signer.name}}: {{link shop.url}} {{initial shop.name}}',
    '{{#if signer.photo}}{{signer.photo}}{{else}}{{initial signer.name}}{{/if}}{{#unless signer.role}}!{{/unless}}.',
  ])('says beforehand what is the same in every mail, in %j', (piece) => {
    const text = fillOf(precompilePart(piece, 'plain'))(valuesFor(0));

    expect(precompilePart(piece, 'plain', valuesFor(0))).toBe(precompilePart(text, 'plain'));
  });

  it('says it beforehand out of a loop, too', () => {
    const said = precompilePart(
      '{{#each bought}}{{../shop.name}} {{@root.shop.name}}{{/each}}',
      'plain',
      valuesFor(0),
    );

    expect(said).toContain('"Koffiehuis Zuiderzon Koffiehuis Zuiderzon"');
  });

  it.each([
    '{{#each orders.recent}}{{shop.name}}{{/each}}',
    '{{link shop.url count=1}}',
    '{{shop.name.length}}',
    '{{because.type}}',
  ])('leaves %j to the mail', (piece) => {
    expect(precompilePart(piece, 'plain', valuesFor(0))).toBe(precompilePart(piece, 'plain'));
  });

  it('lets no text of a template become code', () => {
    const piece = '"+x.y+" \\" `\n \u2028 */ {{select locale a="\\"+v" other="\\"+v"}}';
    const fill = fillOf(precompilePart(piece, 'plain'));

    expect(fill(valuesFor(0))).toBe('"+x.y+" \\" `\n \u2028 */ "+v');
  });
});

describe('fillOf', () => {
  it('fills a template that version 0.1 kept, by Handlebars’ own runtime', () => {
    const kept = Handlebars.precompile('Dear {{piece customer.firstName "customer.firstName"}}!', {
      ...{ strict: true, noEscape: true, knownHelpersOnly: true, knownHelpers: { piece: true } },
    });

    expect(fillOf(String(kept), (value) => `<${value}>`)(valuesFor(0))).toBe('Dear <Iris>!');
  });
});

describe('writeOf', () => {
  it('fills a part that was kept as text, before parts wrote themselves', () => {
    const kept =
      '/* skeleton */(v,x,counted)=>{let o="";o+="a=3Db=\\r\\n";o+=x.piece(v["shop"]["name"],"shop.name");return o}';
    const sheet = new Sheet();

    writeOf(kept, 'html')({ ...valuesFor(0), shop: { ...aShop(), url: null, name: 'P&C' } }, sheet);

    expect(sheet.take()).toBe('a=3Db=\r\nP&amp;C=\r\n');
  });
});
