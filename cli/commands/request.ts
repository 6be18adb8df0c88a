import type { Command } from 'commander';
import { privacyRequests } from '../../data/privacy-requests.ts';
import { answer } from '../answer.ts';
import { connected } from '../connected.ts';

/** `rapport request`: what customers ask by law, as their shop passed it on. A person answers it, and says so here. */
export function requestCommand(program: Command): void {
  const request = program
    .command('request')
    .description('what customers ask by law: their data, or to be erased');
  request.command('list').description('the requests that nobody has answered yet').action(list);
  request.command('answered <id>').description('say that a request was answered').action(answered);
}

async function list(_options: unknown, command: Command): Promise<void> {
  const requests = await connected(() => privacyRequests.open());
  const lines = requests.map(({ id, kind, askedAt, customerId, email, shop }) => {
    const who = [customerId, email, shop].filter((part) => part !== undefined).join(', ');
    return `${askedAt.toISOString().slice(0, 10)}  ${kind}  ${who}\n  rapport request answered ${id}`;
  });
  answer(command, { requests }, lines.join('\n') || 'No request is open.');
}

async function answered(id: string, _options: unknown, command: Command): Promise<void> {
  const wasOpen = await connected(() => privacyRequests.answered(id, Date.now()));
  if (!wasOpen) throw new Error(`there is no open request ${id}: rapport request list`);
  answer(command, { id, answered: true }, 'It is answered.');
}
