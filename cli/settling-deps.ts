import { receivingFor } from '../api/receiving.ts';
import type { settleByHand } from '../api/settling.ts';
import type { Environment } from '../config.ts';
import { customers } from '../data/customers.ts';
import { failedSends } from '../data/failed-sends.ts';
import { playbooks } from '../data/playbooks.ts';
import { createReceive } from '../data/receive.ts';
import { sends } from '../data/sends.ts';
import { unsettledSends } from '../data/unsettled-sends.ts';
import { readHashKey } from './settings.ts';

/** What it takes to decide of a mail by hand, on the wall's clock. @throws BadConfig without RAPPORT_HASH_KEY */
export function settlingDeps(env: Environment): Parameters<typeof settleByHand>[0] {
  const clock = { now: Date.now, serverTime: Date.now };
  const receiver = createReceive(receivingFor({ hashKey: readHashKey(env), clock }));
  return { customers, sends, unsettledSends, failedSends, playbooks, receiver, clock };
}
