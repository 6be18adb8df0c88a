import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Customer } from '../../domain/customer.ts';
import { maskedEmail } from '../../domain/identity.ts';
import { readMailToken } from '../../mail/links.ts';
import type { ApiDeps } from '../deps.ts';
import { complainWords } from './complain-words.ts';
import { joinWords } from './join-words.ts';
import { type LeaveWords, leaveWords } from './leave-words.ts';
import { showShopMessage, showShopPage, type Visit, visitOf } from './shop-page.ts';
import type { Show } from './show.ts';
import { chosenLanguage, LANGUAGES, type Language } from './words.ts';

/** What the customers' own pages need of the world. */
export type GuestDeps = Pick<
  ApiDeps,
  'playbooks' | 'customers' | 'receiver' | 'sends' | 'clock' | 'settings'
>;

/** A customer on a page of their own, by the link of a mail; they never sign in. */
export type Guest = {
  readonly visit: Visit;
  readonly customer: Customer;
  readonly token: string;
  /** Which mail it was, among the customer's. */
  readonly ref: string;
  readonly topic: string;
  readonly words: LeaveWords;
};

/** A request, and what it holds of a link. */
type Asked = { readonly request: FastifyRequest; readonly reply: FastifyReply; readonly token: string };

/** What nobody may keep, index or pass on: the address of the page is the key to it. */
const PRIVATE = { 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex' };

/** Goes on with the customer whom a link names, or says why it leads nowhere. */
export async function withGuest(
  show: Show,
  deps: GuestDeps,
  asked: Asked,
  goOn: (guest: Guest) => FastifyReply | Promise<FastifyReply>,
): Promise<FastifyReply> {
  const { request, reply, token } = asked;
  const link = readMailToken(deps.settings.secrets, token);
  const visit = await visitOf(deps, request, reply);
  if (link.kind !== 'good') return showDeadEnd(show, visit, link.kind);

  const { customerId, ref, topic } = link;
  const customer = await deps.customers.find(customerId);
  if (!customer || customer.erased) return showDeadEnd(show, visit, 'gone');
  const theirs = asWrittenTo(customer, visit);
  const words = leaveWords(theirs.language);
  return goOn({ visit: theirs, customer, token, ref, topic, words });
}

/** Answers with a page of the customer's. */
export function showGuestPage(
  show: Show,
  { visit, token, words }: Pick<Guest, 'visit' | 'token' | 'words'>,
  page: { readonly view: string; readonly title: string; readonly status?: number } & Readonly<
    Record<string, unknown>
  >,
): FastifyReply {
  const preferencesUrl = urlOf('preferences', token, visit.language);
  return showShopPage(show, visit, {
    complain: toComplain(token, visit.language),
    ...page,
    ...framed(visit.language),
    leave: words,
    token,
    preferencesUrl,
  });
}

/** Answers a customer with one thing, and a way on. */
export function showGuestMessage(
  show: Show,
  { visit, token, words }: Pick<Guest, 'visit' | 'token' | 'words'>,
  message: { readonly title: string; readonly lead: string; readonly status: number; readonly hint?: string },
  onwards = true,
): FastifyReply {
  const to = { url: urlOf('preferences', token, visit.language), label: words.back };
  return showShopMessage(show, visit, { ...message, ...(onwards && { to }) }, framed(visit.language));
}

/** The address of a page of theirs. */
export function urlOf(path: string, token: string, language: Language): string {
  return `/${path}?t=${token}&lang=${language}`;
}

/** The way to the form by which they tell what is wrong; it stands on every page of theirs. */
export function toComplain(token: string, language: Language) {
  return { url: urlOf('complain', token, language), label: complainWords(language).link };
}

/** The address that a mail goes to, told so that only its owner knows it. */
export function addressOf({ known }: Customer): string {
  return known.profile.email === undefined ? '–' : maskedEmail(known.profile.email);
}

function showDeadEnd(show: Show, visit: Visit, why: 'bad' | 'copy' | 'gone'): FastifyReply {
  const words = leaveWords(visit.language);
  const status = { bad: 404, copy: 200, gone: 410 }[why];
  const said = { title: words[`${why}Title`], lead: words[`${why}Lead`], status };
  return showShopMessage(show, visit, said, framed(visit.language));
}

function framed(language: Language) {
  return { language, headers: PRIVATE };
}

/** A page in the language that we write to them in, unless they choose another on it. */
export function asWrittenTo(customer: Customer, visit: Visit): Visit {
  const language = languageFor(customer, visit.request) ?? visit.language;
  return { ...visit, language, words: joinWords(language) };
}

/** Chosen on the page, else the one we write to them in. */
function languageFor({ known }: Customer, { query }: FastifyRequest): Language | undefined {
  const told = known.profile.locale?.slice(0, 2).toLowerCase();
  return chosenLanguage(query) ?? LANGUAGES.find((language) => language === told);
}
