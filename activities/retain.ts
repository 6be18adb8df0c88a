import { log } from '@temporalio/activity';
import type { retention } from '../data/retention.ts';
import type { Clock } from '../domain/clock.ts';
import type { Playbook } from '../domain/playbook.ts';
import { type PageRetained, RETAINED, type Retained, type RetentionPage } from '../domain/retained.ts';
import { keptSince } from '../domain/retention.ts';

export type RetainDeps = {
  readonly retention: Pick<typeof retention, 'forget'>;
  readonly playbook: () => Promise<Pick<Playbook, 'retention'>>;
  /** The clock of this attempt. */
  readonly clock: () => Clock;
};

export function createRetain({ retention, playbook, clock }: RetainDeps) {
  /** What is gone over, in this order. */
  async function kindsRetained(): Promise<readonly Retained[]> {
    return RETAINED;
  }

  /** Goes over one page of what is kept for a time, by the playbook in force; again, it finds what is left. */
  async function forgetPage({ kind, after }: RetentionPage): Promise<PageRetained> {
    const since = keptSince(kind, (await playbook()).retention, clock().serverTime());
    if (since === undefined) return { count: 0 };
    const page = await retention.forget(kind, since, after);
    if (page.count > 0) log.info('no longer kept', { kind, count: page.count });
    return page;
  }
  return { kindsRetained, forgetPage };
}
