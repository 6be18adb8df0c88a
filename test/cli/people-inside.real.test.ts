import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Command } from 'commander';
import { playbookCommand } from '../../cli/commands/playbook.ts';
import { connect, disconnect } from '../../data/connect.ts';
import { migrate } from '../../data/migrate.ts';
import { playbooks } from '../../data/playbooks.ts';
import { decideOn } from '../support/people.ts';
import { FIRST, playbookOf } from '../support/people-inside.ts';
import { mongo } from '../support/servers.ts';
import { anEvent, aPurchase, somebody } from '../support/shop.ts';

let uri = '';
let folder = '';
let edited = '';

beforeAll(async () => {
  uri = await mongo();
  process.env.MONGODB_URI = uri;
  folder = await mkdtemp(join(tmpdir(), 'rapport-'));
  edited = join(folder, 'edited.yaml');
  const more = '  reasons: { on: entering, after: 12 days, topic: news }\n';
  await writeFile(
    edited,
    FIRST.replace('after: 6 days', 'after: 8 days').replace('always:\n', `always:\n${more}`),
  );

  await connect(uri);
  await migrate();
  await playbooks.publish(FIRST, playbookOf(FIRST));
  const at = Date.now();
  await decideOn([0, 1, 2].map(() => aPurchase(somebody(), { at })));
  await decideOn([anEvent(somebody(), { type: 'sign-up', at })]);
  await disconnect();
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));

/** Runs a command, and gives its result as JSON, or what it says as text. */
async function run(...args: readonly string[]) {
  const program = new Command('rapport').option('--json').exitOverride();
  playbookCommand(program);
  const lines: string[] = [];
  const keep = (text: unknown) => lines.push(String(text)) > 0;
  const out = jest.spyOn(process.stdout, 'write').mockImplementation(keep);
  const err = jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
  try {
    await program.parseAsync(args, { from: 'user' });
    return lines.join('');
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
}

async function resultOf(...args: readonly string[]) {
  return JSON.parse(await run('--json', 'playbook', ...args));
}

describe('rapport playbook, with people inside', () => {
  it('counts what an edit would do, and publishes nothing', async () => {
    const { preview, against, version } = await resultOf('preview', edited, '--add-entering', 'reasons');

    expect({ against, version }).toEqual({ against: 1, version: undefined });
    expect(preview).toMatchObject({ journeys: 4, wakes: 0 }); // a thank-you, a welcome come first
    const later = preview.touches.find(({ touch }: { touch: string }) => touch === 'how-was-it');
    expect(later).toMatchObject({ later: 3, kept: 0 });
    expect(later.examples).toHaveLength(3);
    const added = preview.touches.find(({ touch }: { touch: string }) => touch === 'reasons');
    expect(added).toMatchObject({ added: 4 });
  });

  it('shows the counts as a table', async () => {
    const text = await run('playbook', 'preview', edited);

    expect(text).toContain('Compared with version 1; 4 people inside, 0 of their journeys wake.');
    expect(text).toMatch(/how-was-it +0 +0 +3 +0 +0\n/);
  });

  it('refuses to add what is no touch of entering', async () => {
    await expect(run('playbook', 'preview', edited, '--add-entering', 'care')).rejects.toThrow(
      '--add-entering care: the playbook has no such touch "on: entering"',
    );
  });

  it('publishes only what was said yes to, rolls back, and lists what was published', async () => {
    await expect(run('playbook', 'publish', edited)).rejects.toThrow('look at the preview, then add --yes');

    expect(await resultOf('publish', edited, '--yes')).toMatchObject({ version: 2, against: 1 });
    expect(await resultOf('roll-back', '1', '--yes')).toMatchObject({ version: 3, against: 2 });

    const { versions } = await resultOf('versions');
    expect(versions).toMatchObject([
      { version: 3, by: 'cli', restores: 1, telling: { state: 'going-over' } },
      { version: 2, by: 'cli', telling: { state: 'overtaken' } },
      { version: 1, telling: { state: 'done' } },
    ]);
    expect(await run('playbook', 'versions')).toMatch(
      /^3 {2}.* {2}cli {2}again version 1 {2}going-over: 0 of 0/,
    );
    await expect(run('playbook', 'roll-back', '9')).rejects.toThrow('there is no version 9');
    await connect(uri);
    expect(await playbooks.source(3)).toBe(FIRST);
    await disconnect();
  });
});
