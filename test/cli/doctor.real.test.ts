import { execFile } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Dns } from '../../cli/doctor/dns.ts';
import { examine } from '../../cli/doctor/examine.ts';
import { type Environment, readConfig } from '../../config.ts';
import { connect, disconnect } from '../../data/connect.ts';
import { migrate } from '../../data/migrate.ts';
import { playbooks } from '../../data/playbooks.ts';
import { isFine, PROVIDERS } from '../../domain/check.ts';
import type { Found } from '../../domain/mail-records.ts';
import { readPlaybook } from '../../domain/read-playbook.ts';
import { dkimRecord } from '../../mail/dkim-keys.ts';
import { aDkimKey, pemOf } from '../support/dkim.ts';
import { mongo, temporal } from '../support/servers.ts';
import { TlsServer } from '../support/tls-server.ts';

const ALL = [...PROVIDERS];
const WAY_IN = 'the way in, as a worker takes it';
const KEY = aDkimKey({ domain: 'example.com' });
const YAML = `shop:
  { name: Plaat, from: anna, replyTo: hello@example.com, locale: nl, timeZone: Europe/Amsterdam, currency: EUR,
    address: 'Kade 1, 9711 AA Groningen', url: 'https://www.example.com' }
phases:
  first-contact:
    touches: { welcome: { on: entering, topic: news, expires: 7 days } }
`;
/** What DNS holds of a shop that has all in place. */
const ZONE: Readonly<Record<string, string>> = {
  'txt example.com': 'v=spf1 include:relay.example -all',
  'txt _dmarc.example.com': 'v=DMARC1; p=none; rua=mailto:dmarc@example.com',
  'txt 2027._domainkey.example.com': dkimRecord(KEY),
  'mx example.com': 'mx.example.com',
};

const server = new TlsServer();
let env: Record<string, string>;

beforeAll(async () => {
  await server.listen();
  const { address, namespace } = await temporal();
  env = {
    ...{ MONGODB_URI: await mongo(), TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace },
    ...{ SMTP_URL: server.url(), PUBLIC_URL: 'https://rapport.example.com' },
    ...{ RAPPORT_SECRET: 'a secret of the tests', RAPPORT_HASH_KEY: 'a hash key of the tests' },
    ...{ RAPPORT_DKIM_DOMAIN: 'example.com', RAPPORT_DKIM_KEYS: `2027=${pemOf(KEY.key)}` },
  };
  await connect(env.MONGODB_URI ?? '');
  await migrate();
  const read = readPlaybook(YAML, { templates: ['thank-you', 'welcome'] });
  if (read.kind === 'read') await playbooks.publish(YAML, read.playbook);
  await disconnect();
}, 60_000);
afterAll(() => server.close());

/** A DNS that holds a zone, and knows for sure that there is nothing else; or that never answers. */
function aDns(zone: Readonly<Record<string, string>> | undefined): Dns {
  const ask =
    (type: string) =>
    async (name: string): Promise<Found> => {
      if (!zone) return { kind: 'unanswered' };
      const record = zone[`${type} ${name}`];
      return record === undefined ? { kind: 'none' } : { kind: 'found', records: [record] };
    };
  return { txt: ask('txt'), mx: ask('mx'), addresses: ask('addresses'), names: ask('names') };
}

type Otherwise = { readonly env?: Environment; readonly dns?: Dns; readonly status?: number };

/** What the doctor says of a shop that has all in place, but for this. */
function checksOf({ env: changed = {}, dns = aDns(ZONE), status = 200 }: Otherwise = {}) {
  const post = async () => new Response(null, { status });
  return examine(readConfig({ ...env, ...changed }), { dns, fetch: post, templates: 'templates' });
}

const zoneBut = (changed: Readonly<Record<string, string>>) => ({ dns: aDns({ ...ZONE, ...changed }) });

describe('examine', () => {
  it('finds nothing that would be refused where all is in place', async () => {
    const checks = await checksOf();

    expect(checks.filter(({ verdict }) => verdict !== 'ok')).toEqual([
      expect.objectContaining({
        check: 'TLS to 127.0.0.1',
        verdict: 'warning',
        says: expect.stringMatching(/^TLSv1\.\d; its certificate is not trusted: /),
      }),
    ]);
    expect(isFine(checks)).toBe(true);
    expect(checks.map(({ check }) => check)).toEqual(
      expect.arrayContaining([
        ...[
          'MongoDB',
          'Temporal',
          'playbook, version 1',
          'postal address',
          'stop',
          'the way in, as a worker takes it',
        ],
        ...[
          'SPF of example.com',
          'DKIM selector 2027',
          'DKIM key 2027._domainkey.example.com',
          'MX of example.com',
        ],
        ...['DMARC of example.com', 'alignment with From example.com', 'leaving by one click'],
      ]),
    );
  });

  it.each<[string, Otherwise, string, readonly string[]]>([
    ['no SPF', zoneBut({ 'txt example.com': 'x' }), 'SPF of example.com', ALL],
    [
      'another key in DNS',
      zoneBut({ 'txt 2027._domainkey.example.com': 'p=THEIRS' }),
      'DKIM key 2027._domainkey.example.com',
      ALL,
    ],
    ['no DMARC', zoneBut({ 'txt _dmarc.example.com': '' }), 'DMARC of example.com', ALL],
    ['pages without TLS', { env: { PUBLIC_URL: '' } }, 'leaving by one click', ['Gmail', 'Yahoo']],
    ['a page that is not found', { status: 404 }, 'leaving by one click', ['Gmail', 'Yahoo']],
    ['a page that leads elsewhere', { status: 303 }, 'leaving by one click', ['Gmail', 'Yahoo']],
  ])('says who would refuse mail with %s', async (_, otherwise, name, refusedBy) => {
    const checks = await checksOf(otherwise);

    expect(checks.filter(({ verdict }) => verdict === 'refused')).toEqual([
      expect.objectContaining({ check: name, refusedBy, mend: expect.any(String) }),
    ]);
  });

  it.each<[string, () => Environment, string, RegExp]>([
    ['a wrong password', () => ({ SMTP_URL: server.url('wrong') }), WAY_IN, /Invalid login/],
    ['a certificate of nobody', () => ({ SMTP_URL: server.url('right', false) }), WAY_IN, /certificate/],
    ['no mail server', () => ({ SMTP_URL: 'smtp://127.0.0.1:1' }), 'mail server 127.0.0.1:1', /ECONNREFUSED/],
    ['a key that is none', () => ({ RAPPORT_DKIM_KEYS: '2027=lost.pem' }), 'DKIM', /ENOENT/],
    [
      'a key of another domain',
      () => ({ RAPPORT_DKIM_DOMAIN: 'other.example' }),
      'DKIM selector 2027',
      /cover/,
    ],
  ])('says that no mail leaves with %s', async (_, changed, name, says) => {
    const checks = await checksOf({ env: changed() });

    const found = checks.find(({ check }) => check === name);
    expect(found).toMatchObject({ verdict: 'broken', says: expect.stringMatching(says) });
    expect(isFine(checks)).toBe(false);
    expect(JSON.stringify(checks)).not.toMatch(/PRIVATE KEY|wrong/);
  });

  it('blames nobody for what could not be looked up', async () => {
    const checks = await checksOf({ dns: aDns(undefined) });

    expect(checks.filter(({ verdict }) => verdict === 'unknown')).toHaveLength(4);
    expect(isFine(checks)).toBe(true);
  });
});

describe('rapport doctor', () => {
  it('says what each provider would refuse, and how to mend it, or the same as JSON; and ends with 1', async () => {
    const local = { ...env, PUBLIC_URL: '' };
    const [told, json] = await Promise.all([run(local), run(local, '--json')]);

    expect(told.stdout).toMatch(/^refused +leaving by one click: .* \[.*Gmail, Yahoo\]$/m);
    expect(told.stdout).toMatch(/^ +→ set PUBLIC_URL/m);
    expect(told.stdout).toMatch(/^Gmail would refuse mail to many: .*leaving by one click/m);
    expect(JSON.parse(json.stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({
      fine: false,
      refusedBy: expect.arrayContaining(['Gmail', 'Yahoo']),
    });
    expect([told.code, json.code]).toEqual([1, 1]);
  });
});

function run(env: Environment, ...flags: readonly string[]): Promise<{ code: number; stdout: string }> {
  const args = ['cli/main.ts', 'doctor', ...flags];
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      args,
      { env: { ...process.env, ...env, RAPPORT_DIR: '/nowhere' } },
      (error, stdout) => resolve({ code: error ? Number(error.code) : 0, stdout }),
    );
  });
}
