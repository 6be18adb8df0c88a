import { hearTier } from './climbing.ts';
import type { Context, Course } from './course.ts';
import { hearExpiry } from './expiring.ts';
import type { Cause } from './journey.ts';
import { hearSilence } from './lapse.ts';

/** Hears what time brings, without any event: silence, and the end of it; another tier; points about to expire. */
export function hearTime(
  course: Course,
  context: Context,
): { readonly course: Course; readonly heard: readonly Cause[] } {
  const silence = hearSilence(course, context);
  const tier = hearTier(silence.course, context);
  const expiry = hearExpiry(tier.course, context);
  return { course: expiry.course, heard: [...silence.heard, ...tier.heard, ...expiry.heard] };
}
