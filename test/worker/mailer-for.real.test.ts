import { execFile } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Environment, readConfig } from '../../config.ts';
import { connect, disconnect } from '../../data/connect.ts';
import { migrate } from '../../data/migrate.ts';
import { playbooks } from '../../data/playbooks.ts';
import { mailerFor } from '../../worker/mailer-for.ts';
import { aPlaybook } from '../support/builders.ts';
import { aDkimKey, pemOf, verdictOn } from '../support/dkim.ts';
import { GatedServer } from '../support/gated-server.ts';
import { mongo, temporal } from '../support/servers.ts';

const KEY = aDkimKey();
const RAW = 'From: Anna <hello@shop.example>\r\nSubject: Hi\r\n\r\nHello\r\n';

const server = new GatedServer();
let env: Environment;

beforeAll(async () => {
  await server.listen();
  const { address, namespace } = await temporal();
  env = {
    ...{ MONGODB_URI: await mongo(), TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace },
    ...{
      SMTP_URL: server.url,
      RAPPORT_SECRET: 'a secret of the tests',
      RAPPORT_HASH_KEY: 'a key of the tests',
    },
    ...{ RAPPORT_DKIM_DOMAIN: 'shop.example', RAPPORT_DKIM_KEYS: `2027=${pemOf(KEY.key)}` },
  };
  await connect(env.MONGODB_URI ?? '');
  await migrate();
  await playbooks.publish('of the test', aPlaybook([])); // from hello@shop.example
});
afterAll(async () => {
  await server.close();
  await disconnect();
});

describe('mailerFor', () => {
  it('signs what leaves, by the key that the environment names', async () => {
    const mailer = await mailerFor(readConfig(env));

    const outcome = await mailer.deliver(
      { from: 'hello@shop.example', to: 'an@example.com' },
      RAW,
      async () => undefined,
    );
    await mailer.close();

    expect(outcome.kind).toBe('accepted');
    expect(await verdictOn(server.messages.at(-1) ?? '', [KEY])).toBe('pass');
  });

  it('lets nothing leave, marketing or not, that the key does not stand for', async () => {
    const mailer = await mailerFor(readConfig(env));
    const before = server.messages.length;
    const raw = RAW.replace('shop.example', 'other.example');

    const outcome = await mailer.deliver(
      { from: 'a@other.example', to: 'an@example.com' },
      raw,
      async () => undefined,
    );
    await mailer.close();

    expect(outcome).toMatchObject({ kind: 'delayed', reply: expect.stringContaining('not signed') });
    expect(server.messages).toHaveLength(before);
  });
});

describe('a worker', () => {
  it.each([
    [
      'of another domain than the mails',
      { RAPPORT_DKIM_DOMAIN: 'other.example' },
      'does not cover mail from shop.example',
    ],
    ['that is not there', { RAPPORT_DKIM_KEYS: '2027=lost.pem' }, 'cannot be read from its file (ENOENT)'],
  ])('does not start with a key %s, and says so in one line', async (_, changed, why) => {
    const { code, stderr } = await start({ ...env, ...changed });

    expect(code).toBe(1);
    expect(stderr).toContain(why);
    expect(stderr.trim().split('\n')).toEqual([
      expect.stringMatching(/^DkimRefused: RAPPORT_DKIM_KEYS: the key of "2027" /),
    ]);
  });
});

function start(environment: Environment): Promise<{ code: number; stderr: string }> {
  return new Promise((resolve) => {
    const all = { env: { ...process.env, ...environment, NODE_NO_WARNINGS: '1' }, timeout: 50_000 };
    execFile(process.execPath, ['worker/main.ts'], all, (error, _stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stderr }),
    );
  });
}
