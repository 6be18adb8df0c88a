import { chmod, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { BINARIES, findBinary, type Way } from '../../servers/binaries.ts';

async function aProgram(text: string): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'rapport-binaries-')), 'mongod');
  await writeFile(path, text);
  await chmod(path, 0o755);
  return path;
}

const finds =
  (path: string): Way =>
  async () =>
    path;
const fails =
  (reason: string): Way =>
  async () => {
    throw new Error(reason);
  };

describe('findBinary', () => {
  it('takes the first way that leads to a program that works', async () => {
    const good = await aProgram('#!/bin/sh\necho "db version v6.0.5"');
    const said: string[] = [];

    const found = await findBinary(BINARIES.mongod, {
      ways: [fails('not on the PATH'), finds(good), fails('never asked')],
      tell: (text) => said.push(text),
    });

    expect(found).toBe(good);
    expect(said).toEqual(['mongod: not on the PATH']);
  });

  it.each([
    ['is truncated', '\u007fELF'],
    ['is not MongoDB', '#!/bin/sh\necho hello'],
    ['is too old', '#!/bin/sh\necho "db version v3.6.8"'],
    ['fails', '#!/bin/sh\nexit 127'],
  ])('goes on when a program %s', async (_, text) => {
    const [bad, good] = [await aProgram(text), await aProgram('#!/bin/sh\necho "db version v8.0.4"')];

    expect(await findBinary(BINARIES.mongod, { ways: [finds(bad), finds(good)] })).toBe(good);
  });

  it('says in one line what each way said, and what to do', async () => {
    const ways = [
      fails('not on the PATH'),
      fails('fastdl.mongodb.org is out of reach'),
      fails('pip is not installed'),
    ];

    await expect(findBinary(BINARIES.mongod, { ways })).rejects.toThrow(
      'No mongod (not on the PATH; fastdl.mongodb.org is out of reach; pip is not installed): ' +
        'install MongoDB 5 or later (https://www.mongodb.com/docs), or name a replica set in MONGODB_URI.',
    );
  });
});
