import PostalMime from 'postal-mime';
import { stableShare } from '../domain/hash.ts';
import { fieldsOf } from './answer-form.ts';
import { pick } from './catalogue.ts';
import { type CaughtMail, fetchMails, fetchSource } from './inbox.ts';

const HOUR_MS = 3_600_000;

/** Of the questions that come, this share is answered. */
const ANSWERING_SHARE = 0.6;
/** Within so many hours after the mail came. */
const ANSWERED_WITHIN_HOURS = 30;
/** Who is content gives one of the two highest scores. */
const CONTENT_SHARE = 0.8;
/** Of who is not, this share says why. */
const SAYING_WHY_SHARE = 0.6;

const WHY = {
  nl: ['Het hoesje was gebarsten.', 'Het duurde erg lang.', 'De verkeerde plaat zat in het pakje.'],
  en: ['The case was cracked.', 'It took very long.', 'The wrong record was in the parcel.'],
} as const;
const WORDS = {
  nl: ['Prachtig, dank je wel!', 'Altijd goed ingepakt.', 'Ik kom terug.'],
  en: ['Lovely, thank you!', 'Always well packed.', 'I will be back.'],
} as const;

export type AudienceDeps = {
  readonly inboxUrl: string;
  readonly seed: string;
  /** The play's own time, epoch milliseconds. */
  readonly now: () => number;
};

/** A question in a mail, and when its reader answers it. */
type Intent = {
  readonly links: readonly URL[];
  readonly at: number;
  readonly draw: (what: string) => number;
};

/**
 * The customers behind the addresses: they read their mail, and answer some of its questions by its links, as people
 * do; who does, when and what is drawn by the seed.
 */
export class Audience {
  readonly #deps: AudienceDeps;
  #read = 0;
  /** How many mails of a kind somebody had, by address and kind: what is drawn is drawn anew for each. */
  readonly #had = new Map<string, number>();
  #intents: readonly Intent[] = [];

  constructor(deps: AudienceDeps) {
    this.#deps = deps;
  }

  /** Reads what came since, and answers what its reader would have answered by now. Call it again and again. */
  async act(): Promise<void> {
    const mails = await fetchMails(this.#deps.inboxUrl, this.#read);
    for (const mail of mails) await this.#readMail(mail);
    this.#read += mails.length;

    const now = this.#deps.now();
    const due = this.#intents.filter(({ at }) => at <= now);
    this.#intents = this.#intents.filter(({ at }) => at > now);
    for (const intent of due) await answer(intent);
  }

  async #readMail(mail: CaughtMail): Promise<void> {
    const { headers, html = '' } = await PostalMime.parse(await fetchSource(this.#deps.inboxUrl, mail.n));
    const links = answerLinks(html);
    if (links.length === 0) return;
    const kind = headers.find(({ key }) => key === 'feedback-id')?.value.split(':')[0] ?? '';
    const draw = this.#drawOf(mail.to, kind);
    if (draw('answers') >= ANSWERING_SHARE) return;
    const at = Date.parse(mail.date) + (1 + draw('hours') * ANSWERED_WITHIN_HOURS) * HOUR_MS;
    this.#intents = [...this.#intents, { links, at, draw }];
  }

  #drawOf(to: string, kind: string) {
    const count = (this.#had.get(`${to} ${kind}`) ?? 0) + 1;
    this.#had.set(`${to} ${kind}`, count);
    return (what: string) => stableShare(this.#deps.seed, 'audience', to, kind, String(count), what);
  }
}

/** The links by which a mail's question is answered, the lowest score first; one without a score is one of words. */
function answerLinks(html: string): readonly URL[] {
  const found = html.replaceAll('&amp;', '&').replaceAll('&#x3D;', '=');
  const links = found.match(/https?:\/\/[^\s"'<>]+\/answer\?[^\s"'<>]+/g) ?? [];
  return [...new Set(links)].map((link) => new URL(link)).sort((a, b) => scoreOf(a) - scoreOf(b));
}

function scoreOf(link: URL): number {
  return Number(link.searchParams.get('score') ?? -1);
}

/** Opens one of the links and sends its form; an ask that is over is left. */
async function answer({ links, draw }: Intent): Promise<void> {
  const isContent = draw('content') < CONTENT_SHARE;
  const fitting = isContent || links.length < 3 ? links.slice(-2) : links.slice(0, -2);
  const link = pick(fitting, draw('score'));
  const page = await fetch(link);
  if (!page.ok) return;
  const fields = fieldsOf(await page.text(), draw);
  const words = saidBy(draw, isContent, fields.get('lang') === 'nl' ? 'nl' : 'en');
  if (words !== '' && fields.has('comment')) fields.set('comment', words);
  await fetch(new URL('/answer', link), { method: 'POST', body: fields });
}

function saidBy(draw: Intent['draw'], isContent: boolean, language: keyof typeof WHY): string {
  if (isContent) return draw('words') < 0.5 ? pick(WORDS[language], draw('which words')) : '';
  return draw('why') < SAYING_WHY_SHARE ? pick(WHY[language], draw('which words')) : '';
}
