import { describe, expect, it } from '@jest/globals';
import { TemplateRefused } from '../../mail/template-refused.ts';
import { compileText } from '../support/mails.ts';

const HELLO = 'hello:\n  subject: Hello\n';
const FOOT = 'partials/footer-marketing.mjml';
const IMAGE = 'src="https://shop.example/a.png"';
const inText = (text: string) =>
  `<mj-section><mj-column><mj-text>\n${text}\n</mj-text></mj-column></mj-section>`;
const WAY_OUT = '<a href="{{link links.unsubscribe}}">out</a>';

/** Dark grounds, and nothing for the letters on them but in the footer. */
const NIGHTLY = `<mjml>
<mj-head><mj-style>@media (prefers-color-scheme: dark) {
  body, .paper { background: #1b1715 !important; }
  a, .light div { color: #f0e8dd !important; }
}</mj-style></mj-head>
<mj-body css-class="paper">
{{> @partial-block}}
<mj-section><mj-column><mj-text css-class="light">${WAY_OUT} {{shop.address}}</mj-text></mj-column></mj-section>
</mj-body>
</mjml>`;

type Given = {
  readonly text?: string;
  readonly words?: string;
  readonly kind?: 'service' | 'marketing';
  readonly parts?: Readonly<Record<string, string>>;
};

/** All that is refused, as `file:line: message`; the text begins on line 2. */
async function refusalsOf({
  text = 'Hello there',
  words = '',
  kind,
  parts,
}: Given): Promise<readonly string[]> {
  try {
    await compileText(text, `${HELLO}${words}`, kind, parts);
    return [];
  } catch (error) {
    if (error instanceof TemplateRefused) return error.message.split('\n');
    throw error;
  }
}

describe('a template', () => {
  it.each<[string, Given]>([
    ['is fine as it is', {}],
    ['may show a picture that only decorates', { text: `Hello <img ${IMAGE} alt="">` }],
    [
      'may link to an account in service mail',
      { text: 'Hi <a href="https://shop.example/account">x</a>', kind: 'service' },
    ],
    ['may be large and softer', { text: 'Hi <b style="font-size:19px;color:#8a8a8a">there</b>' }],
    ['may hide what nobody reads', { text: 'Hi <i style="display:none;color:#ffffff">there</i>' }],
    ['may sell in marketing', { text: 'A discount' }],
  ])('%s', async (_, given) => {
    expect(await refusalsOf(given)).toEqual([]);
  });

  it.each<[string, Given, string]>([
    ['an image without alt', { text: `Hello\n<img\n ${IMAGE}>` }, 'hello.mjml:3: a picture without alt'],
    [
      'a link in single quotes',
      { text: "Hello\n<a\nhref='http://x.example'>x</a>" },
      'hello.mjml:4: a link is https or mailto: "http://x.example"; write https://x.example',
    ],
    [
      'a value as a link',
      { text: 'Hello\n<a href="{{shop.url}}">x</a>' },
      'hello.mjml:3: a link is https or mailto: "{{shop.url}}"; write {{link shop.url}}',
    ],
    [
      'pale text',
      { text: 'Hello\n<b style="color:#999999">there</b>' },
      'hello.mjml:3: text is hard to read by day: a contrast of 2.8 (#999999 on #ffffff), where 4.5 is the least',
    ],
    [
      'large text that is too pale',
      { text: 'Hello\n<b style="font-size:30px;color:#aaaaaa">there</b>' },
      'hello.mjml:3: text is hard to read by day: a contrast of 2.3 (#aaaaaa on #ffffff), where 3 is the least',
    ],
    [
      'text that is half seen through',
      { text: 'Hello\n<b style="color:rgba(0,0,0,0.4)">there</b>' },
      'hello.mjml:3: text is hard to read by day: a contrast of 2.8 (#999999',
    ],
    [
      'a colour without a number',
      { text: 'Hello\n<b style="color:peru">there</b>' },
      'hello.mjml:3: text has a colour that cannot be judged, "peru"',
    ],
    [
      'text that is dark in dark mode',
      { parts: { 'layouts/bare.mjml': NIGHTLY } },
      'hello.mjml:2: text is hard to read in dark mode: a contrast of 1.2 (#000000 on #1b1715)',
    ],
    [
      'no way to leave',
      { parts: { [FOOT]: inText('{{shop.address}}') } },
      'hello.mjml:2: a marketing mail tells how to leave: {{link links.unsubscribe}} is missing',
    ],
    [
      'no postal address',
      { parts: { [FOOT]: inText(WAY_OUT) } },
      'hello.mjml:2: a marketing mail tells who sends it: {{shop.address}} is missing',
    ],
    [
      'a way to leave for some',
      { parts: { [FOOT]: inText(`{{shop.address}}\n{{#if order}}\n${WAY_OUT}\n{{/if}}`) } },
      `${FOOT}:4: the way to leave does not show in the html for a stranger`,
    ],
    [
      'an address that only shows in html',
      { parts: { [FOOT]: inText(`<p class="only-seen">{{shop.address}}</p>\n${WAY_OUT}`) } },
      `${FOOT}:2: the shop's address does not show in the text`,
    ],
    [
      'no words in the text part',
      { text: '<span class="only-seen">\nHello there\n</span>' },
      'hello.mjml:3: nothing of it is in the text part',
    ],
    [
      'more than Gmail shows',
      { text: 'x '.repeat(53_000) },
      'hello.mjml:1: 108 KB of html for a good customer, and Gmail hides what is beyond 102',
    ],
    [
      'too long for those with long orders only',
      { text: `Hello {{#each orders.recent}}{{#each items}}{{name}}${'x '.repeat(1_400)}{{/each}}{{/each}}` },
      'hello.mjml:1: 106 KB of html for a customer with long orders',
    ],
    [
      'an offer in service mail',
      { words: '  lead: ok\n  more: Now a discount\n', kind: 'service' },
      'locales/en.yaml:4: "discount" sells, in a service mail',
    ],
    [
      'an offer in its own words',
      { text: 'Hello\nwith 10 % korting', kind: 'service' },
      'hello.mjml:3: "10 % korting" sells',
    ],
    [
      'a shop link in service mail',
      { text: 'Hello\n<a href="{{link shop.url}}">x</a>', kind: 'service' },
      'hello.mjml:3: a service mail has no link to the shop',
    ],
    [
      'another link in service mail',
      { text: 'Hello\n<a href="https://shop.example/new">x</a>', kind: 'service' },
      'hello.mjml:3: a service mail links to an order, an account or help only',
    ],
    [
      'a suggestion in service mail',
      { text: 'Hello\n{{list orders.categories}}', kind: 'service' },
      'hello.mjml:3: a service mail suggests nothing',
    ],
    [
      'an unknown variable in the words',
      { text: 'Hello\n{{t "lead"}}', words: '  lead: Hi {{x}}\n' },
      'locales/en.yaml:3: unknown variable "x"',
    ],
    [
      'a value that may be missing',
      { text: 'Hello\n{{customer.lastName}}' },
      'hello.mjml:3: cannot be filled for a stranger: no value for "customer.lastName"; guard it',
    ],
  ])('is refused for %s', async (_, given, refusal) => {
    const refusals = await refusalsOf(given);

    expect(refusals.map((line) => line.slice(0, refusal.length))).toContain(refusal);
    expect(new Set(refusals.map((line) => line.split(' ')[0])).size).toBe(1); // nothing else is wrong with it
  });

  it('is told everything that is wrong with it at once', async () => {
    const text = `Hello <img ${IMAGE}>\n<b style="color:#aaaaaa">a discount</b>\n<a href="http://x.example">x</a>`;

    const refusals = await refusalsOf({ text, kind: 'service' });

    expect(refusals.map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual(
      [
        'hello.mjml:2: a picture',
        'hello.mjml:4: a link',
        'hello.mjml:3: "discount" sells,',
        'hello.mjml:3: text is',
      ].map((line) => line.split(' ').slice(0, 3).join(' ')),
    );
  });
});
