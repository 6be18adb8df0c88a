import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import Handlebars from 'handlebars';
import PostalMime from 'postal-mime';
import type { Caught, Inbox } from './inbox.ts';

const PER_PAGE = 50;
const VIEWS = [
  { name: 'html', label: 'Mail' },
  { name: 'text', label: 'Text' },
  { name: 'source', label: 'Source' },
];

const file = (name: string) => readFileSync(new URL(`./inbox/${name}`, import.meta.url), 'utf8');
const page = Handlebars.compile(file('page.hbs'));
const styles = file('page.css');
const script = file('page.js');

/** Everything of ours by itself; the mail only in its frame. */
const OURS = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; frame-src 'self'";
/** A mail runs nothing; its pictures may come from anywhere, as in a mail program that shows them. */
const MAIL =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data: http: https:; sandbox allow-popups allow-popups-to-escape-sandbox";

type Answer = { readonly type: string; readonly body: string | Buffer; readonly policy?: string };

/** Answers a request for the inbox: pages for people, `/messages.json` for programs, all or those `after` one. */
export async function answerInbox(
  inbox: Inbox,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://inbox');
  const answer = await route(inbox, url);
  if (!answer) {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('No such page. The inbox is at /.');
    return;
  }
  const headers = { 'content-type': answer.type, 'content-security-policy': answer.policy ?? OURS };
  response.writeHead(200, { ...headers, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
  response.end(answer.body);
}

async function route(inbox: Inbox, url: URL): Promise<Answer | undefined> {
  switch (url.pathname) {
    case '/':
      return inboxPage(inbox, url);
    case '/page.css':
      return { type: 'text/css; charset=utf-8', body: styles };
    case '/page.js':
      return { type: 'text/javascript; charset=utf-8', body: script };
    case '/tally.json':
      return json(inbox.tally);
    case '/messages.json':
      return json({ ...inbox.tally, messages: inbox.after(Number(url.searchParams.get('after'))) });
  }
  const [, n, view] = /^\/mails\/(\d+)(?:\/(html|text|source))?$/.exec(url.pathname) ?? [];
  const found = inbox.open(Number(n));
  if (!found) return undefined;
  return view ? content(found.source, view) : inboxPage(inbox, url, found.mail);
}

function json(value: unknown): Answer {
  return { type: 'application/json', body: JSON.stringify(value) };
}

/** The mail itself, for the frame. Its links open beside the inbox, so that they can be tried. */
async function content(source: Buffer, view: string): Promise<Answer> {
  const plain = 'text/plain; charset=utf-8';
  if (view === 'source') return { type: plain, body: source, policy: MAIL };
  const { html, text } = await PostalMime.parse(source);
  if (view === 'text' || !html)
    return { type: plain, body: text ?? 'This mail has no text part.', policy: MAIL };
  return { type: 'text/html; charset=utf-8', body: `<base target="_blank">${html}`, policy: MAIL };
}

async function inboxPage(inbox: Inbox, url: URL, opened?: Caught): Promise<Answer> {
  const words = url.searchParams.get('q') ?? '';
  const found = inbox.search(words);
  const pages = Math.max(1, Math.ceil(found.length / PER_PAGE));
  const at = Math.min(pages, Math.max(1, Number(url.searchParams.get('page')) || 1));
  const mails = found.slice((at - 1) * PER_PAGE, at * PER_PAGE);
  const link = (path: string, number: number) =>
    `${path}?${new URLSearchParams({ q: words, page: String(number) })}`;
  const shown = opened ?? mails[0];
  const body = page({
    ...inbox.tally,
    words,
    found: found.length,
    opened: opened !== undefined,
    back: link('/', at),
    mails: mails.map((mail) => row(mail, link(`/mails/${mail.n}`, at), mail === shown)),
    position: pages > 1 && `${at} / ${pages}`,
    newer: at > 1 && link('/', at - 1),
    older: at < pages && link('/', at + 1),
    mail: shown && (await detail(inbox, shown, url.searchParams.get('view'), link(`/mails/${shown.n}`, at))),
  });
  return { type: 'text/html; charset=utf-8', body };
}

function row(mail: Caught, href: string, current: boolean) {
  return { ...mail, href, current, when: shortDate(mail), initial: mail.to.slice(0, 1).toUpperCase() };
}

async function detail(inbox: Inbox, mail: Caught, wanted: string | null, href: string) {
  const { source } = inbox.open(mail.n) ?? {};
  const { from, headers } = await PostalMime.parse(source ?? '');
  const view = VIEWS.find(({ name }) => name === wanted)?.name ?? 'html';
  const sender = from?.name ? `${from.name} <${from.address}>` : from?.address;
  return {
    ...mail,
    from: sender,
    when: mail.date || mail.at,
    unsubscribe: headers.some(({ key }) => key === 'list-unsubscribe'),
    frame: `/mails/${mail.n}/${view}`,
    views: VIEWS.map(({ name, label }) => ({ label, current: name === view, href: `${href}&view=${name}` })),
  };
}

/** `Sun, 12 Jan 1997 10:00:00 +0100` as the sender wrote it, without weekday, seconds and zone. */
function shortDate({ date, at }: Caught): string {
  const [, written] = /(\d{1,2} \w{3} \d{4} \d\d:\d\d)/.exec(date) ?? [];
  return written ?? at.slice(0, 16).replace('T', ' ');
}
