import type { CaseAnswer, CaseReopening, CaseResolution } from '../data/case-steps.ts';
import type { KeptCase } from '../data/cases.ts';
import { type GrantRefusal, Refused } from '../data/reserve.ts';
import { CaseChanged } from '../domain/case-changed.ts';
import { caseNamed } from './case-shown.ts';
import type { ApiDeps } from './deps.ts';
import { Problem } from './problem.ts';

type Deps = Pick<ApiDeps, 'cases' | 'caseSteps' | 'customers' | 'clock'>;

/** @throws Problem 404 when there is no such case */
export async function noteCase(
  { cases, clock }: Deps,
  id: string,
  note: Parameters<Deps['cases']['note']>[1],
): Promise<KeptCase> {
  if (!(await cases.note(id, note, clock.now()))) await caseNamed({ cases }, id);
  return caseNamed({ cases }, id);
}

/** @throws Problem 409 when it is somebody else's, who is not named */
export async function ownCase(
  deps: Deps,
  id: string,
  { owner, from }: { readonly owner: string | null; readonly from?: string },
): Promise<KeptCase> {
  const one = await caseNamed(deps, id);
  if (await deps.cases.own(id, owner ?? undefined, from)) return caseNamed(deps, id);
  throw new Problem(
    409,
    `the case is ${one.owner ?? 'somebody'}’s by now; name them in \`from\` to take it over`,
  );
}

/** @throws Problem 409 when a mail cannot reach the customer */
export async function answerCase(deps: Deps, id: string, answer: CaseAnswer): Promise<KeptCase> {
  const one = await caseNamed(deps, id);
  if (answer.through === 'mail') await refuseUnreachable(deps, one);
  await deps.caseSteps.answer(one, answer, deps.clock.now());
  return caseNamed(deps, id);
}

/** @throws Problem 409 when somebody else resolved it, or there is no goodwill left to give */
export async function resolveCase(deps: Deps, id: string, told: CaseResolution): Promise<KeptCase> {
  const one = await caseNamed(deps, id);
  await unlessChanged(deps, one, deps.caseSteps.resolve(one, told, deps.clock.now()));
  return caseNamed(deps, id);
}

/** @throws Problem 409 when it is open, or somebody else opened it again */
export async function reopenCase(deps: Deps, id: string, told: CaseReopening): Promise<KeptCase> {
  const one = await caseNamed(deps, id);
  await unlessChanged(deps, one, deps.caseSteps.reopen(one, told, deps.clock.now()));
  return caseNamed(deps, id);
}

/** An answer that nobody gets is no answer: the shop has to find another way. */
async function refuseUnreachable({ customers }: Deps, { customerId }: KeptCase): Promise<void> {
  const customer = await customers.find(customerId);
  const { suppressed, known, erased } = customer ?? {};
  const reason = erased
    ? 'they were erased'
    : suppressed
      ? `their address is never written to (${suppressed})`
      : known?.ended
        ? 'their journey has ended'
        : known?.profile.email === undefined && 'no address is known of them';
  if (!reason) return;
  throw new Problem(409, `no mail can reach this customer: ${reason}; answer with "through": "elsewhere"`);
}

const WHY_NONE = {
  budget: 'its budget is spent',
  stock: 'there is no code left',
  limit: 'this customer had it already',
  gone: 'the customer is gone',
} as const;

function noGoodwill(refusal: GrantRefusal): string {
  const why = refusal.kind === 'later' ? WHY_NONE.budget : WHY_NONE[refusal.reason];
  return `no goodwill can be given (complaints: goodwill): ${why}; resolve the case another way`;
}

async function unlessChanged<Result>(
  { cases }: Deps,
  { id }: KeptCase,
  work: Promise<Result>,
): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Refused) throw new Problem(409, noGoodwill(error.refusal));
    if (!(error instanceof CaseChanged)) throw error;
    throw new Problem(409, changedIn(await caseNamed({ cases }, id)));
  }
}

function changedIn({ state, resolution, resolvedAt }: KeptCase): string {
  if (state === 'open') return 'the case is open';
  const how = resolution ? ` as ${resolution}` : '';
  const when = resolvedAt ? `, at ${resolvedAt.toISOString()}` : '';
  return `the case is resolved already${how}${when}`;
}
