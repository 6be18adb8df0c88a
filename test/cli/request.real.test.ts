import { execFile } from 'node:child_process';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { connect, disconnect } from '../../data/connect.ts';
import { customers } from '../../data/customers.ts';
import { migrate } from '../../data/migrate.ts';
import { playbooks } from '../../data/playbooks.ts';
import { createReceiveRequest } from '../../data/receive-request.ts';
import type { PrivacyRequest } from '../../domain/privacy-request.ts';
import { aDataFolder } from '../support/data-folder.ts';
import { mongo } from '../support/servers.ts';
import { anEvent, aPlaybook, aReceive, somebody } from '../support/shop.ts';

jest.setTimeout(60_000);

const HASH_KEY = 'a hash key of the tests';

let env: NodeJS.ProcessEnv;
let folder: string;
beforeAll(async () => {
  const uri = await mongo();
  folder = await aDataFolder();
  env = { PATH: process.env.PATH, RAPPORT_DIR: folder, MONGODB_URI: uri, RAPPORT_HASH_KEY: HASH_KEY };
  await connect(uri);
  await migrate();
  await playbooks.publish('of the test', aPlaybook());
});
afterAll(disconnect);

type Ended = { readonly code: number; readonly out: string; readonly err: string };

function rapport(...args: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['cli/main.ts', 'request', ...args], { env }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
  });
}

const keep = createReceiveRequest({ hashKey: HASH_KEY, erasesByHand: true });

/** Somebody of whom a shop passes on what they ask. */
async function anAsker(kind: PrivacyRequest['kind']) {
  const an = somebody();
  const [receipt] = await aReceive({ hashKey: HASH_KEY }).receive([anEvent(an)], 'api');
  const about = { customerId: an.id, email: an.email, orders: [] };
  const { id } = await keep({ id: `shop/${kind}/${an.id}`, kind, source: 'shop', ...about }, Date.now());
  return { ...an, customerId: receipt?.customerId ?? '', request: id };
}

describe('rapport request', () => {
  it('lists what waits for a person, with what to do about it', async () => {
    const [an, bo] = [await anAsker('tell-data'), await anAsker('erase-customer')];

    const { code, out } = await rapport('list');

    expect(code).toBe(0);
    expect(out).toContain(`rapport request export ${an.request}\n  rapport request answered ${an.request}`);
    expect(out).toContain(`rapport request erase ${bo.request}`);
    expect(out).toMatch(
      new RegExp(`tell-data {2}${an.id}, ${an.email} {2}\\(answer it by \\d{4}-\\d\\d-\\d\\d\\)`),
    );
  });

  it('writes the data that were asked for to a file of their own, for its owner alone', async () => {
    const an = await anAsker('tell-data');

    const { code, out } = await rapport('export', an.request, '--out', folder, '--lang', 'nl');

    expect(code).toBe(0);
    const file = join(folder, `customer-${an.customerId}.json`);
    expect(out).toContain(`${file}\nRead it, hand it over, delete it; then rapport request answered`);
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({
      ...{ language: 'nl', customer: { id: an.customerId } },
      privacyRequests: [{ kind: 'tell-data' }],
    });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('erases whom a request is about, and tells later who had it done, without a name', async () => {
    const an = await anAsker('erase-customer');

    expect((await rapport('erase', an.request, '--by', 'anna')).code).toBe(0);

    expect(await customers.byId(an.customerId)).toMatchObject({ erased: true });
    const { out } = await rapport('list', '--answered');
    expect(out).toContain(`erased (${an.customerId}; a worker is deleting what is left) on `);
    expect(out).toContain('by anna (command)');
    expect(out).not.toMatch(new RegExp(`${an.id}|${an.email}`));
  });

  it('says that a request was answered, once', async () => {
    const { request } = await anAsker('tell-data');

    expect(await rapport('answered', request)).toMatchObject({ code: 0, out: 'It is answered.\n' });

    const { code, err } = await rapport('erase', request);
    const why = `no open request ${request} asks that: rapport request list\n`;
    expect({ code, err }).toEqual({ code: 1, err: why });
  });
});
