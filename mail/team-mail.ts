import type { Shop } from '../domain/playbook.ts';
import { senderAddress } from '../domain/sender-address.ts';
import type { TeamNews } from '../domain/team-news.ts';
import type { Envelope } from './hand-over.ts';
import { headerBlock } from './headers.ts';
import { mailIdentity } from './mail-identity.ts';
import { encodePiece } from './quoted-printable.ts';
import { caseLetter, fill } from './team-case.ts';
import { TEAM_WORDS } from './team-words.ts';

/** What the team is told. */
type Told = {
  readonly id: string;
  readonly news: TeamNews;
  /** When it happened, epoch milliseconds. */
  readonly at: number;
};

type Circumstances = {
  readonly shop: Shop;
  readonly publicUrl: string;
  /** Each thing it is about, in a line. */
  readonly lines: readonly string[];
  readonly to: string;
};

/**
 * Writes the mail that tells the team, plainly and in the shop's language. Of one piece of news each of the team always
 * gets the same mail: should it come twice, a mail program shows it once.
 */
export function teamMail(
  { id, news, at }: Told,
  { shop, publicUrl, lines, to }: Circumstances,
): { readonly envelope: Envelope; readonly raw: string } {
  const locale = shop.locale.startsWith('nl') ? 'nl' : 'en';
  const { subject, text } = letterOf(news, lines, { shop, publicUrl, locale });
  const address = senderAddress(shop);
  const { messageId, boundary } = mailIdentity(`team/${id}/${to}`, address.slice(address.indexOf('@') + 1));
  const head = headerBlock(
    subject,
    {
      ...{ from: { name: 'Rapport', address }, to: { address: to }, replyTo: shop.replyTo },
      ...{ messageId, boundary, date: at },
    },
    locale,
  );
  const type = 'Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n';
  const raw = `${head}\r\n--${boundary}\r\n${type}\r\n${encodePiece(`${text}\n`)}\r\n--${boundary}--\r\n`;
  return { envelope: { from: address, to }, raw };
}

/** What news says of itself, for the places in its words. */
function saidBy(news: TeamNews): Readonly<Record<string, string | number>> {
  if (news.about === 'low-stock') return { pool: news.pool, total: news.total, left: news.left };
  return 'request' in news ? { request: news.request, source: news.source } : {};
}

function letterOf(
  news: TeamNews,
  lines: readonly string[],
  { shop, publicUrl, locale }: Pick<Circumstances, 'shop' | 'publicUrl'> & { readonly locale: 'nl' | 'en' },
) {
  if (news.about === 'case') return caseLetter(news.case, { shop, publicUrl, locale });
  const { what, letters } = TEAM_WORDS[locale];
  const { subject, subjectOne = subject, text, path } = letters[news.about];
  const [first = ''] = lines;
  const told = news.about === 'paused' ? { ...news.trip, what: what[news.trip.cause] } : saidBy(news);
  const list = lines.map((line) => `- ${line}`).join('\n');
  const values = { ...told, shop: shop.name, count: lines.length, first, list };
  const written = [...text, `${publicUrl}${path}`].map((paragraph) => fill(paragraph, values));
  return { subject: fill(lines.length > 1 ? subject : subjectOne, values), text: written.join('\n\n') };
}
