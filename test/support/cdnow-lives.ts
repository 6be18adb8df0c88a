import { readFileSync } from 'node:fs';
import { cdnowOrders } from '../../cli/cdnow-orders.ts';
import { periodOf } from '../../cli/period.ts';
import type { StoredEvent } from '../../domain/event.ts';
import { stableShare } from '../../domain/hash.ts';
import { livesOf } from '../../domain/lives.ts';
import type { Period } from '../../domain/phase-tally.ts';
import type { Playbook } from '../../domain/playbook.ts';

/** The whole sample, as `rapport simulate` reads it. */
export function cdnowLives(playbook: Playbook): { readonly lives: StoredEvent[][]; readonly period: Period } {
  const orders = cdnowOrders(readFileSync('demo/cdnow-sample.txt', 'utf8'), playbook.shop);
  const period = periodOf(orders, playbook.shop.timeZone, {});
  const assumed = { consent: 'all', deliveredAfter: { days: 3 } } as const;
  return { lives: livesOf(orders, { playbook, period, assumed }), period };
}

/** So many of these lives, spread over the file, and always the same. */
export function someOf(lives: readonly StoredEvent[][], count: number): StoredEvent[][] {
  const lot = ([event]: readonly StoredEvent[]) => stableShare('chosen', event?.customerId ?? '');
  return [...lives].sort((a, b) => lot(a) - lot(b)).slice(0, count);
}
