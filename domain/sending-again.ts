import { type Context, type Course, changed, touchesByName } from './course.ts';
import type { StoredEvent } from './event.ts';
import type { Appointment } from './journey.ts';
import { addSpan } from './span.ts';

/**
 * Plans a mail again that a person wants sent again: the same touch, occasion and cause, wanted from that moment on.
 *
 * It is no new occasion, so nothing is counted; the contact policy gives it its moment as any other. Only what the
 * ledger lets be claimed once more leaves.
 */
export function planAgain(course: Course, { at, data }: StoredEvent, context: Context): Course {
  const { touch: name, occasion, cause } = data ?? {};
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
