import type { FastifyInstance } from 'fastify';
import { ASKS, type Ask } from '../../domain/asks.ts';
import type { Customer } from '../../domain/customer.ts';
import type { ProfileQuestion } from '../../domain/profile-questions.ts';
import { createMailLinks } from '../../mail/links.ts';
import { anApi, aWorld, type World } from './api.ts';
import { aPlaybook, aTouch, CUSTOMER_ID, NOON } from './builders.ts';
import { aGuest, SECRET } from './guests.ts';
import { aSend } from './ledger.ts';

/** The mail that asks: a touch named as what it asks. */
function anAskingMail(ask: Ask) {
  return { ...aSend({ touch: ask, occasion: '1', due: NOON }), settledAt: new Date(NOON) };
}

/** One of each kind. */
export const ASKING_MAILS = ASKS.map(anAskingMail);
export const ASKING_TOUCHES = ASKS.map((ask) => aTouch({ name: ask, asks: ask }));

/** The token of the links of that mail. */
export function tokenOf(ask: Ask): string {
  const { _id: key } = anAskingMail(ask);
  const links = createMailLinks('http://x', SECRET)({ customerId: CUSTOMER_ID, key, topic: 'surveys' });
  return new URL(links.answer).searchParams.get('t') ?? '';
}

type Circumstances = {
  readonly customer?: Customer;
  readonly now?: number;
  readonly profile?: readonly ProfileQuestion[];
};

/** The pages for somebody whom all kinds of questions were asked. */
export async function askPages({
  customer = aGuest(),
  now = NOON + 60_000,
  profile,
}: Circumstances = {}): Promise<{
  readonly app: FastifyInstance;
  readonly world: World;
}> {
  const sends = [...ASKING_MAILS, aSend({ touch: 'welcome', occasion: '1' })];
  const touches = [...ASKING_TOUCHES, aTouch({ name: 'welcome' })];
  const world = aWorld({ customers: [customer], sends });
  const playbook = aPlaybook(touches, profile ? { profile } : {});
  const clock = { now: () => now, serverTime: () => now };
  const app = await anApi(world, { clock, playbooks: { current: async () => playbook } });
  return { app, world };
}
