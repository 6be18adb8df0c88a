import type { FastifyReply } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type How, leaveAll, leaveTopic, throughMail } from '../../domain/leaving.ts';
import { isGiven } from '../../domain/reachable.ts';
import { topicsIn, topicWords } from '../../domain/topics.ts';
import { chooseAs } from './choosing.ts';
import { type Fields, type Form, TokenQuery } from './forms.ts';
import { addressOf, type Guest, showGuestPage, withGuest } from './guest.ts';
import { oneClick } from './one-click.ts';
import type { Show } from './show.ts';
import { type LeaveDeps, named, undoLeaving } from './undo-leaving.ts';
import { fill } from './words.ts';

/** By which buttons of the page one leaves; whatever else is posted is a mailbox provider's one click. */
const What = z.enum(['topic', 'all', 'undo']);

/** Where a mail's own link to leave leads: a page that changes nothing, and where its buttons, and one click, go. */
export function leaveRoutes(show: Show, deps: LeaveDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get('/unsubscribe', { schema: { querystring: TokenQuery, hide: true } }, (request, reply) => {
      return withGuest(show, deps, { request, reply, token: request.query.t }, (guest) =>
        showWays(show, guest),
      );
    });

    // A provider posts from few addresses, for many: each of its clicks has to stand.
    const config = { rateLimit: false } as const;
    app.post<{ Body: Form; Querystring: z.output<typeof TokenQuery> }>(
      '/unsubscribe',
      { schema: { querystring: TokenQuery, hide: true }, config },
      async (request, reply) => {
        const { fields } = request.body ?? { fields: {} };
        const what = What.safeParse(fields.what?.[0]);
        const token = fields.t?.[0] ?? request.query.t;
        if (!what.success) return oneClick(deps, reply, token);
        return withGuest(show, deps, { request, reply, token }, (guest) => press(show, deps, guest, fields));
      },
    );
  };
}

/** What a button of the page does. */
async function press(show: Show, deps: LeaveDeps, guest: Guest, fields: Fields): Promise<FastifyReply> {
  if (fields.what?.[0] === 'undo') return undoLeaving(show, deps, guest, fields.topic ?? []);
  return leave(show, deps, guest, fields.what?.[0] === 'all');
}

async function leave(show: Show, deps: LeaveDeps, guest: Guest, isAll: boolean): Promise<FastifyReply> {
  const { customer, topic, ref } = guest;
  const how: How = 'page';
  const now = deps.clock.now();
  const choice = isAll ? leaveAll(customer, how, now) : leaveTopic(customer, topic, how, now);
  const mail = await deps.sends.byRef(customer.id, ref);
  await chooseAs(deps, customer.id, throughMail(choice, mail));
  const lost = grantedOf(guest).filter((granted) => isAll || granted === topic);
  return showDone(show, guest, { isAll, lost });
}

function showWays(show: Show, guest: Guest): FastifyReply {
  const { customer, topic, words } = guest;
  const granted = grantedOf(guest);
  const isThere = granted.includes(topic);
  const others = named(
    guest,
    granted.filter((one) => one !== topic),
  );
  const name = nameOf(guest, topic);
  const isService = topicsIn(guest.visit.playbook)[topic]?.kind === 'service';
  const hasLeft = granted.length === 0 ? words.hasLeftAll : fill(words.hasLeftTopic, { topic: name });
  return showGuestPage(show, guest, {
    ...{ view: 'leave', title: words.title, lead: fill(words.to, { email: addressOf(customer) }) },
    left: isThere || (isService && granted.length > 0) ? '' : hasLeft,
    topicButton: isThere ? fill(words.leaveTopic, { topic: name }) : '',
    others: others && fill(words.others, { topics: others }),
    allButton: granted.length > 0 ? words.leaveAll : '',
  });
}

function showDone(
  show: Show,
  guest: Guest,
  { isAll, lost }: { readonly isAll: boolean; readonly lost: readonly string[] },
): FastifyReply {
  const { words, visit, topic } = guest;
  const back = lost.filter((one) => one !== 'clicks'); // having clicks counted is chosen for itself
  const still = isAll ? [] : grantedOf(guest).filter((one) => one !== topic);
  return showGuestPage(show, guest, {
    view: 'leave-done',
    title: isAll ? words.leftAllTitle : fill(words.leftTopicTitle, { topic: nameOf(guest, topic) }),
    lead: words.leftLead,
    still: still.length > 0 ? fill(words.stillComes, { topics: named(guest, still) }) : '',
    wording: back.length > 0 ? fill(visit.words.wording, { shop: visit.playbook.shop.name }) : '',
    undoTopics: back.map((one) => ({ topic: one, ...topicWords(visit.playbook, one, visit.language) })),
  });
}

/** The topics of marketing that one may write to them about. */
function grantedOf({ customer, visit }: Guest): string[] {
  const granted = Object.entries(customer.known.consents).filter(([, consent]) => isGiven(consent));
  return granted
    .map(([topic]) => topic)
    .filter((topic) => topicsIn(visit.playbook)[topic]?.kind !== 'service');
}

function nameOf({ visit }: Guest, topic: string): string {
  return topicWords(visit.playbook, topic, visit.language).name;
}
