import { ulid } from 'ulid';
import type { Clock } from '../domain/clock.ts';
import type { Incoming } from '../domain/incoming.ts';
import type { Playbook } from '../domain/playbook.ts';
import { type Arrival, type Beginning, fromOutside, fromWithin, type OwnEvent, startOf } from './arriving.ts';
import { createTurns } from './in-turn.ts';
import { type Along, keep, keepStart, type Started } from './keep.ts';

/** What was answered for one event. */
export type Receipt = {
  readonly source: string;
  readonly id: string;
  readonly customerId: string;
  /** It was received before, and changed nothing now. */
  readonly duplicate: boolean;
};

export type ReceiveDeps = {
  /** Keys the hashes of addresses and ids. */
  readonly hashKey: string;
  readonly clock: Clock;
  /** Of a time-lapse. @default 1 */
  readonly speed?: number;
  /** The current playbook; asked once a request. */
  readonly playbook: () => Promise<Playbook>;
  /** Whether code or the playbook listens to a type of event. @default all */
  readonly relevant?: (type: string) => boolean;
};

/** How many events of one request are received at once. */
const AT_ONCE = 20;

/** The one path in: whatever happens to a customer is received here. */
export function createReceive(deps: ReceiveDeps) {
  const inTurn = createTurns();
  return {
    /**
     * Receives events, in their order as far as they are about the same customer.
     *
     * Each is kept with its number, and folded into what is known, before this answers; one that was received
     * before is answered as such. Should this fail half-way, receive all of them again.
     */
    async receive(posted: readonly Incoming[], origin: 'api' | 'import'): Promise<readonly Receipt[]> {
      const arrival = await arrivalNow(deps);
      const arrivals = posted.map((event) => ({ event, arriving: fromOutside(event, origin, arrival) }));
      return inPortions(arrivals, async ({ event: { source, id }, arriving }) => {
        const kept = await inTurn(Object.values(arriving.handles), () => keep(arriving));
        return { source, id, ...kept };
      });
    },

    /**
     * Receives an event of Rapport's own; one for a customer who was merged is the one's whom they became.
     *
     * @param known its id, where it may be told twice; else it gets one of its own
     * @param along what is written in its transaction
     * @throws CustomerUnknown when nobody has this id
     */
    async receiveOwn(customerId: string, event: OwnEvent, known?: string, along?: Along): Promise<Receipt> {
      const arrival = await arrivalNow(deps);
      const id = known ?? ulid(arrival.receivedAt);
      const kept = await keep(fromWithin(id, customerId, event, arrival), along);
      return { source: 'rapport', id, ...kept };
    },

    /** Receives a `start`, if the customer is new or their journey has ended; else nothing changes. */
    async start(beginning: Beginning): Promise<Started> {
      const arrival = await arrivalNow(deps);
      return keepStart(startOf(ulid(arrival.receivedAt), beginning, arrival));
    },
  };
}

/** What is the same for all that is received now. */
export async function arrivalNow({
  hashKey,
  clock,
  speed = 1,
  playbook: current,
  relevant,
}: ReceiveDeps): Promise<Arrival> {
  const playbook = await current();
  const { softOptIn, timeZone: shopZone } = playbook.shop;
  const isRelevant = relevant ?? (() => true);
  return { hashKey, receivedAt: clock.now(), speed, softOptIn, shopZone, playbook, relevant: isRelevant };
}

/** Does the same with each, some at once, one portion after the other. */
async function inPortions<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (let at = 0; at < items.length; at += AT_ONCE) {
    results.push(...(await Promise.all(items.slice(at, at + AT_ONCE).map(work))));
  }
  return results;
}
