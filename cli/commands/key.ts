import { type Command, InvalidArgumentError } from 'commander';
import { SCOPES, type Scope } from '../../api/access.ts';
import { apiKeys } from '../../data/api-keys.ts';
import { answer } from '../answer.ts';
import { connected } from '../connected.ts';

/** `rapport key`: the keys that open the API. A key is told once, when it is made; only its hash is kept. */
export function keyCommand(program: Command): void {
  const key = program.command('key').description('the keys that open the API');
  key
    .command('create')
    .description('make a key, and tell it this once')
    .requiredOption('--name <name>', 'what it is for, such as webshop', nameOf)
    .requiredOption('--scopes <list>', `separated by commas: ${SCOPES.join(', ')}`, scopesOf)
    .action(create);
  key.command('list').description('what keys there are').action(list);
  key.command('revoke <id>').description('make a key worthless, at once').action(revoke);
}

async function create({ name, scopes }: { name: string; scopes: Scope[] }, command: Command): Promise<void> {
  const made = await connected(() => apiKeys.create({ name, scopes }));
  answer(command, { ...made, name, scopes }, `${made.key}\nKeep it well: it is not shown again.`);
}

async function list(_options: unknown, command: Command): Promise<void> {
  const keys = await connected(() => apiKeys.list());
  const lines = keys.map(({ id, name, scopes, createdAt }) => {
    return `${id}  ${createdAt.toISOString().slice(0, 10)}  ${name}  ${scopes.join(',')}`;
  });
  answer(command, { keys }, lines.join('\n') || 'There are no keys yet: rapport key create');
}

async function revoke(id: string, _options: unknown, command: Command): Promise<void> {
  const wasThere = await connected(() => apiKeys.revoke(id));
  if (!wasThere) throw new Error(`there is no key ${id}: rapport key list`);
  answer(command, { id, revoked: true }, 'The key is worthless now.');
}

function nameOf(text: string): string {
  const name = text.trim();
  if (!name || name.length > 100) throw new InvalidArgumentError('It needs 1 to 100 characters.');
  return name;
}

function scopesOf(text: string): Scope[] {
  return text.split(',').map((wanted) => {
    const scope = SCOPES.find((known) => known === wanted.trim());
    if (!scope) throw new InvalidArgumentError(`There is no scope "${wanted.trim()}": ${SCOPES.join(', ')}.`);
    return scope;
  });
}
