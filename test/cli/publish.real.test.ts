import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Command } from 'commander';
import { playbookCommand } from '../../cli/commands/playbook.ts';
import { connect, disconnect } from '../../data/connect.ts';
import { playbooks } from '../../data/playbooks.ts';
import { mongo } from '../support/servers.ts';

const DEFAULT = 'playbooks/default.yaml';

let uri = '';
let folder = '';

beforeAll(async () => {
  uri = await mongo();
  process.env.MONGODB_URI = uri;
  folder = await mkdtemp(join(tmpdir(), 'rapport-'));
});
afterAll(async () => {
  await disconnect();
  await rm(folder, { recursive: true });
});

/** Publishes a file, and gives the command's result. */
async function publish(file: string) {
  const program = new Command('rapport').option('--json').exitOverride();
  playbookCommand(program);
  const lines: string[] = [];
  const write = jest
    .spyOn(process.stdout, 'write')
    .mockImplementation((text) => lines.push(String(text)) > 0);
  try {
    await program.parseAsync(['--json', 'playbook', 'publish', file], { from: 'user' });
    return { ...JSON.parse(lines.join('')), code: Number(process.exitCode ?? 0) };
  } finally {
    write.mockRestore();
    process.exitCode = 0;
  }
}

async function current() {
  await connect(uri);
  return playbooks.current();
}

describe('rapport playbook publish', () => {
  it('makes each edit the next version, the same text only once, and a mistake never', async () => {
    const edited = join(folder, 'edited.yaml');
    await writeFile(edited, (await readFile(DEFAULT, 'utf8')).replace('after: 1 hour', 'after: 2 hours'));
    const wrong = join(folder, 'wrong.yaml');
    await writeFile(wrong, (await readFile(DEFAULT, 'utf8')).replace('after: 1 hour', 'after: soon'));

    expect(await publish(DEFAULT)).toMatchObject({ accepted: true, version: 1, code: 0 });
    expect(await publish(DEFAULT)).toMatchObject({ version: 1 });
    expect(await publish(edited)).toMatchObject({ version: 2 });
    expect(await publish(wrong)).toMatchObject({ accepted: false, code: 1 });

    const inForce = await current();
    expect(inForce?.version).toBe(2);
    expect(inForce?.touches.find(({ name }) => name === 'thank-you')?.after).toEqual({ hours: 2 });
  });
});
