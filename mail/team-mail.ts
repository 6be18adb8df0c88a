import type { Trip } from '../domain/circuit-breaker.ts';
import type { Shop } from '../domain/playbook.ts';
import { senderAddress } from '../domain/sender-address.ts';
import type { Envelope } from './hand-over.ts';
import { headerBlock } from './headers.ts';
import { mailIdentity } from './mail-identity.ts';
import { encodePiece } from './quoted-printable.ts';

/** What the team is told. */
type TeamNews = {
  readonly id: string;
  readonly trip: Trip;
  /** When it happened, epoch milliseconds. */
  readonly at: number;
};

const WORDS = {
  en: {
    subject: 'Marketing is paused: too many {what}',
    what: { 'spam-complaints': 'spam complaints', 'hard-bounces': 'mails that came back' },
    text: [
      'Rapport has paused all marketing mail of {shop}. Service mail still leaves.',
      'Of the last {mails} marketing mails {spamComplaints} were called spam by who got them, and {hardBounces} came back because there is no such address.',
      'From 0.3% spam complaints or 5% bounces on, mailbox providers begin to refuse all mail of a shop. So find out first what went wrong: an imported list, a wrong segment, a touch that nobody wants.',
      'Nothing is lost: what comes due waits. Start marketing again by hand, here:',
    ],
  },
  nl: {
    subject: 'Marketing staat stil: te veel {what}',
    what: { 'spam-complaints': 'spamklachten', 'hard-bounces': 'mails die terugkwamen' },
    text: [
      'Rapport heeft alle marketingmail van {shop} stilgezet. Servicemail vertrekt gewoon.',
      'Van de laatste {mails} marketingmails zijn er {spamComplaints} door wie ze kreeg als spam aangemerkt, en kwamen er {hardBounces} terug omdat het adres niet bestaat.',
      'Vanaf 0,3% spamklachten of 5% terugkomers gaan mailproviders alle mail van een winkel weigeren. Zoek daarom eerst uit wat er misging: een geïmporteerde lijst, een verkeerd segment, een mail die niemand wil.',
      'Er gaat niets verloren: wat aan de beurt komt wacht. Start marketing met de hand weer, hier:',
    ],
  },
} as const;

/**
 * Writes the mail that tells the team, plainly and in the shop's language. Of one piece of news each of the team always
 * gets the same mail: should it come twice, a mail program shows it once.
 */
export function teamMail(
  { id, trip, at }: TeamNews,
  { shop, publicUrl, to }: { readonly shop: Shop; readonly publicUrl: string; readonly to: string },
): { readonly envelope: Envelope; readonly raw: Buffer } {
  const locale = shop.locale.startsWith('nl') ? 'nl' : 'en';
  const words = WORDS[locale];
  const address = senderAddress(shop);
  const { messageId, boundary } = mailIdentity(`team/${id}/${to}`, address.slice(address.indexOf('@') + 1));
  const values = { ...trip, shop: shop.name, what: words.what[trip.cause] };
  const text = [...words.text, `${publicUrl}/sending`].map((line) => fill(line, values)).join('\n\n');
  const head = headerBlock(
    fill(words.subject, values),
    {
      ...{ from: { name: 'Rapport', address }, to: { address: to }, replyTo: shop.replyTo },
      ...{ messageId, boundary, date: at },
    },
    locale,
  );
  const type = 'Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n';
  const raw = `${head}\r\n--${boundary}\r\n${type}\r\n${encodePiece(`${text}\n`)}\r\n--${boundary}--\r\n`;
  return { envelope: { from: address, to }, raw: Buffer.from(raw) };
}

function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}
