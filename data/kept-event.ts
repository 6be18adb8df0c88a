import type { StoredEvent } from '../domain/event.ts';

/** An event as kept. Its `_id` is `source/id`, so MongoDB itself refuses it a second time. */
export type EventDocument = Omit<StoredEvent, 'id' | 'at' | 'receivedAt'> & {
  readonly _id: string;
  readonly at: Date;
  readonly receivedAt: Date;
  /** The consents it changed, which subscribers are to be told of (data/announcements.ts). */
  readonly untold?: Readonly<Record<string, boolean>>;
  /** What the customer wrote is not kept any more (data/retention.ts). */
  readonly forgotten?: true;
};

/** The event as the rules see it. */
export function toEvent({ _id, at, receivedAt, untold, forgotten, ...event }: EventDocument): StoredEvent {
  return { id: _id, ...event, at: at.getTime(), receivedAt: receivedAt.getTime() };
}

/** The event as it is kept. */
export function fromEvent({ id, at, receivedAt, ...event }: StoredEvent): EventDocument {
  return { _id: id, ...event, at: new Date(at), receivedAt: new Date(receivedAt) };
}
