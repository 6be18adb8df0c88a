import { stableShare } from './hash.ts';

/**
 * How far a playbook goes: `live` writes to customers, `rehearsal` decides and records all but writes to the team only,
 * `pilot` writes to a stable share of customers (0–1) and rehearses with the others.
 */
export type Mode =
  | { readonly kind: 'live' }
  | { readonly kind: 'rehearsal' }
  | { readonly kind: 'pilot'; readonly share: number };

/** Most mails of a rehearsal that the team gets a copy of in a day: a shop of any size can be rehearsed. */
export const COPIES_PER_DAY = 25;

/** Whether what is meant for this customer is only rehearsed. A pilot that grows keeps those it has. */
export function isRehearsed(customerId: string, mode: Mode | undefined): boolean {
  switch (mode?.kind) {
    case undefined:
    case 'live':
      return false;
    case 'rehearsal':
      return true;
    case 'pilot':
      return stableShare('pilot', customerId) >= mode.share;
  }
}
