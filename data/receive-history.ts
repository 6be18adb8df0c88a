import type { Incoming } from '../domain/incoming.ts';
import { fromOutside } from './arriving.ts';
import { type KeptMany, keepMany } from './keep-many.ts';
import { arrivalNow, type ReceiveDeps } from './receive.ts';

/** The path in for history: kept and folded as any other event, many in one transaction. */
export function createReceiveHistory(deps: ReceiveDeps) {
  /** Receives a portion of history. Should this fail half-way, receive all of it again. */
  return async function receiveHistory(posted: readonly Incoming[]): Promise<KeptMany> {
    const arrival = await arrivalNow(deps);
    return keepMany(posted.map((event) => fromOutside(event, 'import', arrival)));
  };
}
