import type { Cause } from './journey.ts';

/** The event by which a person chose a customer for a surprise. */
export const CHOSEN = 'surprise';

/** Whether a person chose that it is given: then it need not wait for its budget's day. */
export function isChosen({ because }: { readonly because: Cause }): boolean {
  return because.type === CHOSEN;
}
