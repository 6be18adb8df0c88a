import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Session } from './session.ts';
import { loadViews, styleVersion } from './views.ts';
import { chosenLanguage, LANGUAGE_COOKIE, LANGUAGES, languageOf, WORDS } from './words.ts';

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

const LANGUAGE_KEPT_S = 365 * 86_400;

export type Page = { readonly view: string; readonly title: string; readonly status?: number } & Readonly<
  Record<string, unknown>
>;

/** Answers with a page, in the visitor's language. */
export type Show = (request: FastifyRequest, reply: FastifyReply, page: Page) => FastifyReply;

/** Makes the one function that every page is answered with. */
export function createShow(session: Session): Show {
  const render = loadViews();
  const version = styleVersion();
  return (request, reply, { view, title, status = 200, ...context }) => {
    const language = languageOf(request);
    keepLanguage(request, reply);
    const page = {
      title,
      language,
      styleVersion: version,
      signedIn: session.isSignedIn(request),
      isStart: view === 'start',
      languages: LANGUAGES.map((code) => ({
        code,
        url: inLanguage(request, code),
        isCurrent: code === language,
      })),
    };
    const headers = {
      'content-security-policy': POLICY,
      'referrer-policy': 'same-origin',
      'cache-control': 'no-store',
    };
    const html = render(view, { ...context, title, page, words: WORDS[language] });
    return reply.code(status).headers(headers).type('text/html; charset=utf-8').send(html);
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

/** The same page in another language; an answer to a form is shown again by its own address. */
function inLanguage(request: FastifyRequest, language: string): string {
  const url = new URL(request.url, 'http://localhost');
  url.searchParams.set('lang', language);
  return `${url.pathname}${url.search}`;
}
