import type { ApiDeps } from '../deps.ts';
import type { Past } from './story.ts';

/** How much of each kind a page of the story reads. */
const LIMIT = 50;

/** A stretch of a customer's past, with where the stretch before it ends; absent: this is the oldest. */
export type Stretch = Past & { readonly before: number | undefined };

/**
 * Reads the newest stretch of a customer's past before a moment.
 *
 * Events, mails and decisions are read apart, fifty of each. Where one of them goes on further back, the stretch is
 * cut off there for all of them, so that no page tells of a mail whose purchase is on the next.
 *
 * @param before epoch milliseconds
 */
export async function readPast(
  { events, sends, decisions }: Pick<ApiDeps, 'events' | 'sends' | 'decisions'>,
  customerId: string,
  before?: number,
): Promise<Stretch> {
  const [happened, sent, decided] = await Promise.all([
    events.latest(customerId, LIMIT, before),
    sends.ofCustomer(customerId, LIMIT, before),
    decisions.ofCustomer(customerId, LIMIT, before),
  ]);
  return stretch({ events: happened, sends: sent, decisions: decided });
}

/** Cuts what was read where the first of its lists stops. */
function stretch({ events, sends, decisions }: Past): Stretch {
  const moments = [events.map(({ at }) => at), sends.map(({ due }) => due), decisions.map(({ at }) => at)];
  const cut = Math.max(...moments.map(endOf));
  // What shares the cut's moment goes to the stretch before it, unless nothing else would be left here.
  const from = moments.flat().some((at) => at > cut) ? cut + 1 : cut;
  return {
    events: events.filter(({ at }) => at >= from),
    sends: sends.filter(({ due }) => due >= from),
    decisions: decisions.filter(({ at }) => at >= from),
    before: cut === -Infinity ? undefined : from,
  };
}

/** Where a full list stops, as more may lie behind it. */
function endOf(moments: readonly number[]): number {
  return moments.length < LIMIT ? -Infinity : Math.min(...moments);
}
