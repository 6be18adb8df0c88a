import type { Receipt } from '../data/receive.ts';
import type { Send } from '../data/sends.ts';
import type { ByHand } from '../domain/by-hand.ts';
import { FateKnown } from '../domain/by-hand.ts';
import type { Customer } from '../domain/customer.ts';
import type { EventData } from '../domain/event.ts';
import { sendRef } from '../domain/send-ref.ts';
import type { ApiDeps } from './deps.ts';
import { hasEnded } from './journey-state.ts';
import { Problem } from './problem.ts';

type Deps = Pick<
  ApiDeps,
  'customers' | 'sends' | 'unsettledSends' | 'failedSends' | 'playbooks' | 'receiver' | 'clock'
>;

/** What a person says of a mail, and why. */
export type Said = Pick<ByHand, 'by' | 'because'>;

/** A mail as a person decides of it: what the ledger knows, and the decision that gave it up, if one did. */
type Decided = {
  readonly customer: Customer;
  readonly key: string;
  readonly touch: string;
  readonly occasion: string;
  readonly send: Send | undefined;
  readonly givenUp: { readonly seq: number } | undefined;
};

/** @throws Problem 404 when nobody knows this mail, 409 when its fate is known */
export async function settleByHand(
  deps: Deps,
  id: string,
  what: 'arrived' | 'lost',
  said: Said,
): Promise<void> {
  const { key, send } = await decidedOf(deps, id);
  if (!send) throw new Problem(409, 'this mail never left: it can be sent again, not settled');
  await unlessKnown(deps.unsettledSends.settle(key, { what, at: deps.clock.now(), ...said }));
}

/**
 * Has a mail sent again, as one attempt under the same rules as the first: its event and the ledger's leave are kept
 * together, once, however many ask at once.
 *
 * @throws Problem 404 when nobody knows this mail; 409 when its fate is known, or nothing can be sent
 */
export async function sendAgain(deps: Deps, id: string, said: Said): Promise<Receipt> {
  const decided = await decidedOf(deps, id);
  const { customer, key, touch, occasion, send, givenUp } = decided;
  await refuseUnsendable(deps, decided);
  const hand: ByHand = { what: 'send-again', at: deps.clock.now(), ...said };
  const cause = send?.because ?? (await deps.failedSends.causeOf(customer.id, touch, occasion));
  const data: EventData = { touch, occasion, ...(cause && { cause }), ...said };
  const turn = givenUp ? `given-up-${givenUp.seq}` : `${send?.resends}`;
  const along = (session: Parameters<Deps['unsettledSends']['release']>[3]) =>
    givenUp
      ? deps.failedSends.note(key, hand, session)
      : deps.unsettledSends.release(key, send?.resends ?? 0, hand, session);
  const event = { type: 'send-again', at: hand.at, data };
  return unlessKnown(deps.receiver.receiveOwn(customer.id, event, `again-${sendRef(key)}-${turn}`, along));
}

async function decidedOf({ customers, sends, failedSends }: Deps, id: string): Promise<Decided> {
  const [customerId = '', ref = ''] = id.split('.');
  const customer = await customers.find(customerId);
  if (!customer || customer.erased) throw new Problem(404, 'there is no such mail');
  const [send, failed] = await Promise.all([
    sends.byRef(customer.id, ref),
    failedSends.find(customer.id, ref),
  ]);
  const known = failed ?? (send && { key: send._id, touch: send.touch, occasion: send.occasion });
  if (!known) throw new Problem(404, 'there is no such mail');
  const { key, touch, occasion } = known;
  return { customer, key, touch, occasion, send, givenUp: failed };
}

async function refuseUnsendable({ playbooks }: Deps, { customer, key, touch }: Decided): Promise<void> {
  if (hasEnded(customer)) throw new Problem(409, 'this journey has ended; POST /v1/journeys begins it again');
  if (!key.startsWith(`${customer.id}/`)) {
    throw new Problem(
      409,
      'this was the mail of a customer who became another, and stays with what they got',
    );
  }
  const playbook = await playbooks.current();
  if (!playbook?.touches.some(({ name }) => name === touch))
    throw new Problem(409, `the playbook has no touch "${touch}" any more`);
}

async function unlessKnown<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof FateKnown)) throw error;
    throw new Problem(409, 'what became of this mail is known by now, or somebody has decided of it already');
  }
}
