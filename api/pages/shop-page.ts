import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Playbook } from '../../domain/playbook.ts';
import type { ApiDeps } from '../deps.ts';
import { Problem } from '../problem.ts';
import { type JoinWords, joinWords } from './join-words.ts';
import type { Show } from './show.ts';
import { fill, type Language, languageOf } from './words.ts';

/** A visitor of a page in the shop's name, and with what it is made. */
export type Visit = {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly playbook: Playbook;
  readonly language: Language;
  readonly words: JoinWords;
};

/** One thing said on a page, and where to go from there. */
type Message = {
  readonly title: string;
  readonly lead: string;
  readonly status: number;
  readonly steps?: readonly string[];
  readonly hint?: string;
  /** Where most will go from here is no aside. */
  readonly isAside?: boolean;
  readonly to?: { readonly url: string; readonly label: string };
};

/** @throws Problem 503 when no playbook is published: there is no shop to speak for */
export async function visitOf(
  { playbooks }: Pick<ApiDeps, 'playbooks'>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Visit> {
  const playbook = await playbooks.current();
  if (!playbook) throw new Problem(503, 'no playbook is published yet');
  const language = languageOf(request);
  return { request, reply, playbook, language, words: joinWords(language) };
}

/** Answers with a page that bears the shop's name, not ours. */
export function showShopPage(
  show: Show,
  { request, reply, playbook, words }: Visit,
  page: { readonly view: string; readonly title: string; readonly status?: number } & Readonly<
    Record<string, unknown>
  >,
): FastifyReply {
  const { name, url, address } = playbook.shop;
  const shop = { name, url, address, initial: /[\p{L}\p{N}]/u.exec(name)?.[0]?.toUpperCase() ?? '·' };
  const framed = { shop, join: words, canSwitch: request.method === 'GET' };
  return show(request, reply, { complain: undefined, ...page, ...framed });
}

/** Answers with a page that says one thing, and leads on to the shop if it has a site. */
export function showShopMessage(
  show: Show,
  visit: Visit,
  { status, ...message }: Message,
  framed: Pick<Parameters<Show>[2], 'language' | 'headers'> = {},
): FastifyReply {
  const { shop } = visit.playbook;
  const toShop = shop.url && { url: shop.url, label: fill(visit.words.toShop, { shop: shop.name }) };
  const { steps, hint, isAside = false, to = toShop, ...said } = message;
  const page = { view: 'shop-message', status, ...said, steps, hint, to, isAside };
  return showShopPage(show, visit, { ...page, ...framed });
}
