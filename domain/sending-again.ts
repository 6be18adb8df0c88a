import { CHOSEN } from './chosen.ts';
import { type Context, type Course, changed, touchesByName } from './course.ts';
import type { StoredEvent } from './event.ts';
import type { Appointment } from './journey.ts';
import { causeOf } from './occasions.ts';
import { addSpan } from './span.ts';

/**
 * Plans a mail that a person asks for, wanted from that moment on: again, the same touch, occasion and cause; or to tell a
 * customer of a surprise they were chosen for, which is an occasion of its own.
 *
 * Nothing is counted, and the contact policy gives it its moment as any other. Of what was sent before only that leaves
 * which the ledger lets be claimed once more.
 */
export function planByHand(course: Course, event: StoredEvent, context: Context): Course {
  const { at, data, type } = event;
  const { touch: name, occasion } = data ?? {};
  const cause = type === CHOSEN ? causeOf(event) : data?.cause;
  const touch = name === undefined ? undefined : touchesByName(context.playbook).get(name);
  if (!touch || occasion === undefined || cause === undefined) return course;

  const { agenda } = course.journey;
  if (agenda.some((other) => other.touch === name && other.occasion === occasion)) return course;
  const expires = touch.expires && { expires: addSpan(at, touch.expires, context.zone) };
  const appointment: Appointment = {
    ...{ touch: touch.name, occasion, because: cause, priority: touch.priority, wanted: at },
    again: true,
    ...expires,
  };
  return changed(course, { agenda: [...agenda, appointment] });
}
