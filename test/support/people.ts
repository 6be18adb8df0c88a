import { createDecide } from '../../activities/decide.ts';
import { createCurrentPlaybook } from '../../data/current-playbook.ts';
import { CustomerModel } from '../../data/customer-document.ts';
import { customers } from '../../data/customers.ts';
import { decisions } from '../../data/decisions.ts';
import { events } from '../../data/events.ts';
import { playbooks } from '../../data/playbooks.ts';
import { sending } from '../../data/sending.ts';
import { emptyJourney } from '../../domain/beginning.ts';
import { REAL_TIME } from '../../domain/clock.ts';
import type { Incoming } from '../../domain/incoming.ts';
import { aReceive } from './shop.ts';

/** What a worker decides with. */
export const DECIDE = {
  ...{ customers, events, decisions, sending, playbook: createCurrentPlaybook() },
  ...{ newestPlaybook: playbooks.newest, timeLapse: REAL_TIME, sendTimeoutMs: 1_000 },
};

/** Lets people in whose first events these are, without a workflow: each is decided on once. Answers their ids. */
export async function decideOn(posted: readonly Incoming[]): Promise<readonly string[]> {
  const receipts = await aReceive({ now: Date.now() }).receive(posted, 'api');
  const ids = [...new Set(receipts.map(({ customerId }) => customerId))];
  const decide = createDecide(DECIDE);
  for (const id of ids) {
    await decide({ journey: emptyJourney(id, 'first-contact'), unheard: [], now: Date.now() });
  }
  await CustomerModel.updateMany({}, { $unset: { undelivered: 1 } });
  return ids;
}
