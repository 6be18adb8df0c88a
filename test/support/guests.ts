import type { FastifyInstance } from 'fastify';
import type { ConsentProof } from '../../domain/consent-proof.ts';
import type { Customer } from '../../domain/customer.ts';
import type { Playbook } from '../../domain/playbook.ts';
import { createMailLinks } from '../../mail/links.ts';
import { anApi, aWorld, type World } from './api.ts';
import { aCustomer, anEvent, NOON } from './builders.ts';
import { aJoinablePlaybook } from './join.ts';
import { aSend } from './ledger.ts';

export const SECRET = 'a secret of the tests';

/** The mail by whose links they come. */
export const MAIL = aSend({ touch: 'welcome', occasion: '1' });

/** Somebody who consented to news and tips, and reads Dutch. */
export function aGuest(others: Partial<Customer> = {}): Customer {
  const consent = ['news', 'tips'].map((topic) => ({ topic, basis: 'consent' as const }));
  const customer = { email: 'an@example.com', emailKey: 'key-an', name: { first: 'An' }, locale: 'nl-BE' };
  return aCustomer([anEvent({ type: 'sign-up', n: 1, consent, customer })], others);
}

/** The token of the links of that mail. */
export function aToken(topic = 'news', secret = SECRET, { customerId, _id: key } = MAIL): string {
  const links = createMailLinks('http://x', secret)({ customerId, key, topic });
  return new URL(links.unsubscribe).searchParams.get('t') ?? '';
}

/** The pages for one customer, at a moment. */
export async function guestPagesOf(
  customer: Customer,
  now = NOON + 60_000,
  playbook: Playbook = aJoinablePlaybook(),
  proofs: readonly ConsentProof[] = [],
): Promise<{ readonly app: FastifyInstance; readonly world: World }> {
  const world = aWorld({ customers: [customer], proofs, sends: [{ ...MAIL, settledAt: new Date(NOON) }] });
  const clock = { now: () => now, serverTime: () => now };
  const app = await anApi(world, { clock, playbooks: { current: async () => playbook } });
  return { app, world };
}
