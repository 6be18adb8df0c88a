/** What sells, in the languages of the mails; whole words. A space is any number of blanks, also of a line's end. */
const PHRASES = [
  'kortingen|korting|kortingscodes?|aanbieding(?:en)?|actiecodes?|actieprijs|uitverkoop|waardebon(?:nen)?|cadeaubon(?:nen)?',
  'koop nu|bestel nu|nu voor maar|twee voor de prijs van één|gratis (?:verzending|bezorging|levering)',
  'discounts?|coupons?|vouchers?|promo(?:tions?|tional)?|promo codes?|special offers?|clearance|on sale',
  'buy now|shop now|order now|free (?:shipping|delivery)|off (?:your|the) next',
  // neither terms of sale, nor a sale of goods, nor what comes after the sale
  '(?<!\\b(?:of|after|after the|point-of)[\\s-])sale(?![ -]+(?:of|agreement|contract|conditions|terms|date)(?!\\p{L}))',
  '\\d+ ?% ?(?:off|korting|cheaper|goedkoper|extra|op alles|on everything|(?:with|met)(?: the| de)? code)',
  '(?:€|\\$|£|eur) ?\\d+(?:[.,]\\d+|,-)? (?:off(?! (?:your|the) (?:card|account|balance))|korting|cheaper|goedkoper)',
  '\\d+(?:[.,]\\d+|,-)? ?(?:€|eur|euros?) (?:off|korting|cheaper|goedkoper)',
];
const SELLING = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${PHRASES.join('|').replaceAll(' ?', '\\s*').replaceAll(' ', '\\s+')})(?![\\p{L}\\p{N}])`,
  'giu',
);
/** A price that is cut, `-20%`; neither a range, `10-20%`, nor what is measured, `-20 %RH`. */
const CUT = /(?<![\p{L}\p{N}%])[-−–]\d+\s*%(?![\p{L}\p{N}])/gu;

/** Its looks say nothing: `margin:0 -5%`. */
const LOOKS =
  /<style[\s\S]*?<\/style>|\bstyle\s*=\s*(?:"[^"]*"|'[^']*')|=\s*(?:"[-\d.%\spx]*"|'[-\d.%\spx]*')/gi;

/** What is not read, or only makes a word stand out: `<b>10%</b> off`. */
const UNREAD =
  /&shy;|&#173;|&zwnj;|[\u00ad\u200b-\u200d\u2060]|<\/?(?:b|strong|i|em|u|s|span|font|small|big|mark)\b[^>]*>/gi;

/** The words that sell in a text, or in a template, and how many lines are before each. */
export function sellingIn(text: string): readonly { readonly word: string; readonly before: number }[] {
  const said = text
    .replaceAll(LOOKS, linesOf)
    .replaceAll(UNREAD, linesOf)
    .replaceAll(/&nbsp;|&#160;|&#xa0;|<br\b[^>]*>/gi, (blank) => ` ${linesOf(blank)}`);
  return [SELLING, CUT]
    .flatMap((pattern) => [...said.matchAll(pattern)])
    .map(({ 0: word, index }) => ({
      word: word.replaceAll(/\s+/g, ' '),
      before: said.slice(0, index).split('\n').length - 1,
    }));
}

/** Nothing of it but its lines. */
function linesOf(text: string): string {
  return text.replaceAll(/[^\n]/g, '');
}
