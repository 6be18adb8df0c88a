import { mkdtemp, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { takeFolder } from '../../servers/folder.ts';
import { keepPorts, localEnvironment, localSecrets, readPorts } from '../../servers/local.ts';

const aFolder = () => mkdtemp(join(tmpdir(), 'rapport-local-'));

describe('localSecrets', () => {
  it('makes secrets once, for their owner alone', async () => {
    const dir = await aFolder();

    const made = await localSecrets(dir);
    const again = await localSecrets(dir);

    expect(made.isNew).toBe(true);
    expect(made.RAPPORT_ADMIN_KEY).toMatch(/^rk_[\w-]{43}$/);
    expect(again).toEqual({ ...made, isNew: false });
    expect((await stat(join(dir, 'secret'))).mode & 0o777).toBe(0o600);
  });
});

describe('readPorts', () => {
  it('has the usual ports at first, and those of last time later', async () => {
    const dir = await aFolder();
    const usual = await readPorts(dir);

    await keepPorts(dir, { ...usual, mongodb: 27018 });

    expect(usual).toEqual({
      ...{ mongodb: 27017, temporal: 7233, ui: 8233, smtp: 1025, inbox: 8025, listener: 2525 },
    });
    expect(await readPorts(dir)).toEqual({ ...usual, mongodb: 27018 });
  });
});

describe('localEnvironment', () => {
  it('names the servers of a running npm start, where the environment names none', async () => {
    const dir = await aFolder();
    await localSecrets(dir);
    await takeFolder(dir);

    const env = await localEnvironment(dir, { SMTP_URL: 'smtp://mail.shop.example', TEMPORAL_ADDRESS: ' ' });

    expect(env).toMatchObject({
      MONGODB_URI: 'mongodb://127.0.0.1:27017/rapport?replicaSet=rapport',
      TEMPORAL_ADDRESS: '127.0.0.1:7233',
      SMTP_URL: 'smtp://mail.shop.example',
      RAPPORT_ADMIN_KEY: expect.stringContaining('rk_'),
    });
  });

  it('names no server where none runs', async () => {
    expect(await localEnvironment(await aFolder(), {})).toEqual({});
  });
});
