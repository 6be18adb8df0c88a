import type { Touch } from './playbook.ts';
import { remembered } from './remembered.ts';

/** Causes that only later versions know: news to many. */
const TO_COME = ['news'];

/** What a touch asks for and this version cannot do yet, by key of the playbook. */
export function unsupportedIn({ on, suggest, referral }: Touch): string[] {
  const asked = { suggest, referral, on: TO_COME.includes(on) };
  return Object.entries(asked).flatMap(([key, present]) => (present ? [key] : []));
}

/** Whether this version can do what a touch asks for; if not, it is `skipped(unsupported)`. */
export const isSupported = remembered((touch: Touch): boolean => unsupportedIn(touch).length === 0);
