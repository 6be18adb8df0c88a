import type { FastifyReply } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Send } from '../../data/sends.ts';
import type { Customer } from '../../domain/customer.ts';
import type { Playbook, Touch } from '../../domain/playbook.ts';
import { readMailToken } from '../../mail/links.ts';
import type { ApiDeps } from '../deps.ts';
import { asWrittenTo, toComplain } from './guest.ts';
import { leaveWords } from './leave-words.ts';
import { isFreshOffered, isTrusted } from './old-mail.ts';
import { ruleOf, type WhyWords, whyWords } from './rule-words.ts';
import { showShopMessage, showShopPage, type Visit, visitOf } from './shop-page.ts';
import type { Show } from './show.ts';
import { touchName } from './voice.ts';
import { causeOf, consentInWords, dateIn, objectionInWords, type Speaking } from './why-words.ts';
import { fill, type Language, WORDS } from './words.ts';

type Deps = Pick<
  ApiDeps,
  'playbooks' | 'playbookOf' | 'customers' | 'sends' | 'consentEvents' | 'clock' | 'settings'
>;

const Token = z.looseObject({ t: z.string().max(300).catch('') });

/** A customer's consents are few; of more the latest count. */
const MOST_PROOFS = 500;

/** “Why did I get this?”: the page that a link in every mail leads to. It only tells: whoever opens it changes nothing. */
export function whyPages(show: Show, deps: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get('/why', { schema: { querystring: Token, hide: true } }, async (request, reply) => {
      const visit = await visitOf(deps, request, reply);
      const { t: token } = request.query;
      const link = readMailToken(deps.settings.secrets, token);
      if (link.kind !== 'good') return showDeadEnd(show, visit, link.kind);

      const customer = await deps.customers.find(link.customerId);
      if (customer?.erased) return showDeadEnd(show, visit, 'erased');
      const send = customer && (await deps.sends.byRef(customer.id, link.ref));
      if (!send) return showDeadEnd(show, visit, 'forgotten');
      return showMail(show, asWrittenTo(customer, visit), { send, customer, token, deps }, link.ref);
    });
  };
}

async function showMail(show: Show, visit: Visit, asked: Asked, ref: string): Promise<FastifyReply> {
  const isNew = await isTrusted(asked.deps, { customer: asked.customer, ref });
  return isNew ? showWhy(show, visit, asked) : showRule(show, visit, asked);
}

type DeadEnd = 'bad' | 'copy' | 'erased' | 'forgotten';

const STATUS: Readonly<Record<DeadEnd, number>> = { bad: 404, copy: 200, erased: 410, forgotten: 410 };

function showDeadEnd(show: Show, visit: Visit, why: DeadEnd): FastifyReply {
  const words = whyWords(visit.language);
  const [title, lead] = [words[`${why}Title`], words[`${why}Lead`]];
  return showShopMessage(show, visit, { title, lead, status: STATUS[why] });
}

type Asked = {
  readonly send: Send;
  readonly customer: Customer;
  readonly token: string;
  readonly deps: Deps;
};

async function showWhy(show: Show, visit: Visit, asked: Asked): Promise<FastifyReply> {
  const { send, customer, deps } = asked;
  const { language } = visit;
  const playbook = await playbookOf(send, visit, deps);
  const words = whyWords(language);
  const speaking = { customer, playbook, language, now: deps.clock.now() };
  const touch = playbook.touches.find(({ name }) => name === send.touch);
  return showShopPage(show, visit, {
    ...frameOf(visit, asked),
    lead: leadOf(send, words, speaking),
    cause: send.because ? causeOf(send.because, send.occasion, speaking) : words.forgottenLead,
    rule: ruleIn(touch, playbook, language),
    consent: await consentOf(send, touch?.topic, speaking, deps),
    unused: [...words.unused.map((line) => fill(line, { shop: playbook.shop.name })), ...objected(speaking)],
  });
}

/** By the link of an older mail, which others may have by now: the rule, and the ways out; nothing of the person. */
async function showRule(show: Show, visit: Visit, asked: Asked): Promise<FastifyReply> {
  const { send, customer, deps } = asked;
  const { language } = visit;
  const playbook = await playbookOf(send, visit, deps);
  const words = whyWords(language);
  return showShopPage(show, visit, {
    ...frameOf(visit, asked),
    ...{ lead: words.staleLead, leave: leaveWords(language), isStale: true },
    isOffered: isFreshOffered({ customer, visit }),
    rule: ruleIn(
      playbook.touches.find(({ name }) => name === send.touch),
      playbook,
      language,
    ),
    unused: words.unused.map((line) => fill(line, { shop: playbook.shop.name })),
  });
}

/** What both pages have around what they tell. */
function frameOf({ language }: Visit, { send, token }: Asked) {
  const words = whyWords(language);
  return {
    ...{ view: 'why', title: words.title, why: words, token, language },
    complain: toComplain(token, language),
    canLeave: send.kind === 'marketing',
  };
}

function ruleIn(touch: Touch | undefined, playbook: Playbook, language: Language): readonly string[] {
  return touch ? ruleOf(touch, playbook, language) : [whyWords(language).rule.gone];
}

/** The version by which it was sent, whatever holds now. */
async function playbookOf({ playbook: version }: Send, visit: Visit, deps: Deps): Promise<Playbook> {
  const then = version === undefined ? undefined : await deps.playbookOf(version);
  return then ?? visit.playbook;
}

function objected(speaking: Speaking): readonly string[] {
  const line = objectionInWords(speaking);
  return line === undefined ? [] : [line];
}

/** Which mail it is: by its subject, while that is kept. */
function leadOf({ mail, touch, due, settledAt }: Send, words: WhyWords, speaking: Speaking): string {
  const date = dateIn(speaking, settledAt?.getTime() ?? due);
  if (mail) return fill(words.about, { subject: mail.subject, date });
  return fill(words.aboutTouch, { date, touch: touchName(WORDS[speaking.language], touch) });
}

async function consentOf(send: Send, topic: string | undefined, speaking: Speaking, deps: Deps) {
  const { consent } = whyWords(speaking.language);
  if (send.kind === 'service') return { lines: [consent.service], wording: undefined };
  const proofs = await deps.consentEvents.ofCustomer(speaking.customer.id, MOST_PROOFS);
  return consentInWords(topic ?? '', send.due, proofs, speaking);
}
