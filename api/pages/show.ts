import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Session } from './session.ts';
import { loadViews, styleVersion } from './views.ts';
import { chosenLanguage, LANGUAGE_COOKIE, LANGUAGES, type Language, languageOf, WORDS } from './words.ts';

/** What a page may load: our own style sheet, mark and mails; no script at all. */
const POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "frame-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = {
  'content-security-policy': POLICY,
  'referrer-policy': 'same-origin',
  'cache-control': 'no-store',
};

const LANGUAGE_KEPT_S = 365 * 86_400;

type Page = {
  readonly view: string;
  readonly title: string;
  readonly status?: number;
  /** Whoever it is for reads it; absent: as the visitor's browser and cookie say. */
  readonly language?: Language;
  /** Besides those of every page. */
  readonly headers?: Readonly<Record<string, string>>;
} & Readonly<Record<string, unknown>>;

/** Answers with a page, in the visitor's language. */
export type Show = (request: FastifyRequest, reply: FastifyReply, page: Page) => FastifyReply;

/** Makes the one function that every page is answered with. */
export function createShow(session: Session): Show {
  const render = loadViews();
  const version = styleVersion();
  return (request, reply, { view, title, status = 200, language: theirs, headers = {}, ...context }) => {
    if (!theirs) keepLanguage(request, reply);
    const language = theirs ?? languageOf(request);
    const frame = {
      title,
      language,
      styleVersion: version,
      isStart: view === 'start',
      isSending: view === 'sending',
      isResults: view === 'results',
      isCases: view === 'cases',
    };
    const page = {
      ...frame,
      signedIn: session.isSignedIn(request),
      languages: languagesOf(request, language),
      notices: request.notices?.(language) ?? [],
    };
    const html = render(view, { ...context, title, language, page, words: WORDS[language] });
    return reply
      .code(status)
      .headers({ ...HEADERS, ...headers })
      .type('text/html; charset=utf-8')
      .send(html);
  };
}

/** Answers with a page that says one thing. */
export function showMessage(
  show: Show,
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  about: 'notFound' | 'nothingHere' | 'wrong',
  status: number,
): FastifyReply {
  const { page } = WORDS[languageOf(request)];
  return show(request, reply, {
    view: 'message',
    title: page[`${about}Title`],
    lead: page[`${about}Lead`],
    status,
  });
}

function keepLanguage({ query }: FastifyRequest, reply: FastifyReply): void {
  const chosen = chosenLanguage(query);
  if (chosen)
    reply.setCookie(LANGUAGE_COOKIE, chosen, { path: '/', sameSite: 'lax', maxAge: LANGUAGE_KEPT_S });
}

/** The same page in each language. */
function languagesOf({ url }: FastifyRequest, current: Language) {
  return LANGUAGES.map((code) => {
    const there = new URL(url, 'http://localhost');
    there.searchParams.set('lang', code);
    return { code, url: `${there.pathname}${there.search}`, isCurrent: code === current };
  });
}
