import type { Command } from 'commander';
import { awaited } from '../../data/awaited.ts';
import { privacyRequests } from '../../data/privacy-requests.ts';
import type { PrivacyRequest } from '../../domain/privacy-request.ts';
import { orderEventId } from '../../domain/reported.ts';
import { answer } from '../answer.ts';
import { connected } from '../connected.ts';
import { eraseCustomer, erasureText } from '../erase-customer.ts';
import { readHashKey } from '../settings.ts';

/** `rapport request`: what customers ask by law, as their shop passed it on. A person answers it, and says so here. */
export function requestCommand(program: Command): void {
  const request = program
    .command('request')
    .description('what customers ask by law: their data, or to be erased');
  request.command('list').description('the requests that nobody has answered yet').action(list);
  request.command('erase <id>').description('erase whom a request is about, and close it').action(erase);
  request.command('answered <id>').description('say that a request was answered').action(answered);
}

async function list(_options: unknown, command: Command): Promise<void> {
  const requests = await connected(() => privacyRequests.open());
  const lines = requests.map(({ id, kind, askedAt, customerId, email, shop }) => {
    const who = [customerId, email, shop].filter((part) => part !== undefined).join(', ');
    return `${askedAt.toISOString().slice(0, 10)}  ${kind}  ${who}\n  rapport request ${kind === 'erase-customer' ? 'erase' : 'answered'} ${id}`;
  });
  answer(command, { requests }, lines.join('\n') || 'No request is open.');
}

async function answered(id: string, _options: unknown, command: Command): Promise<void> {
  const wasOpen = await connected(() => privacyRequests.answered(id, Date.now()));
  if (!wasOpen) throw new Error(`there is no open request ${id}: rapport request list`);
  answer(command, { id, answered: true }, 'It is answered.');
}

/** Erases whom a request is about. The request goes with them; so does what waits for the orders that it names. */
async function erase(id: string, _options: unknown, command: Command): Promise<void> {
  const hashKey = readHashKey(process.env);
  const erasure = await connected(async () => {
    const request = await privacyRequests.find(id);
    if (request?.kind !== 'erase-customer')
      throw new Error(`no open request ${id} asks that: rapport request list`);
    const asked = await eraseAny(request, hashKey);
    if (!asked) throw new Error(`nobody here is meant; close it: rapport request answered ${id}`);
    await awaited.dropOrders(request.orders.map((order) => `${request.source}/${orderEventId(order)}`));
    await privacyRequests.drop(id);
    return asked;
  });
  answer(command, erasure, erasureText(erasure));
}

async function eraseAny({ source, customerId, email }: PrivacyRequest, hashKey: string) {
  const names = [customerId && `${source}:${customerId}`, email];
  for (const name of names) {
    const erasure = name && (await eraseCustomer(name, hashKey));
    if (erasure) return erasure;
  }
  return undefined;
}
