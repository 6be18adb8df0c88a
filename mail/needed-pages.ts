import { sellingIn } from './selling-words.ts';

/** Of a shop's pages those that somebody needs for what they bought; a whole word of its path or subdomain. */
const NEEDED = new Set(
  `order orders bestelling bestellingen account accounts login inloggen help helpdesk support track tracking tracktrace
  bestelstatus retour retouren retourneren return returns service klantenservice contact faq garantie warranty`.split(
    /\s+/,
  ),
);
/** What may stand beside one in a word with dashes: `my-orders`, `track-and-trace`, `order-1024`. */
const BESIDE = new Set(
  `my mijn your uw je status details history overview confirmation policy center centre us and en n trace the de
  customer client veelgestelde vragen html htm php aspx index id nr number`.split(/\s+/),
);

/** Whether an address leads to an order, an account or help, as far as it says so itself. */
export function isNeeded(address: string): boolean {
  const [, host = '', rest = ''] = /^https:\/\/([^/?#]*)(.*)$/s.exec(address) ?? [];
  if (sellingIn(rest.replaceAll(/[/?#&=_+-]|%20/g, ' ')).length > 0) return false;
  const path = rest.split(/[?#]/)[0] ?? '';
  return [...path.split('/'), ...host.split('.').slice(0, -2)].some(isNeededPage);
}

function isNeededPage(segment: string): boolean {
  const words = segment
    .toLowerCase()
    .replaceAll(/\{\{.*?\}\}/g, '')
    .split(/[-_.]/)
    .filter((word) => word && !/\d/.test(word));
  return (
    words.some((word) => NEEDED.has(word)) && words.every((word) => NEEDED.has(word) || BESIDE.has(word))
  );
}
