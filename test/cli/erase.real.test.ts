import { execFile } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { connect, disconnect } from '../../data/connect.ts';
import { customers } from '../../data/customers.ts';
import { migrate } from '../../data/migrate.ts';
import { playbooks } from '../../data/playbooks.ts';
import { aDataFolder } from '../support/data-folder.ts';
import { mongo } from '../support/servers.ts';
import { anEvent, aPlaybook, aReceive, somebody } from '../support/shop.ts';

jest.setTimeout(60_000);

const HASH_KEY = 'a hash key of the tests';

let env: NodeJS.ProcessEnv;
beforeAll(async () => {
  const uri = await mongo();

  env = {
    PATH: process.env.PATH,
    RAPPORT_DIR: await aDataFolder(),
    MONGODB_URI: uri,
    RAPPORT_HASH_KEY: HASH_KEY,
  };
  await connect(uri);
  await migrate();
  await playbooks.publish('of the test', aPlaybook());
});
afterAll(disconnect);

/** Runs `rapport … --json`; answers its exit code, and the last line of what it says. */
function rapport(...args: readonly string[]): Promise<{ readonly code: number; readonly last: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['cli/main.ts', ...args, '--json'], { env }, (error, out, err) => {
      const last = `${error ? err : out}`.trim().split('\n').at(-1) ?? '';
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, last });
    });
  });
}

async function aCustomer() {
  const an = somebody();
  const { receive } = aReceive({ hashKey: HASH_KEY });
  const [receipt] = await receive([anEvent(an)], 'api');
  return { ...an, customerId: receipt?.customerId ?? '' };
}

describe('rapport erase', () => {
  it.each([
    ['our id', (an: Somebody) => an.customerId],
    ['the shop’s id', (an: Somebody) => `shop:${an.id}`],
    ['the address', (an: Somebody) => an.email.toUpperCase()],
  ])('erases a customer by %s', async (_, nameOf) => {
    const an = await aCustomer();

    const { code, last } = await rapport('erase', nameOf(an));

    expect(code).toBe(0);
    expect(JSON.parse(last)).toMatchObject({ customerId: an.customerId });
    expect(await customers.byId(an.customerId)).toMatchObject({ erased: true });
  });

  it('says so where there is nobody', async () => {
    const { code, last } = await rapport('erase', 'nobody@example.com');

    expect({ code, last }).toEqual({ code: 1, last: expect.stringContaining('there is no customer') });
  });
});

type Somebody = Awaited<ReturnType<typeof aCustomer>>;

describe('rapport retain', () => {
  it('counts what the next night takes, and takes nothing itself', async () => {
    const { code, last } = await rapport('retain', '--dry-run');

    expect(code).toBe(0);
    const none = { written: 0, mails: 0, decisions: 0, requests: 0, inactive: 0 };
    expect(JSON.parse(last)).toEqual({ dryRun: true, counts: none });
    expect((await rapport('retain')).code).toBe(2);
  });
});
