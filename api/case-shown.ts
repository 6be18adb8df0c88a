import type { z } from 'zod';
import type { KeptCase } from '../data/cases.ts';
import type { Send } from '../data/sends.ts';
import type { Customer } from '../domain/customer.ts';
import type { StoredEvent } from '../domain/event.ts';
import { isNet } from '../domain/orders.ts';
import { type Recovered, type Recovery, recoveryOf } from '../domain/recovery.ts';
import { sendKey } from '../domain/send.ts';
import { type CaseAnswer, caseRow, recoveryRow, stepRow } from './case-answer.ts';
import { customerNamed } from './customer-named.ts';
import type { ApiDeps } from './deps.ts';
import { iso } from './journey-answer.ts';
import { phaseOf } from './journey-state.ts';
import { Problem } from './problem.ts';

type Deps = Pick<ApiDeps, 'cases' | 'customers' | 'events' | 'sends' | 'playbooks' | 'clock'>;

type Shown = z.output<typeof CaseAnswer>;

/** How many events, and how many mails, stand beside a case. */
const NEWEST = 50;

/** @throws Problem 404 when there is none */
export async function caseNamed({ cases }: Pick<ApiDeps, 'cases'>, id: string): Promise<KeptCase> {
  const found = await cases.find(id);
  if (!found)
    throw new Problem(404, 'there is no case with this id; it is the complaint’s `source/id`, encoded');
  return found;
}

/** A case with all that whoever answers it wants to see. */
export async function caseShown(deps: Deps, one: KeptCase): Promise<Shown> {
  const { cases, events, sends, clock } = deps;
  const customer = await customerNamed(deps.customers, one.customerId);
  const [told, sent, steps, recovery, playbook] = await Promise.all([
    events.latest(customer.id, NEWEST),
    sends.ofCustomer(customer.id, NEWEST),
    stepsOf(deps, one),
    recoveryOfCase(cases, one, customer, clock.now()),
    deps.playbooks.current(),
  ]);
  const { name, email } = customer.known.profile;
  return {
    ...caseRow(one, clock.now()),
    notes: one.notes.map((note) => ({ ...note, at: note.at.toISOString() })),
    steps,
    recovery: recoveryRow(recovery),
    customer: {
      externalIds: [...customer.externalIds],
      name: [name?.first, name?.last].filter(Boolean).join(' ') || null,
      email: email ?? null,
      phase: playbook ? phaseOf(customer, playbook, clock.now()) : (customer.journey?.phase ?? ''),
      orders: customer.known.orders.filter(isNet).length,
      openCases: customer.known.complaints.open.length,
    },
    timeline: timelineOf(told, sent),
  };
}

/** What was done with a case, each answer with what became of its mail. */
async function stepsOf({ cases, sends }: Deps, one: KeptCase): Promise<Shown['steps']> {
  const told = await cases.eventsOf(one);
  const rows = told.map(async (event) => {
    const key = sendKey({ customerId: one.customerId, touch: 'case-answer', occasion: event.id });
    return stepRow(event, await sends.byKey(key));
  });
  return (await Promise.all(rows)).flat();
}

async function recoveryOfCase(
  cases: Deps['cases'],
  { openedAt, resolvedAt, customerId }: KeptCase,
  { known }: Customer,
  now: number,
): Promise<Recovery | undefined> {
  if (!resolvedAt) return undefined;
  const scores = (await cases.scoresOf([customerId])).get(customerId) ?? [];
  const about = { openedAt: openedAt.getTime(), resolvedAt: resolvedAt.getTime() };
  return recoveryOf(about, { orders: known.orders, scores }, now);
}

/** What happened and what was sent, the newest first. */
function timelineOf(told: readonly StoredEvent[], sent: readonly Send[]): Shown['timeline'] {
  const rows = [
    ...told.map(({ at, type, id, data }) => {
      const text = data?.text ?? data?.comment ?? null;
      return { at, kind: 'event' as const, what: type, id, text, outcome: null };
    }),
    ...sent.map(({ due, touch, _id, outcome }) => {
      return {
        at: due,
        kind: 'mail' as const,
        what: touch,
        id: _id,
        text: null,
        outcome: outcome?.kind ?? null,
      };
    }),
  ];
  return rows
    .sort((a, b) => b.at - a.at)
    .slice(0, NEWEST)
    .map(({ at, ...row }) => ({ ...row, at: iso(at) }));
}

/** What came of all cases that were resolved in a time. */
export async function recoveredIn(
  { cases, customers, clock }: Pick<ApiDeps, 'cases' | 'customers' | 'clock'>,
  within: { readonly from?: number | undefined; readonly to?: number | undefined },
): Promise<readonly Recovered[]> {
  const recovered: Recovered[] = [];
  for await (const one of cases.resolved(within)) {
    const customer = await customers.find(one.customerId);
    if (!customer || customer.erased) continue;
    const scores = (await cases.scoresOf([customer.id])).get(customer.id) ?? [];
    const { openedAt, resolvedAt, answeredAt = resolvedAt, answerBy, resolution } = one;
    const about = { openedAt: openedAt.getTime(), resolvedAt: resolvedAt.getTime() };
    const recovery = recoveryOf(about, { orders: customer.known.orders, scores }, clock.now());
    recovered.push({ resolution, inTime: answeredAt <= answerBy, recovery });
  }
  return recovered;
}
