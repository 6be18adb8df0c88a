import { readdir, readFile } from 'node:fs/promises';
import Handlebars from 'handlebars';
import MailComposer from 'nodemailer/lib/mail-composer';
import { type TemplateValues, valuesOf } from '../../domain/values.ts';
import { compileTemplate } from '../../mail/compile.ts';
import { expand, type TemplateSource } from '../../mail/expand.ts';
import { FORMATTERS } from '../../mail/formatters.ts';
import type { MailHeaders } from '../../mail/headers.ts';
import { createMailLinks } from '../../mail/links.ts';
import { mailIdentity } from '../../mail/mail-identity.ts';
import { htmlOf, textOf } from '../../mail/markup.ts';
import { createRenderer } from '../../mail/render.ts';
import { readTranslations } from '../../mail/translations.ts';
import { wordsFor } from '../../mail/words.ts';
import { anEvent, DAY, NOON } from './builders.ts';
import { aShop } from './mails.ts';
import { aRegular } from './sample-mails.ts';

/** Values in, MIME out. */
type Make<Mime> = (values: TemplateValues, headers: MailHeaders) => Mime;

/** One recipient: what the mail says to them, and its headers. */
export type Recipient = { readonly values: TemplateValues; readonly headers: MailHeaders };

const FIXTURES = 'test/fixtures/news';
const SHOP = aShop();
const linksOf = createMailLinks('https://rapport.example', 'a secret');
const FROM = { name: 'Anna de Wit from Koffiehuis Zuiderzon', address: 'hello@shop.example' };

/** The same news made by Rapport, and by cached Handlebars and nodemailer's composer. */
export async function bothWays(): Promise<{
  readonly ours: Make<string>;
  readonly composer: Make<Promise<Buffer>>;
}> {
  const source = await bigNews();
  const compiled = await compileTemplate(source, SHOP);
  const { renderMail } = createRenderer();
  return {
    ours: (values, headers) => renderMail(compiled, { ...values, locale: 'en' }, headers).raw,
    composer: await composerOf(source),
  };
}

/** A newsletter of 14 KB of html with twelve values, and a loop of three suggestions in the place of the cart. */
async function bigNews(): Promise<TemplateSource> {
  const words = `${await readFile('templates/locales/en.yaml', 'utf8')}\n${await readFile(`${FIXTURES}/en.yaml`, 'utf8')}`;
  return {
    ...{ name: 'big-news', locale: 'en', kind: 'marketing' },
    mjml: await readFile(`${FIXTURES}/big-news.mjml`, 'utf8'),
    parts: { ...(await partsIn('layouts')), ...(await partsIn('partials')) },
    translations: readTranslations('locales/en.yaml', words),
  };
}

async function partsIn(folder: string): Promise<Record<string, string>> {
  const files = await readdir(`templates/${folder}`);
  const read = files.map(async (file) => [
    `${folder}/${file}`,
    await readFile(`templates/${folder}/${file}`, 'utf8'),
  ]);
  return Object.fromEntries(await Promise.all(read));
}

/** As one would without a skeleton: three cached templates of Handlebars, and the composer for each mail. */
async function composerOf(source: TemplateSource): Promise<Make<Promise<Buffer>>> {
  const handlebars = Handlebars.create();
  handlebars.registerHelper(FORMATTERS);
  const written = await htmlOf(expand(source).lines);
  const html = handlebars.compile(written);
  const text = handlebars.compile(textOf(written), { noEscape: true });
  const subject = handlebars.compile(wordsFor(source, 'subject') ?? '', { noEscape: true });
  return (values, headers) => {
    const spoken = { ...values, locale: 'en' };
    const mail = new MailComposer({
      ...{ subject: subject(spoken), text: text(spoken), html: html(spoken) },
      ...{ textEncoding: 'quoted-printable' as const, ...composerHeaders(headers) },
    });
    return mail.compile().build();
  };
}

function composerHeaders({ from, to, replyTo, messageId, date, list }: MailHeaders) {
  const mailbox = ({ name = '', address }: MailHeaders['to']) => ({ name, address });
  return {
    ...{ from: mailbox(from), to: mailbox(to), replyTo, messageId, date: new Date(date) },
    headers: {
      'Content-Language': 'en',
      ...(list && {
        // as it is: folded by the composer its angle brackets would end up in encoded words
        'List-Id': { prepared: true, value: `"${list.name}" <${list.id}>` },
        'List-Unsubscribe': `<${list.unsubscribe}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        'Feedback-ID': list.feedbackId,
      }),
    },
  };
}

/** So many different people; names in several scripts, amounts and dates of their own. */
export function recipients(count: number): readonly Recipient[] {
  return Array.from({ length: count }, (_, at) => aRecipient(at));
}

const NAMES = ['An', 'Łukasz', 'Zoë', 'Wilhelmina-Alexandrine', 'Bram', 'O’Neill & <b>'];
const SUGGESTIONS = [
  ['Songs in the Key of Life', 'soul', 3495],
  ['Le Mystère des Voix Bulgares', 'folk', 1850],
  ['The Black Saint & the Sinner Lady', 'jazz', 2450],
] as const;

function aRecipient(at: number): Recipient {
  const first = NAMES[at % NAMES.length] ?? 'An';
  const cause = anEvent({ type: 'cart-abandoned', n: 4, data: { items: SUGGESTIONS.map(itemOf) } });
  const regular = valuesOf(aRegular(), cause, { shop: SHOP });
  const customer = { ...regular.customer, firstName: first, since: NOON - 400 * DAY - at * 7_654_321 };
  const order = regular.order && {
    ...regular.order,
    id: `o-${at}`,
    total: 1_000 + at * 7,
    at: NOON - at * 1_234_567,
  };
  return {
    values: {
      ...regular,
      customer,
      order,
      links: linksOf({ customerId: `c-${at}`, key: `${at}/1`, topic: 'news' }),
    },
    headers: {
      from: FROM,
      to: { name: first, address: `customer-${at}@example.com` },
      ...{ replyTo: SHOP.replyTo, date: NOON, ...mailIdentity(`${at}/big-news/1`, 'shop.example') },
      list: {
        id: 'news.shop.example',
        name: 'Koffiehuis Zuiderzon: news',
        unsubscribe: `https://rapport.example/unsubscribe?t=${at}`,
        feedbackId: 'big-news:news:1:rapport',
      },
    },
  };
}

function itemOf([name, category, price]: (typeof SUGGESTIONS)[number]) {
  return { sku: name, name, category, quantity: 1, price };
}
