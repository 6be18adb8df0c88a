import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Command } from 'commander';
import { keyCommand } from '../../cli/commands/key.ts';
import { apiKeys } from '../../data/api-keys.ts';
import { connect, disconnect } from '../../data/connect.ts';
import { mongo } from '../support/servers.ts';

let uri = '';

beforeAll(async () => {
  uri = await mongo();
  process.env.MONGODB_URI = uri;
});
afterAll(() => disconnect());

/** Runs the command, and gives what it printed. */
async function run(...args: readonly string[]): Promise<string> {
  const program = new Command('rapport').option('--json').exitOverride();
  program.configureOutput({ writeErr: () => {} });
  keyCommand(program);
  for (const command of program.commands.flatMap(({ commands }) => commands)) {
    command.exitOverride().configureOutput({ writeErr: () => {} });
  }
  const lines: string[] = [];
  const write = jest
    .spyOn(process.stdout, 'write')
    .mockImplementation((text) => lines.push(String(text)) > 0);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return lines.join('');
  } finally {
    write.mockRestore();
  }
}

describe('rapport key', () => {
  it('makes a key that opens what was asked for, lists it without the key, and revokes it', async () => {
    const create = ['key', 'create', '--name', 'webshop', '--scopes', 'events:write, customers:read'];

    const made = JSON.parse(await run('--json', ...create));
    const list = await run('key', 'list');
    await connect(uri);
    const known = await apiKeys.check(made.key);
    await run('key', 'revoke', made.id);

    expect(made).toMatchObject({ name: 'webshop', scopes: ['events:write', 'customers:read'] });
    expect(known?.scopes).toEqual(['events:write', 'customers:read']);
    expect(list).toContain(`${made.id}  `);
    expect(list).not.toContain(made.key);
    expect(await run('key', 'list')).toMatch(/There are no keys yet/);
  });

  it.each([
    [['key', 'create', '--name', 'webshop', '--scopes', 'everything'], /no scope "everything"/],
    [['key', 'create', '--name', ' ', '--scopes', 'events:write'], /1 to 100 characters/],
    [['key', 'revoke', 'nobody'], /there is no key nobody/],
  ])('refuses %j in one line', async (args, line) => {
    await expect(run(...args)).rejects.toThrow(line);
  });
});
