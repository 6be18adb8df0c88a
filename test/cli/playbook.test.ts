import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Command } from 'commander';
import { playbookCommand } from '../../cli/commands/playbook.ts';

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rapport-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** Runs the command, and gives what it printed with its exit code. */
async function run(...args: readonly string[]): Promise<{ readonly out: string; readonly code: number }> {
  const program = new Command('rapport').option('--json').exitOverride();
  playbookCommand(program);
  const lines: string[] = [];
  const write = jest
    .spyOn(process.stdout, 'write')
    .mockImplementation((text) => lines.push(String(text)) > 0);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return { out: lines.join(''), code: Number(process.exitCode ?? 0) };
  } finally {
    write.mockRestore();
    process.exitCode = 0;
  }
}

describe('rapport playbook check', () => {
  it('accepts the default playbook with its templates', async () => {
    const { out, code } = await run('playbook', 'check', 'playbooks/default.yaml');

    expect(out).toContain('"referral-invitation" will be skipped [warning]\n');
    expect(out).toMatch(/\nAccepted: 41 touches, \d+ warnings\.\n$/);
    expect(code).toBe(0);
  });

  it('says line by line what is wrong, and exits 1', async () => {
    const file = join(folder, 'wrong.yaml');
    const text = await readFile('playbooks/default.yaml', 'utf8');
    await writeFile(file, text.replace('quiet:', 'quite:').replace('9:30', '9:3'));

    const line = text.split('\n').findIndex((one) => one.includes('quiet:')) + 1;

    const { out, code } = await run('playbook', 'check', file);

    expect(out).toContain(
      `${file}, line ${line}, contact.quite: unknown key "quite" (did you mean "quiet"?)`,
    );
    expect(out).toContain('Refused: 2 mistakes.');
    expect(code).toBe(1);
  });

  it('prints the result as JSON', async () => {
    const file = join(folder, 'empty.yaml');
    await writeFile(file, '');

    const { out } = await run('--json', 'playbook', 'check', file);

    expect(JSON.parse(out)).toMatchObject({ accepted: false, errors: [{ line: 1 }], warnings: [] });
  });

  it('says which file it cannot read', async () => {
    await expect(run('playbook', 'check', 'no-such.yaml')).rejects.toThrow(
      'cannot read the playbook no-such.yaml',
    );
  });
});
