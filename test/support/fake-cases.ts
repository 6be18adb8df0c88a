import type { ApiDeps } from '../../api/deps.ts';
import type { KeptCase } from '../../data/cases.ts';
import { CaseChanged } from '../../domain/case-changed.ts';
import { CUSTOMER_ID, DAY, NOON } from './builders.ts';

/** An open case of the builders' customer, since noon. */
export function aKeptCase(one: Partial<KeptCase> = {}): KeptCase {
  const since = new Date(NOON);
  const answerBy = new Date(NOON + DAY);
  return {
    ...{ id: 'shop/c-1', customerId: CUSTOMER_ID, via: 'form', severity: 'normal', state: 'open', turn: 0 },
    ...{ openedAt: since, since, answerBy, clock: answerBy, notes: [], alarms: [], text: 'It broke' },
    ...one,
  };
}

/** Cases that are looked at and resolved without a database. */
export function fakeCases(kept: KeptCase[] = []): Pick<ApiDeps, 'cases' | 'caseSteps'> {
  const become = (id: string, change: Partial<KeptCase>) => {
    const at = kept.findIndex((one) => one.id === id);
    const before = kept[at];
    if (before) kept[at] = { ...before, ...change };
    return before !== undefined;
  };
  const receipt = { source: 'rapport', id: 'of-the-test', customerId: CUSTOMER_ID, duplicate: false };
  return {
    cases: {
      find: async (id) => kept.find((one) => one.id === id),
      list: async ({ state }, limit) => ({
        cases: kept.filter((one) => state === 'all' || one.state === state).slice(0, limit),
      }),
      eventsOf: async () => [],
      scoresOf: async () => new Map(),
      resolved: async function* () {},
      note: async (id, { id: noteId = 'n', ...said }, now) =>
        become(id, { notes: [{ id: noteId, ...said, at: new Date(now) }] }),
      own: async (id, owner, from) => {
        const theirs = kept.find((one) => one.id === id)?.owner;
        const isFree = theirs === undefined || theirs === from || theirs === owner;
        return isFree && become(id, owner === undefined ? {} : { owner });
      },
    },
    caseSteps: {
      answer: async ({ id }, _answer, now) => {
        become(id, { answeredAt: new Date(now) });
        return receipt;
      },
      resolve: async ({ id, state }, { resolution }, now) => {
        if (state === 'resolved') throw new CaseChanged(id);
        become(id, { state: 'resolved', resolution, resolvedAt: new Date(now) });
        return receipt;
      },
      reopen: async ({ id, state }) => {
        if (state === 'open') throw new CaseChanged(id);
        become(id, { state: 'open' });
        return receipt;
      },
    },
  };
}
