import type { KeptCase } from '../../data/cases.ts';
import type { Playbook } from '../../domain/playbook.ts';
import type { ApiDeps } from '../deps.ts';
import { cursorOf, readCursor } from '../sends-cursor.ts';
import { clockShown } from './case-clock-words.ts';
import { type Moments, momentsIn } from './moments.ts';
import { nameOf } from './person.ts';
import { fill, type Language, WORDS } from './words.ts';

/** How many one page lists. */
const SHOWN = 50;
/** How much of what they wrote a list shows, in characters. */
const EXCERPT = 160;

type Deps = Pick<ApiDeps, 'cases' | 'customers' | 'playbooks' | 'clock'>;

type Asked = {
  readonly state: 'open' | 'resolved';
  readonly after?: string | undefined;
  readonly language: Language;
};

/** What the page of complaints lists: of the open ones those that wait longest, of the resolved ones the latest. */
export async function casesPage(deps: Deps, { state, after: cursor, language }: Asked) {
  const mark = readCursor(cursor);
  const after = mark && { at: mark.at, id: mark.key };
  const order = state === 'open' ? 'clock' : 'newest';
  const [{ cases, next }, playbook] = await Promise.all([
    deps.cases.list({ state, order, after }, SHOWN),
    deps.playbooks.current(),
  ]);
  const words = WORDS[language].cases;
  const moments = teamMoments(playbook, language, deps.clock.now());
  return {
    isOpen: state === 'open',
    views: (['open', 'resolved'] as const).map((one) => ({
      ...{ url: `/cases?state=${one}`, label: words[one], isCurrent: one === state },
    })),
    rows: await Promise.all(cases.map((one) => rowOf(one, deps, { moments, language }))),
    empty: state === 'open' ? words.empty : words.emptyResolved,
    nextUrl: next ? `/cases?state=${state}&after=${cursorOf({ at: next.at, key: next.id })}` : '',
  };
}

/** The team's moments, by the shop's clock. */
export function teamMoments(playbook: Playbook | undefined, language: Language, now: number): Moments {
  return momentsIn(language, playbook?.shop.timeZone ?? 'UTC', now);
}

/** Where a case has its page: its id has a slash. */
export function urlOfCase(id: string): string {
  return `/cases/${encodeURIComponent(id)}`;
}

async function rowOf(
  one: KeptCase,
  { customers, clock }: Deps,
  { moments, language }: { readonly moments: Moments; readonly language: Language },
) {
  const words = WORDS[language];
  const customer = await customers.find(one.customerId);
  const { text = '' } = one;
  return {
    url: urlOfCase(one.id),
    name: customer ? nameOf(customer, words) : words.page.somebody,
    ...{ severity: one.severity, severityName: words.cases.severities[one.severity] },
    ...clockShown(one, words, moments, clock.now()),
    owner: ownerOf(one, language),
    excerpt: text.length > EXCERPT ? `${text.slice(0, EXCERPT).trimEnd()}…` : text || words.cases.noText,
  };
}

/** Who deals with it, in words. */
export function ownerOf({ owner, state }: KeptCase, language: Language): string {
  const words = WORDS[language].cases;
  if (owner !== undefined) return fill(words.owned, { owner });
  return state === 'open' ? words.ownedByNobody : '';
}
