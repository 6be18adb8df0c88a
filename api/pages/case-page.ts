import type { KeptCase } from '../../data/cases.ts';
import { caseShown } from '../case-shown.ts';
import { customerNamed } from '../customer-named.ts';
import type { ApiDeps } from '../deps.ts';
import { clockShown } from './case-clock-words.ts';
import { type CaseForm, formsOf } from './case-forms.ts';
import { stepItem } from './case-steps-shown.ts';
import { ownerOf, teamMoments, urlOfCase } from './cases-page.ts';
import type { Moments } from './moments.ts';
import { readPast } from './past.ts';
import { nameOf } from './person.ts';
import { tell } from './story.ts';
import { voiceFor, zoneOf } from './voice.ts';
import { fill, type Language, say, WORDS } from './words.ts';

export type CasePageDeps = Pick<
  ApiDeps,
  'cases' | 'customers' | 'events' | 'sends' | 'decisions' | 'playbooks' | 'clock'
>;

export type CaseLook = {
  readonly language: Language;
  /** Who looks, as far as this browser knows. */
  readonly by: string;
  /** Until when to tell the customer's story, epoch milliseconds; absent: until now. */
  readonly before?: number | undefined;
  /** What was pressed in vain, and why. */
  readonly failed?: { readonly form: CaseForm; readonly fault: string } | undefined;
};

/** What the page of a case shows: the case, what was done, what can be done, and the customer's story beside it. */
export async function casePage(deps: CasePageDeps, one: KeptCase, look: CaseLook) {
  const { language, before } = look;
  const [customer, playbook] = await Promise.all([
    customerNamed(deps.customers, one.customerId),
    deps.playbooks.current(),
  ]);
  const [past, shown] = await Promise.all([readPast(deps, customer.id, before), caseShown(deps, one)]);
  const now = deps.clock.now();
  const words = WORDS[language];
  const moments = teamMoments(playbook, language, now);
  const voice = voiceFor(language, { customer, events: past.events, playbook, now });
  const name = nameOf(customer, words);
  const url = urlOfCase(one.id);
  return {
    ...{ url, name, heading: fill(words.cases.heading, { name }), isOpen: one.state === 'open' },
    ...{ customerUrl: `/customers/${customer.id}`, customerLink: fill(words.cases.customer, { name }) },
    ...{ severity: one.severity, severityName: words.cases.severities[one.severity] },
    ...clockShown(one, words, moments, now),
    facts: factsOf(one, language, moments),
    ...{ text: one.text ?? '', owner: ownerOf(one, language) },
    steps: shown.steps.map((step) => stepItem(step, words, moments)),
    recovery: shown.recovery ? words.cases.recovery[shown.recovery.came] : '',
    notes: one.notes.map(({ by, at, text }) => ({ by, text, when: whenOf(at, moments) })),
    forms: formsOf(one, { ...look, answers: shown.steps.filter(({ what }) => what === 'answered').length }),
    zone: fill(words.page.timesIn, { zone: zoneOf(customer, playbook), who: voice.who }),
    story: tell(past, voice),
    storyEmpty: before === undefined ? words.page.storyEmpty : words.page.storyEmptyOlder,
    older: past.before === undefined ? undefined : `${url}?before=${new Date(past.before).toISOString()}`,
    newest: before === undefined ? undefined : url,
  };
}

/** How it came, and what it is about. */
function factsOf(one: KeptCase, language: Language, moments: Moments): readonly string[] {
  const { cases: words } = WORDS[language];
  const { openedAt, via, orderId, score, turn } = one;
  return [
    say(words.came, { when: moments.when(openedAt.getTime()), via: words.vias[via] }),
    ...(orderId === undefined ? [] : [fill(words.order, { order: orderId })]),
    ...(score === undefined ? [] : [fill(words.score, { score })]),
    ...(turn > 0 ? [fill(words.reopened, { count: turn })] : []),
  ];
}

function whenOf(at: Date, moments: Moments) {
  return moments.shown(at.getTime(), moments.when(at.getTime()));
}
