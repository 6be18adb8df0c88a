import type { Line, TemplateSource } from './expand.ts';
import type { TemplateError } from './template-refused.ts';

/** What sells, in the languages of the mails; whole words. */
const SELLING = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${[
    'kortingen|korting|kortingscodes?|aanbieding(?:en)?|actiecodes?|actieprijs|uitverkoop|waardebon(?:nen)?|cadeaubon(?:nen)?',
    'koop nu|bestel nu|nu voor maar|twee voor de prijs van één',
    'discounts?|coupons?|vouchers?|promo(?:tions?|tional)?|promo codes?|special offers?|clearance|on sale',
    'buy now|shop now|order now|\\d+ ?% (?:off|korting)',
  ].join('|')})(?![\\p{L}\\p{N}])`,
  'giu',
);

/** Of the shop's pages only those that somebody needs for what they bought. */
const NEEDED = /order|bestel|account|help|support|track|retour|return|service|contact|faq|klantenservice/i;
/** What the customer may like; service mail is about what they have. */
const SUGGESTING = /\{\{[^}]*\b(?:cart(?:\.\w+)*|orders\.categories|customer\.interests)\b[^}]*\}\}/;
const LITERAL_LINK = /\bhref\s*=\s*["'](https:\/\/[^"']+)["']/gi;

/**
 * Finds in a service mail what makes it marketing: it passes without consent, so it has no link to the shop, no offer
 * and no suggestion. Prices of what was ordered are values, and stay.
 */
export function promotionIn(source: TemplateSource, lines: readonly Line[]): readonly TemplateError[] {
  if (source.kind !== 'service') return [];
  return [...lines.flatMap(inLine), ...wordsOf(source).flatMap(inWords)];
}

const MEND = 'say it in a touch of kind: marketing';

function inLine({ text, file, line }: Line): readonly TemplateError[] {
  const links = [...text.matchAll(LITERAL_LINK)].map(([, url = '']) => url);
  const messages = [
    ...(text.includes('shop.url') ? [`a service mail has no link to the shop; ${MEND}`] : []),
    ...links.filter((url) => !NEEDED.test(url)).map(notNeeded),
    ...(SUGGESTING.test(text) ? [`a service mail suggests nothing; ${MEND}`] : []),
  ];
  return messages.map((message) => ({ template: file, line, message }));
}

function notNeeded(url: string): string {
  return `a service mail links to an order, an account or help only: "${url}"; leave it out, or ${MEND}`;
}

/** The subject, and all that the template says itself; what the layouts say is common to all. */
function wordsOf({ name, locale, translations, mjml }: TemplateSource) {
  const own = [...translations].filter(([key]) => key.startsWith(`${name}.`));
  const words = own.map(([, { text, line }]) => ({ text, line, file: `locales/${locale}.yaml` }));
  const written = mjml.split('\n').map((text, at) => ({ text, line: at + 1, file: `${name}.mjml` }));
  return [...words, ...written];
}

function inWords({ text, file, line }: Line): readonly TemplateError[] {
  return [...new Set(text.match(SELLING) ?? [])].map((word) => ({
    ...{ template: file, line, message: `"${word}" sells, in a service mail; ${MEND}` },
  }));
}
