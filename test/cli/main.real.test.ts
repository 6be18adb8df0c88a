import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { mongo } from '../support/servers.ts';

type Ended = { readonly code: number; readonly out: string; readonly err: string };

/** Runs `rapport` in an environment with nothing but these variables, and no Rapport nearby. */
async function rapport(args: readonly string[], variables: Record<string, string> = {}): Promise<Ended> {
  const dir = await mkdtemp(join(tmpdir(), 'rapport-cli-'));
  const env = { PATH: process.env.PATH, RAPPORT_DIR: dir, ...variables };
  return new Promise((resolve) => {
    execFile(process.execPath, ['cli/main.ts', ...args], { env }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
  });
}

describe('rapport', () => {
  it.each([
    ['a verb it does not have', ['fly'], "unknown command 'fly'"],
    ['a flag it does not have', ['migrate', '--fast'], "unknown option '--fast'"],
  ])('exits with 2 on %s', async (_, args, line) => {
    const { code, err } = await rapport(args);

    expect(code).toBe(2);
    expect(err).toContain(line);
  });

  it('lists its verbs', async () => {
    const { code, out } = await rapport(['--help']);

    expect(code).toBe(0);
    expect(out).toContain('migrate');
  });
});

describe('rapport migrate', () => {
  it('builds the indexes, and again changes nothing', async () => {
    const MONGODB_URI = await mongo();

    expect(await rapport(['migrate'], { MONGODB_URI })).toMatchObject({ code: 0 });
    const { code, out } = await rapport(['migrate', '--json'], { MONGODB_URI });

    expect(code).toBe(0);
    expect(JSON.parse(out.trim().split('\n').at(-1) ?? '')).toEqual({ migrated: true });
    const connection = await mongoose.createConnection(MONGODB_URI).asPromise();
    expect(Object.keys(await connection.collection('customers').indexInformation()).length).toBeGreaterThan(
      1,
    );
    await connection.close();
  });

  it.each([
    ['is not named', {}, /^MONGODB_URI is not set: name a server, or run npm start, which starts one\.$/m],
    [
      'is out of reach',
      { MONGODB_URI: 'mongodb://127.0.0.1:9/x' },
      /^MongoDB at 127\.0\.0\.1:9 cannot be used: .*$/m,
    ],
  ])(
    'exits with 1 and one line when MongoDB %s',
    async (_, variables: Record<string, string>, line) => {
      const { code, out, err } = await rapport(['migrate'], variables);

      expect({ code, out }).toEqual({ code: 1, out: '' });
      expect(err).toMatch(line);
    },
    20_000,
  );
});
