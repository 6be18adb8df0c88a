import { caseSteps } from '../../data/case-steps.ts';
import { cases, type KeptCase } from '../../data/cases.ts';
import { customers } from '../../data/customers.ts';
import { createGoodwill } from '../../data/goodwill.ts';
import type { EventData } from '../../domain/event.ts';
import type { Incoming } from '../../domain/incoming.ts';
import { anEvent, aPlaybook, aReceive, somebody } from './shop.ts';

const { receive, receiveOwn } = aReceive();

export const steps = caseSteps(
  { receiveOwn },
  createGoodwill(async () => aPlaybook()),
);

/** A complaint of somebody new, and its case. */
export async function aCase(
  data: EventData = { text: 'It came in pieces' },
  event: Partial<Incoming> = {},
): Promise<KeptCase> {
  const [receipt] = await receive([anEvent(somebody(), { type: 'complaint', data, ...event })], 'api');
  return caseOf(`${receipt?.source}/${receipt?.id}`);
}

export async function caseOf(id: string): Promise<KeptCase> {
  const found = await cases.find(id);
  if (!found) throw new Error(`no case ${id}`);
  return found;
}

/** Whether their customer's marketing is held. */
export async function isHeld({ customerId }: KeptCase): Promise<boolean> {
  return ((await customers.byId(customerId))?.known.complaints.open ?? []).length > 0;
}
