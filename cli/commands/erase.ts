import type { Command } from 'commander';
import { answer } from '../answer.ts';
import { connected } from '../connected.ts';
import { eraseCustomer, erasureText } from '../erase-customer.ts';
import { readHashKey } from '../settings.ts';

/** `rapport erase`: erases a customer; a running worker does it, and goes on where it was killed. */
export function eraseCommand(program: Command): void {
  program
    .command('erase <customer>')
    .description('erase a customer for good: by our id, the shop’s (shop:c-17), or the address')
    .action(erase);
}

async function erase(who: string, _options: unknown, command: Command): Promise<void> {
  const hashKey = readHashKey(process.env);
  const erasure = await connected(() => eraseCustomer(who, hashKey));
  if (!erasure)
    throw new Error('there is no customer of this id or address; the shop’s id is written shop:c-17');
  answer(command, erasure, erasureText(erasure));
}
