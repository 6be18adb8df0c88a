import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Command } from 'commander';
import { requestCommand } from '../../cli/commands/request.ts';
import { connect, disconnect } from '../../data/connect.ts';
import { customers } from '../../data/customers.ts';
import { erasures } from '../../data/erasures.ts';
import { migrate } from '../../data/migrate.ts';
import { playbooks } from '../../data/playbooks.ts';
import { createReceiveRequest } from '../../data/receive-request.ts';
import type { PrivacyRequest } from '../../domain/privacy-request.ts';
import { aDataFolder } from '../support/data-folder.ts';
import { mongo } from '../support/servers.ts';
import { anEvent, aPlaybook, aReceive, somebody } from '../support/shop.ts';

jest.setTimeout(60_000);

const HASH_KEY = 'a hash key of the tests';

let uri: string;
let folder: string;
beforeAll(async () => {
  uri = await mongo();
  folder = await aDataFolder();
  process.env.MONGODB_URI = uri;
  process.env.RAPPORT_HASH_KEY = HASH_KEY;
  await connect(uri);
  await migrate();
  await playbooks.publish('of the test', aPlaybook());
});
afterAll(disconnect);

/** Runs `rapport request …`; answers what it printed, or why it failed. */
async function rapport(...args: readonly string[]): Promise<string> {
  const said: string[] = [];
  const program = new Command('rapport').option('--json').exitOverride();
  requestCommand(program);
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => said.push(`${text}`) > 0);
  try {
    await program.parseAsync(['request', ...args], { from: 'user' });
  } catch (error) {
    said.push(`failed: ${error instanceof Error ? error.message : error}`);
  } finally {
    write.mockRestore();
    await connect(uri); // a command disconnects at its end
  }
  return said.join('');
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

    const out = await rapport('list');

    expect(out).toContain(`rapport request export ${an.request}\n  rapport request answered ${an.request}`);
    expect(out).toContain(`rapport request erase ${bo.request}`);
    expect(out).toMatch(
      new RegExp(`tell-data {2}${an.id}, ${an.email} {2}\\(answer it by \\d{4}-\\d\\d-\\d\\d\\)`),
    );
  });

  it('writes the data that were asked for to a file of their own, for its owner alone', async () => {
    const an = await anAsker('tell-data');

    const out = await rapport('export', an.request, '--out', folder, '--lang', 'nl');

    const file = join(folder, `customer-${an.customerId}.json`);
    expect(out).toContain(`${file}\nRead it, hand it over, delete it; then rapport request answered`);
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({
      ...{ language: 'nl', customer: { id: an.customerId } },
      privacyRequests: [{ kind: 'tell-data' }],
    });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('says where the folder is missing, and writes nothing', async () => {
    const an = await anAsker('tell-data');

    expect(await rapport('export', an.request, '--out', join(folder, 'nowhere'))).toMatch(
      /^failed: .*nowhere/,
    );
  });

  it('erases whom a request is about, and tells later who had it done, without a name', async () => {
    const an = await anAsker('erase-customer');

    expect(await rapport('erase', an.request, '--by', 'anna')).toContain(`${an.customerId} is erased`);

    expect(await customers.byId(an.customerId)).toMatchObject({ erased: true });
    const out = await rapport('list', '--answered');
    expect(out).toContain(`erased (${an.customerId}; a worker is deleting what is left) on `);
    expect(out).toContain('by anna (command)');
    expect(out).not.toMatch(new RegExp(`${an.id}|${an.email}`));
    await erasures.done(an.customerId, Date.now());
    expect(await rapport('list', '--answered')).toMatch(/all of it gone on \d{4}-\d\d-\d\d\) on/);
  });

  it('says that a request was answered, once', async () => {
    const { request } = await anAsker('tell-data');

    expect(await rapport('answered', request, '--by', 'anna')).toBe('It is answered.\n');

    const none = `failed: there is no open request ${request}: rapport request list`;
    expect(await rapport('answered', request)).toBe(none);
    expect(await rapport('list', '--answered')).toContain('answered on ');
  });

  it('refuses what a request did not ask', async () => {
    const { request } = await anAsker('tell-data');

    const none = `failed: no open request ${request} asks that: rapport request list`;
    expect(await rapport('erase', request)).toBe(none);
  });
});
