import type { Awaited } from '../../data/awaited.ts';
import type { Receipt } from '../../data/receive.ts';
import type { Customer } from '../../domain/customer.ts';
import { type Incoming, readEvents } from '../../domain/incoming.ts';
import type { PrivacyAnswer, PrivacyRequest } from '../../domain/privacy-request.ts';
import type { PayloadRead, Reported, ReportedOfOrder } from '../../domain/reported.ts';
import type { Problem as Fault } from '../../domain/strict.ts';
import type { ApiDeps } from '../deps.ts';
import { unprocessable } from '../problem.ts';
import { errorsOf } from '../validation.ts';

/** What a webhook is answered. */
export type WebhookAnswer = {
  readonly receipts: readonly Receipt[];
  /** The order that is to be told before these events can be anybody's. */
  readonly awaits?: string;
  /** A request by law; without `answered`, a person is to answer it. */
  readonly request?: string;
  readonly answered?: PrivacyAnswer['how'];
};

export type KeepDeps = Pick<
  ApiDeps,
  'receiver' | 'events' | 'customers' | 'awaited' | 'receiveRequest' | 'clock'
>;

/** Stands in for the customer while what is told of an order is checked. */
const SOMEBODY = { id: 'somebody' };

/**
 * Keeps all that a payload tells, or none of it.
 *
 * @throws Problem 422 for what cannot be kept as it is told
 */
export function createKeepPayload(deps: KeepDeps) {
  return async (read: PayloadRead): Promise<WebhookAnswer> => {
    switch (read.kind) {
      case 'events':
        return { receipts: await keepEvents(read.events, deps) };
      case 'of-order':
        return keepOfOrder(read.order, read.events, deps);
      case 'request':
        return keepRequest(read.request, deps);
      case 'refused':
        throw refused(read.problems);
    }
  };
}

async function keepRequest(
  asked: PrivacyRequest,
  { receiveRequest, clock }: KeepDeps,
): Promise<WebhookAnswer> {
  const { id, answer } = await receiveRequest(asked, clock.serverTime());
  return { receipts: [], request: id, ...(answer && { answered: answer.how }) };
}

async function keepEvents(events: readonly Reported[], deps: KeepDeps): Promise<readonly Receipt[]> {
  const receipts = await deps.receiver.receive(checked(events, deps), 'api');
  for (const { source, id, type } of events) {
    if (type === 'purchase') await takeUp(`${source}/${id}`, deps);
  }
  return receipts;
}

/** What waited for an order that is told now. */
async function takeUp(order: string, deps: KeepDeps): Promise<void> {
  const waiting = await deps.awaited.ofOrder(order);
  if (waiting.length === 0) return;
  const customer = await customerOf(order, deps);
  if (customer) for (const one of waiting) await receiveAs(customer, one, deps);
}

async function keepOfOrder(
  order: string,
  events: readonly ReportedOfOrder[],
  deps: KeepDeps,
): Promise<WebhookAnswer> {
  if (events.length === 0) return { receipts: [] };
  checked(
    events.map((event) => ({ ...event, customer: SOMEBODY })),
    deps,
  );
  const waiting = await deps.awaited.keep(order, events, deps.clock.now()); // first: see data/awaited.ts
  const customer = await customerOf(order, deps);
  if (!customer) return { receipts: [], awaits: order };
  return { receipts: await receiveAs(customer, waiting, deps) };
}

async function receiveAs(
  customer: Customer,
  { id, events }: Awaited,
  deps: KeepDeps,
): Promise<readonly Receipt[]> {
  const named = events.flatMap((event): Reported[] => {
    const who = nameOf(customer, event.source);
    return who ? [{ ...event, customer: who }] : []; // erased: nobody is left to tell it of
  });
  const receipts = await deps.receiver.receive(checked(named, deps), 'api');
  await deps.awaited.drop(id);
  return receipts;
}

async function customerOf(order: string, { events, customers }: KeepDeps): Promise<Customer | undefined> {
  const purchase = await events.byId(order);
  return purchase && customers.find(purchase.customerId);
}

/** By what a source names the customer: its own id of them, or their address. */
function nameOf({ externalIds, known, erased }: Customer, source: string): Reported['customer'] | undefined {
  if (erased) return undefined;
  const own = externalIds.find((id) => id.startsWith(`${source}:`));
  if (own !== undefined) return { id: own.slice(source.length + 1) };
  return known.profile.email === undefined ? undefined : { email: known.profile.email };
}

function checked(events: readonly Reported[], { clock }: KeepDeps): readonly Incoming[] {
  const read = readEvents(events, clock.now());
  if (read.kind === 'refused') throw refused(read.problems);
  return read.events;
}

function refused(problems: readonly Fault[]) {
  return unprocessable(errorsOf(problems));
}
