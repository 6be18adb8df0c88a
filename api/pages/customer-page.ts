import type { Customer } from '../../domain/customer.ts';
import type { Appointment } from '../../domain/journey.ts';
import { PHASES } from '../../domain/phases.ts';
import type { ApiDeps } from '../deps.ts';
import type { Moment } from '../journey-answer.ts';
import { phaseOf, sinceOf, stateOf } from '../journey-state.ts';
import { aboutCustomer } from './about.ts';
import { consentHistory } from './consent-history.ts';
import { rehearsedNotice } from './notices.ts';
import { readPast } from './past.ts';
import { initialsOf, nameOf } from './person.ts';
import { tell } from './story.ts';
import { becauseOf, touchName, type Voice, voiceFor, zoneOf } from './voice.ts';
import { capital, fill, type Language, say } from './words.ts';

/** The latest of what was said of consent. */
const MOST_SAID = 50;

type Deps = Pick<ApiDeps, 'events' | 'sends' | 'decisions' | 'playbooks' | 'consentEvents' | 'clock'>;

/** What a customer's page shows: who they are, what comes, and what came of it so far. */
export async function customerPage(
  deps: Deps,
  customer: Customer,
  { language, before }: { readonly language: Language; readonly before: number | undefined },
) {
  const [past, playbook, proofs] = await Promise.all([
    readPast(deps, customer.id, before),
    deps.playbooks.current(),
    deps.consentEvents.ofCustomer(customer.id, MOST_SAID),
  ]);
  const now = deps.clock.now();
  const voice = voiceFor(language, { customer, events: past.events, playbook, now });
  const { words } = voice;
  const path = `/customers/${customer.id}`;
  return {
    ...headOf(customer, voice, { playbook, now }),
    rehearsed: rehearsedNotice(customer.id, playbook, language),
    coming: comingOf(customer, voice),
    comingEmpty: customer.known.ended ? words.page.comingEmptyEnded : words.page.comingEmpty,
    about: aboutCustomer(customer, voice),
    said: consentHistory(proofs, voice, { playbook, language }),
    zone: fill(words.page.timesIn, { zone: zoneOf(customer, playbook), who: voice.who }),
    story: tell(past, voice),
    storyEmpty: before === undefined ? words.page.storyEmpty : words.page.storyEmptyOlder,
    older: past.before === undefined ? undefined : `${path}?before=${new Date(past.before).toISOString()}`,
    newest: before === undefined ? undefined : path,
  };
}

function headOf(customer: Customer, { words, moments }: Voice, { playbook, now }: Moment) {
  const phase = phaseOf(customer, playbook, now);
  const state = stateOf(customer, now);
  const since = sinceOf(customer);
  const at = PHASES.indexOf(phase);
  return {
    name: nameOf(customer, words),
    initials: initialsOf(customer),
    phase,
    phaseName: words.phases[phase],
    state,
    stateName: words.states[state],
    stateNote: words.stateNotes[state],
    since: moments.shown(since, fill(words.page.sinceLabel, { when: moments.date(since) })),
    path: PHASES.map((one, i) => ({ phase: one, name: words.phases[one], isPast: i < at, isNow: i === at })),
  };
}

/** The agenda, the next first; what waits for marketing to be let go stands last. */
function comingOf({ journey }: Customer, voice: Voice) {
  const agenda = [...(journey?.agenda ?? [])].sort((a, b) => (a.due ?? Infinity) - (b.due ?? Infinity));
  return agenda.map((appointment, i) => comingItem(appointment, i === 0, voice));
}

function comingItem({ touch, occasion, due, because, expires }: Appointment, isNext: boolean, voice: Voice) {
  const { words, moments } = voice;
  return {
    isNext,
    touch: touchName(words, touch),
    when: due === undefined ? undefined : moments.shown(due, capital(moments.when(due))),
    away: due === undefined ? undefined : moments.away(due),
    because: say(becauseOf(voice, because, { touch, occasion })),
    expires: expires === undefined ? undefined : fill(words.page.expires, { when: moments.when(expires) }),
  };
}
