import type { FastifyReply } from 'fastify';
import { zoneOf } from '../../domain/contact-policy.ts';
import { isPaused } from '../../domain/leaving.ts';
import { WISHES } from '../../domain/own-cap.ts';
import { isGiven } from '../../domain/reachable.ts';
import { topicWords } from '../../domain/topics.ts';
import { birthdayChoices } from './birthday.ts';
import { addressOf, type Guest, showGuestPage, urlOf } from './guest.ts';
import { dateIn } from './guest-dates.ts';
import { isFreshOffered } from './old-mail.ts';
import type { Outcome } from './preference-changes.ts';
import type { Show } from './show.ts';
import { topicsShown } from './topics-shown.ts';
import { fill, LANGUAGES } from './words.ts';

type Now = {
  readonly now: number;
  /** Whether the link is new enough to show what is about the person. */
  readonly isTrusted: boolean;
  readonly outcome?: Outcome | undefined;
};

/** Shows a customer what comes, and how often, with what they can change. */
export function showPreferences(show: Show, guest: Guest, { now, isTrusted, outcome }: Now): FastifyReply {
  const { words, customer, visit, token } = guest;
  return showGuestPage(show, guest, {
    ...{ view: 'preferences', title: words.preferencesTitle, status: outcome?.fault ? 422 : 200 },
    lead: fill(words.to, { email: addressOf(customer) }),
    note: noteOn(guest),
    said: outcome?.said ?? '',
    fault: outcome?.fault ?? '',
    wording: fill(words.consentWording, { shop: visit.playbook.shop.name }),
    topics: topicsOf(guest),
    often: oftenOf(guest),
    pause: pauseOf(guest, now),
    objects: customer.known.objection !== undefined,
    about: isTrusted ? aboutOf(guest) : undefined,
    isFreshOffered: !isTrusted && isFreshOffered(guest),
    dataUrl: urlOf('preferences/data', token, visit.language),
    eraseUrl: urlOf('preferences/erase', token, visit.language),
  });
}

/** What no choice on this page changes. */
function noteOn({ customer, words }: Guest): string {
  if (customer.suppressed) return words.suppressedNote;
  return customer.known.ended ? words.endedNote : '';
}

function topicsOf(guest: Guest) {
  const { customer, visit } = guest;
  return topicsShown(guest).map((topic) => ({
    ...{ topic, ...topicWords(visit.playbook, topic, visit.language) },
    isTicked: isGiven(customer.known.consents[topic]),
  }));
}

function oftenOf({ customer, words }: Guest) {
  const kept = customer.known.profile.everyDays ?? 0;
  return WISHES.map((days) => ({ days, label: words.often[days], isChosen: kept === days }));
}

function pauseOf({ customer, visit, words }: Guest, now: number) {
  const { pause } = customer.known;
  if (!pause || !isPaused(customer.known, now)) return { isOn: false, said: words.pauseLead };
  if (pause.until === undefined) return { isOn: true, said: words.pausedOpen };
  const when = dateIn(visit.language, zoneOf(customer, visit.playbook), pause.until);
  return { isOn: true, said: fill(words.pausedUntil, { when }) };
}

function aboutOf({ customer, visit, words }: Guest) {
  const { locale, birthday } = customer.known.profile;
  const language = locale?.slice(0, 2) ?? visit.language;
  return {
    languages: LANGUAGES.map((code) => ({ code, label: words.languages[code], isChosen: code === language })),
    ...birthdayChoices(visit.language, birthday),
  };
}
