import type { FastifyReply } from 'fastify';
import { chooseTopics } from '../../domain/leaving.ts';
import { takenBack } from '../../domain/taking-back.ts';
import { topicsIn, topicWords } from '../../domain/topics.ts';
import type { ApiDeps } from '../deps.ts';
import { chooseAs, consentTo } from './choosing.ts';
import { type Guest, type GuestDeps, showGuestPage } from './guest.ts';
import type { Show } from './show.ts';
import { fill } from './words.ts';

export type LeaveDeps = GuestDeps & Pick<ApiDeps, 'consentEvents'>;

/** Of what somebody said of consent, the latest count. */
const MOST_PROOFS = 500;

/** Gives back what they left by mistake a moment ago, a consent of today to the words on the page; else nothing. */
export async function undoLeaving(
  show: Show,
  deps: LeaveDeps,
  guest: Guest,
  posted: readonly string[],
): Promise<FastifyReply> {
  const { customer, visit, words } = guest;
  const asked = posted.filter((topic) => topicsIn(visit.playbook)[topic]?.kind !== 'service');
  const now = deps.clock.now();
  const back = takenBack(customer, asked, await deps.consentEvents.ofCustomer(customer.id, MOST_PROOFS), now);
  const entries = back.map(({ topic, restores }) => {
    return consentTo(topic, visit, { form: 'unsubscribe', restores });
  });
  await chooseAs(deps, customer.id, chooseTopics(customer, entries, now));
  const topics = back.map(({ topic }) => topic);
  const said =
    topics.length > 0
      ? { title: words.undone, lead: fill(words.undoneLead, { topics: named(guest, topics) }) }
      : { title: words.notUndone, lead: words.notUndoneLead };
  return showGuestPage(show, guest, {
    ...{ view: 'leave-done', still: '', wording: '', undoTopics: [] },
    ...said,
  });
}

/** Topics as a part of a sentence. */
export function named({ visit }: Guest, topics: readonly string[]): string {
  const format = new Intl.ListFormat(visit.language, { type: 'conjunction' });
  const names = topics.map((topic) => topicWords(visit.playbook, topic, visit.language).name.toLowerCase());
  return format.format(names);
}
