import { z } from 'zod';
import { chosenId } from '../data/chosen.ts';
import { type Assessed, assessed, type Choice, type Effect, effectsOf } from '../domain/choosing.ts';
import { CHOSEN } from '../domain/chosen.ts';
import type { Customer } from '../domain/customer.ts';
import { isGiven } from '../domain/grant.ts';
import type { Playbook, Touch } from '../domain/playbook.ts';
import type { Surprise } from '../domain/surprise.ts';
import type { ChooseRequest } from '../domain/surprise-requests.ts';
import type { ApiDeps } from './deps.ts';
import { iso } from './journey-answer.ts';
import { Problem, unprocessable } from './problem.ts';

const Instant = z.iso.datetime().describe('RFC 3339, UTC');

export const ChosenAnswer = z.object({
  surprise: z.string(),
  touch: z.string().describe('that tells of it'),
  request: z.string(),
  dryRun: z.boolean(),
  asked: z.int().describe('customers named'),
  chosen: z.int().describe('who get it, or would'),
  waiting: z.record(z.string(), z.int()).describe('of these, who wait at this moment, by for what'),
  leftOut: z.array(z.object({ customer: z.string(), reason: z.string() })),
  budgets: z.array(
    z.object({
      tier: z.string().nullable(),
      until: Instant,
      amount: z.int(),
      spent: z.int(),
      takes: z.int(),
      after: z.int().describe('left in the period; below 0: it is too much'),
    }),
  ),
  stock: z.object({ pool: z.string(), left: z.int(), after: z.int() }).nullable(),
  fits: z.boolean().describe('whether budgets and stock have it'),
});

export type ChoosingDeps = Pick<
  ApiDeps,
  'customers' | 'grants' | 'chosen' | 'playbooks' | 'couponPools' | 'surpriseFigures' | 'receiver' | 'clock'
>;

/** How many customers are looked up at once. */
const AT_ONCE = 20;

/** One of those named, and what choosing them comes to. */
type Named = { readonly ref: string; readonly customer?: Customer; readonly comesTo: Comes };
type Comes = Assessed | { readonly kind: 'left-out'; readonly reason: 'unknown' | 'twice' | 'already' };

/**
 * Tells what giving a surprise to chosen customers comes to, and what of its budgets and stock it takes.
 *
 * @throws Problem 404 when there is no such surprise, 422 when no touch tells of it
 */
export async function foreseen(deps: ChoosingDeps, name: string, request: ChooseRequest) {
  const choice = await choiceOf(deps, name, request);
  const named = await namedBy(deps, request, choice);
  const tiers = named.flatMap(({ comesTo }) => (comesTo.kind === 'chosen' ? [comesTo.tier] : []));
  const budgets = await budgetsAfter(deps, choice, tiers);
  const stock = await stockAfter(deps, choice.surprise, tiers.length);
  const answer = {
    ...{ surprise: name, touch: choice.touch.name, request: request.request },
    ...{ asked: request.customers.length, chosen: tiers.length, waiting: waitingOf(named) },
    leftOut: named.flatMap(({ ref, comesTo }) =>
      comesTo.kind === 'left-out' ? [{ customer: ref, reason: comesTo.reason }] : [],
    ),
    ...{ budgets, stock },
    fits: [...budgets, ...(stock ? [stock] : [])].every(({ after }) => after >= 0),
  };
  return { answer, choice, named };
}

/**
 * Chooses them: each has it from now on as an event, and so gets an appointment that is planned, held and capped as any
 * other. Again, it chooses nobody twice.
 *
 * @throws Problem 409 when budgets or stock have too little: then nobody is chosen
 */
export async function choose(deps: ChoosingDeps, name: string, request: ChooseRequest, by: string) {
  const { answer, choice, named } = await foreseen(deps, name, request);
  if (!answer.fits) {
    throw new Problem(409, 'there is too little left; ?dry-run=true shows of what, name fewer customers');
  }
  const chosen = named.flatMap(({ customer, comesTo }) =>
    customer && comesTo.kind === 'chosen' ? [customer] : [],
  );
  const data = { surprise: name, touch: choice.touch.name, occasion: request.request, by };
  await inPortions(chosen, ({ id }) =>
    deps.receiver.receiveOwn(id, { type: CHOSEN, at: choice.at, data }, chosenId(name, request.request, id)),
  );
  return answer;
}

async function choiceOf(
  { playbooks, clock }: ChoosingDeps,
  name: string,
  request: ChooseRequest,
): Promise<Choice> {
  const playbook = await playbooks.current();
  const surprise = playbook?.surprises?.[name];
  if (!playbook || !surprise) throw new Problem(404, `the playbook has no surprise "${name}"`);
  return { surprise, touch: touchFor(surprise, request, playbook), playbook, at: clock.now() };
}

/** The touch whose mail tells of it: the one named, or the only one there is. */
function touchFor({ name }: Surprise, { touch }: ChooseRequest, { touches }: Playbook): Touch {
  const telling = touches.filter(({ surprise }) => surprise === name);
  const known = telling.map((one) => one.name).join(', ');
  if (telling.length === 0) {
    const hint = `add a touch with surprise: ${name}`;
    throw unprocessable([{ pointer: '', message: 'no touch of the playbook tells of it', hint }]);
  }
  const meant = touch === undefined ? telling : telling.filter((one) => one.name === touch);
  const [only] = meant;
  if (only && meant.length === 1) return only;
  const message = touch === undefined ? 'several touches tell of it' : 'does not tell of it';
  throw unprocessable([{ pointer: '/touch', message, hint: `name one of: ${known}` }]);
}

async function namedBy(
  deps: ChoosingDeps,
  { customers: refs, request }: ChooseRequest,
  choice: Choice,
): Promise<readonly Named[]> {
  const already = await deps.chosen.already(choice.surprise.name, request);
  const found = await inPortions(refs, async (ref) => ({ ref, customer: await deps.customers.find(ref) }));
  return inPortions(found, async ({ ref, customer }, at): Promise<Named> => {
    if (!customer) return { ref, comesTo: { kind: 'left-out', reason: 'unknown' } };
    const isFirst = found.findIndex((other) => other.customer?.id === customer.id) === at;
    if (!isFirst) return { ref, comesTo: { kind: 'left-out', reason: 'twice' } };
    if (already.has(customer.id)) return { ref, comesTo: { kind: 'left-out', reason: 'already' } };
    const given = (await deps.grants.ofCustomer(customer.id))
      .filter((grant) => grant.surprise === choice.surprise.name && isGiven(grant))
      .map(({ reservedAt }) => reservedAt);
    return { ref, customer, comesTo: assessed(customer, given, choice) };
  });
}

function waitingOf(named: readonly Named[]): Record<string, number> {
  const waiting: Record<string, number> = {};
  for (const { comesTo } of named) {
    if (comesTo.kind !== 'chosen' || !comesTo.waitsFor) continue;
    waiting[comesTo.waitsFor] = (waiting[comesTo.waitsFor] ?? 0) + 1;
  }
  return waiting;
}

async function budgetsAfter(
  { surpriseFigures }: ChoosingDeps,
  { surprise, playbook, at }: Choice,
  tiers: readonly (string | null)[],
) {
  const effects = effectsOf(surprise, tiers, { at, zone: playbook.shop.timeZone });
  const idOf = ({ id, tier }: Effect) => [surprise.name, id, ...(tier === undefined ? [] : [tier])].join('/');
  const spent = await surpriseFigures.spent(effects.map(idOf));
  return effects.map((effect) => {
    const already = spent.get(idOf(effect))?.spent ?? 0;
    const { tier = null, amount, cost: takes, until } = effect;
    return { tier, until: iso(until), amount, spent: already, takes, after: amount - already - takes };
  });
}

async function stockAfter({ couponPools }: ChoosingDeps, { pool }: Surprise, count: number) {
  if (pool === undefined) return null;
  const { left = 0 } = (await couponPools.find(pool)) ?? {};
  return { pool, left, after: left - count };
}

async function inPortions<Item, Result>(
  items: readonly Item[],
  work: (item: Item, at: number) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (let at = 0; at < items.length; at += AT_ONCE) {
    const portion = items.slice(at, at + AT_ONCE);
    results.push(...(await Promise.all(portion.map((item, i) => work(item, at + i)))));
  }
  return results;
}
