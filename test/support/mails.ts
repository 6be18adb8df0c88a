import type { Shop } from '../../domain/playbook.ts';
import { type CompiledTemplate, compileTemplate } from '../../mail/compile.ts';
import type { MailHeaders } from '../../mail/headers.ts';
import { readTranslations } from '../../mail/translations.ts';
import { aPlaybook } from './builders.ts';

export function aShop(shop: Partial<Shop> = {}): Shop {
  const people = { anna: { name: 'Anna de Wit', role: 'roaster', photo: 'https://photos.example/anna.jpg' } };
  return { ...aPlaybook([]).shop, from: 'anna', people, url: 'https://shop.example', ...shop };
}

export function headersFor(headers: Partial<MailHeaders> = {}): MailHeaders {
  return {
    from: { name: 'Anna', address: 'hello@shop.example' },
    to: { name: 'An Vos', address: 'an@example.com' },
    replyTo: 'help@shop.example',
    messageId: '<one@shop.example>',
    date: Date.UTC(2026, 10, 22, 10),
    boundary: '=_one',
    ...headers,
  };
}

const LAYOUT = `<mjml>
<mj-body>
{{> @partial-block}}
{{> footer}}
</mj-body>
</mjml>`;

const LINES = (text: string) => `<mj-section><mj-column><mj-text>${text}</mj-text></mj-column></mj-section>`;

const WAY_OUT = '{{#if links}}<a href="{{link links.unsubscribe}}">the way out</a>{{/if}}';

/** A template of one paragraph in a bare layout, with English words in YAML. */
export function compileText(
  text: string,
  words = 'hello:\n  subject: Hello',
  kind: 'service' | 'marketing' = 'marketing',
  parts: Readonly<Record<string, string>> = {},
): Promise<CompiledTemplate> {
  const source = {
    name: 'hello',
    locale: 'en',
    kind,
    mjml: `{{#> bare}}\n${LINES(text)}\n{{/bare}}`,
    parts: {
      'layouts/bare.mjml': LAYOUT,
      'partials/footer-marketing.mjml': LINES(`${WAY_OUT} {{shop.address}}`),
      'partials/footer-service.mjml': LINES('about your order'),
      ...parts,
    },
    translations: readTranslations('locales/en.yaml', words),
  };
  return compileTemplate(source, aShop());
}
