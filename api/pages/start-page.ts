import type { Customer } from '../../domain/customer.ts';
import { PHASES } from '../../domain/phases.ts';
import type { Playbook } from '../../domain/playbook.ts';
import type { ApiDeps } from '../deps.ts';
import { phaseOf, stateOf } from '../journey-state.ts';
import { metThroughAnswer } from '../met-through-answer.ts';
import type { createMetLately } from './met-lately.ts';
import { metTable } from './met-table.ts';
import { momentsIn } from './moments.ts';
import { initialsOf, nameOf } from './person.ts';
import { touchName, zoneOf } from './voice.ts';
import { waitingSends } from './waiting-sends.ts';
import { waitingGifts, waitingTasks } from './waiting-tasks.ts';
import { fill, type Language, WORDS } from './words.ts';

/** How many of the latest customers are listed. */
const LATEST = 25;

type StartDeps = Pick<
  ApiDeps,
  'customers' | 'playbooks' | 'clock' | 'unsettledSends' | 'failedSends' | 'teamTasks' | 'gifts'
> & {
  readonly metLately: ReturnType<typeof createMetLately>;
};

/** What the start page shows: how many are where, and who came last. */
export async function startPage(deps: StartDeps, language: Language) {
  const { customers, playbooks, clock, metLately } = deps;
  const now = clock.now();
  const [counts, latest, playbook, met, waiting, tasks, toSend] = await Promise.all([
    customers.countPerPhase(),
    customers.latest(LATEST),
    playbooks.current(),
    metLately(),
    waitingSends(deps, language),
    waitingTasks(deps, language),
    waitingGifts(deps, language),
  ]);
  const { phases, phaseNotes, page } = WORDS[language];
  const total = PHASES.reduce((sum, phase) => sum + counts[phase], 0);
  return {
    waiting,
    waitingTasks: tasks,
    waitingGifts: toSend,
    total: new Intl.NumberFormat(language).format(total),
    lead: fill(total === 1 ? page.startLeadOne : page.startLead, { shop: playbook?.shop.name ?? 'Rapport' }),
    phases: PHASES.map((phase) => ({
      phase,
      count: new Intl.NumberFormat(language).format(counts[phase]),
      name: phases[phase],
      note: phaseNotes[phase],
      share: total === 0 ? 0 : Math.round((counts[phase] / total) * 100),
    })),
    met: met && { lines: metTable(metThroughAnswer(met), language) },
    customers: latest.map((customer) => personRow(customer, { playbook, language, now })),
  };
}

type Speaking = {
  readonly playbook: Playbook | undefined;
  readonly language: Language;
  readonly now: number;
};

function personRow(customer: Customer, { playbook, language, now }: Speaking) {
  const words = WORDS[language];
  const phase = phaseOf(customer, playbook, now);
  const state = stateOf(customer, now);
  const [next] = customer.journey?.agenda ?? [];
  const moments = momentsIn(language, zoneOf(customer, playbook), now);
  const when = next?.due === undefined ? words.page.comingWaits : moments.when(next.due);
  return {
    id: customer.id,
    name: nameOf(customer, words),
    initials: initialsOf(customer),
    phase,
    phaseName: words.phases[phase],
    state: state === 'active' ? undefined : state,
    stateName: words.states[state],
    next: next
      ? fill(words.page.nextShort, { touch: touchName(words, next.touch), when })
      : words.page.nothingNext,
  };
}
