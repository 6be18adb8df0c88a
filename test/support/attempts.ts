import { customers } from '../../data/customers.ts';
import { type Claimed, sends } from '../../data/sends.ts';
import { sendKey } from '../../domain/send.ts';
import { type AskedSend, aMail, LEASE } from './asked-sends.ts';

/** Claims a send that must be free. */
export async function aClaim(task: AskedSend, now = 0): Promise<Claimed> {
  const claim = await sends.claim(task, now, LEASE);
  if (claim.kind === 'settled') throw new Error(`settled: ${JSON.stringify(claim.outcome)}`);
  return claim;
}

/** A claim whose message is about to leave. */
export async function aTransmission(task: AskedSend, now = 0): Promise<Claimed> {
  const claim = await aClaim(task, now);
  if (!(await sends.transmitting(claim, aMail()))) throw new Error('the claim was lost');
  return claim;
}

/** Takes a place as an attempt does: by what is known now. */
export async function takesPlace(task: AskedSend): Promise<boolean> {
  const customer = await customers.byId(task.customerId);
  if (!customer || customer.mergedInto) return false;
  const seen = { n: customer.n, version: customer.contact.version };
  return customers.takePlace(
    task.customerId,
    seen,
    { key: sendKey(task), due: task.due, kind: task.kind },
    0,
  );
}
