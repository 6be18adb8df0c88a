import { type ClientSession, trusted } from 'mongoose';
import { sendKey } from '../domain/send.ts';
import type { CustomerDocument } from './customer-document.ts';
import { type SendDocument, SendModel, type SendState, UNTRIED } from './send-document.ts';

const MOVED = { state: 'moved', outcome: { kind: 'skipped', reason: 'merged' } } as const;

/** A claim that no byte can have left by yet. */
const STOPPABLE: readonly SendState[] = ['claimed', 'released'];

/**
 * Marks every mail that a customer has got, or may have got, as one that the customer they became has got too.
 *
 * An attempt of the latter at the same touch and occasion that has not begun to transmit loses its claim. The sends
 * themselves are listed with them from now on.
 *
 * @returns the keys that are marked
 */
export async function moveSends(
  from: CustomerDocument,
  into: string,
  session: ClientSession,
): Promise<ReadonlySet<string>> {
  const theirs = await SendModel.find({ customerId: from._id }).session(session).lean();
  const marks = theirs.filter((send) => mayHaveLeft(send, from)).map((send) => markOf(send, into));
  const keys = marks.map(({ _id }) => _id);

  const taken = { _id: trusted({ $in: keys }) };
  await SendModel.updateMany({ ...taken, state: trusted({ $in: STOPPABLE }) }, { $set: MOVED }, { session });
  const there = await SendModel.find(taken, { state: 1 }).session(session).lean();
  const missing = marks.filter(({ _id }) => !there.some((send) => send._id === _id));
  await SendModel.insertMany(missing, { session });
  await SendModel.updateMany({ customerId: from._id }, { $set: { customerId: into } }, { session });
  return new Set(keys.filter((key) => isMoved(there.find(({ _id }) => _id === key))));
}

function isMoved(send: Pick<SendDocument, 'state'> | undefined): boolean {
  return send === undefined || send.state === 'moved';
}

/** Whether a mail left, or can still leave: an attempt without a place is refused one from now on. */
function mayHaveLeft({ _id, state, resends }: SendDocument, { _id: id, contact }: CustomerDocument): boolean {
  if (!_id.startsWith(`${id}/`)) return false; // of a customer merged earlier, and marked then
  if (state === 'released') return resends > 0;
  return state !== 'claimed' || contact.places.some(({ key }) => key === _id);
}

function markOf(send: SendDocument, into: string): SendDocument {
  const { touch, occasion, kind, due } = send;
  const key = sendKey({ customerId: into, touch, occasion });
  return { _id: key, customerId: into, touch, occasion, kind, due, ...MOVED, ...UNTRIED };
}
