import { describe, expect, it } from '@jest/globals';
import { readTranslations } from '../../mail/translations.ts';
import { compileText } from '../support/mails.ts';

const HELLO = 'hello:\n  subject: Hello';

describe('compileTemplate', () => {
  it.each([
    ['a missing translation', 'Hi {{t "lead"}}', HELLO, 'hello.mjml:2: no "hello.lead" nor "common.lead"'],
    [
      'an unknown variable',
      'Hi {{customer.nickname}}',
      HELLO,
      'hello.mjml:2: unknown variable "customer.nickname"',
    ],
    [
      'one in a loop',
      '{{#each order.items}}{{title}}{{/each}}',
      HELLO,
      'hello.mjml:2: unknown variable "title"',
    ],
    ['one in a condition', '{{#if gold}}Hi{{/if}}', HELLO, 'hello.mjml:2: unknown variable "gold"'],
    ['one in a helper', 'Hi {{date order.on}}', HELLO, 'hello.mjml:2: unknown variable "order.on"'],
    [
      'one in the words',
      'Hi {{t "lead"}}',
      `${HELLO}\n  lead: '{{x}}'`,
      'locales/en.yaml:3: unknown variable "x"',
    ],
    ['an unknown helper', 'Hi {{shout shop.name}}', HELLO, 'hello.mjml:2: unknown helper "shout"'],
    ['an unknown block', 'Hi {{#with shop}}x{{/with}}', HELLO, 'hello.mjml:2: unknown helper "with"'],
    ['a group as a value', 'Hi {{shop}}', HELLO, 'hello.mjml:2: "shop" is not one value'],
    ['{{{', 'Hi {{{shop.name}}}', HELLO, 'hello.mjml:2: {{{ and {{& would let a value be markup'],
    ['{{&', 'Hi {{&shop.name}}', HELLO, 'hello.mjml:2: {{{ and {{& would let a value be markup'],
    ['a tag that stays open', 'Hi {{#if order}}', HELLO, 'hello.mjml:'],
    [
      'a link over http',
      '<a href="http://x.example">x</a>',
      HELLO,
      'hello.mjml:2: a link is https or mailto',
    ],
    [
      'a link by script',
      '<a href="javascript:alert(1)">x</a>',
      HELLO,
      'hello.mjml:2: a link is https or mailto',
    ],
    ['a missing subject', 'Hi', 'hello:\n  lead: x', 'locales/en.yaml:1: no "hello.subject"'],
    ['an empty subject', 'Hi', "hello:\n  subject: ''", 'locales/en.yaml:2: no "hello.subject"'],
    ['no text', '<b></b>', HELLO, 'hello.mjml:1: nothing to read'],
    ['an unknown element', '</mj-text><mj-carousell /><mj-text>x', HELLO, 'hello.mjml:2: '],
    ['a value a stranger lacks', 'Hi {{customer.firstName}}', HELLO, 'cannot be filled for a stranger'],
    [
      'a variable unknown to the subject',
      'Hi',
      "hello:\n  subject: '{{x}}'",
      'locales/en.yaml:2: unknown variable "x"',
    ],
  ])('refuses %s, by file and line', async (_, text, words, message) => {
    await expect(compileText(text, words)).rejects.toThrow(message);
  });

  it('keeps shop links out of service mail', async () => {
    const link = '<a href="{{link shop.url}}">shop</a>';

    await expect(compileText(link, HELLO, 'service')).rejects.toThrow(
      'hello.mjml:2: a service mail has no link',
    );
  });

  it('tells all mistakes at once', async () => {
    const compiling = compileText('{{a}} {{b}} {{t "c"}}', 'hello: {}');

    await expect(compiling).rejects.toMatchObject({ errors: { length: 4 } });
  });

  it('gives the same id for the same template, and another for another', async () => {
    const [one, again, other] = await Promise.all([compileText('Hi'), compileText('Hi'), compileText('Ho')]);

    expect(one.id).toBe(again.id);
    expect(other.id).not.toBe(one.id);
    expect(JSON.parse(JSON.stringify(one))).toEqual(one);
  });
});

describe('readTranslations', () => {
  it('tells the line of broken YAML', () => {
    expect(() => readTranslations('locales/en.yaml', 'hello:\n  subject: "x')).toThrow('locales/en.yaml:2: ');
  });
});
