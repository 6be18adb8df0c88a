import { describe, expect, it } from '@jest/globals';
import { BadConfig, readConfig, readListenerConfig } from '../config.ts';

const enough = {
  MONGODB_URI: 'mongodb://127.0.0.1:27017/rapport?replicaSet=rapport',
  SMTP_URL: 'smtp://127.0.0.1:1025',
  TEMPORAL_ADDRESS: '127.0.0.1:7233',
  RAPPORT_SECRET: 'a-secret-of-the-shop',
  RAPPORT_HASH_KEY: 'a-key-that-never-changes',
};

/** The other of two that go together. */
const both = (name: string) =>
  name.includes('DKIM') ? { RAPPORT_DKIM_DOMAIN: 'shop.example', RAPPORT_DKIM_KEYS: '2027=key.pem' } : {};

const NEEDS_TLS =
  'PUBLIC_URL must start with https://, as mails link to it (only 127.0.0.1 and localhost go with http://).';

describe('readConfig', () => {
  it('fills in what the environment leaves out', () => {
    const config = readConfig({ ...enough, PORT: ' ' });

    expect(config).toMatchObject({
      port: 3000,
      publicUrl: 'http://127.0.0.1:3000',
      temporal: {
        address: '127.0.0.1:7233',
        namespace: 'default',
        connection: { address: '127.0.0.1:7233' },
      },
      sendTimeoutMs: 660_000,
      timeLapse: { speed: 1 },
    });
    expect(config).not.toHaveProperty('adminKey');
  });

  it('reads every variable', () => {
    const config = readConfig({
      ...enough,
      PORT: '8080',
      PUBLIC_URL: 'https://mail.shop.example/',
      TEMPORAL_NAMESPACE: 'shop',
      TEMPORAL_API_KEY: 'temporal-cloud',
      RAPPORT_SECRET: 'the-new-secret-of-2027, the-old-secret-of-2026',
      RAPPORT_SEND_TIMEOUT: '90 seconds',
      RAPPORT_ADMIN_KEY: 'rk_0123456789abcdef',
      RAPPORT_SHOPIFY_SECRET: 'of-2027, of-2026',
      RAPPORT_SPEED: '1440',
      RAPPORT_CLOCK: '1795000000000/850000000000',
    });

    expect(config).toMatchObject({
      port: 8080,
      publicUrl: 'https://mail.shop.example',
      temporal: { namespace: 'shop', connection: { apiKey: 'temporal-cloud' } },
      secrets: ['the-new-secret-of-2027', 'the-old-secret-of-2026'],
      sendTimeoutMs: 90_000,
      adminKey: 'rk_0123456789abcdef',
      webhookSecrets: { shopify: ['of-2027', 'of-2026'], woocommerce: [], standard: [] },
      timeLapse: { speed: 1440, wallStart: 1795000000000, logicalStart: 850000000000 },
    });
  });

  it.each([
    ['PORT', 'http', 'PORT must be a number.'],
    ['PORT', '70000', 'PORT must be 65535 or less.'],
    ['PUBLIC_URL', 'shop.example', NEEDS_TLS],
    ['PUBLIC_URL', 'http://127.0.0.1.shop.example', NEEDS_TLS],
    ['MONGODB_URI', 'localhost:27017', 'MONGODB_URI must start with mongodb:// or mongodb+srv://.'],
    ['MONGODB_URI', '', 'MONGODB_URI is not set: name a server, or run npm start, which starts one.'],
    ['SMTP_URL', 'mail.shop.example', 'SMTP_URL must start with smtp:// or smtps://.'],
    [
      'TEMPORAL_ADDRESS',
      '',
      'TEMPORAL_ADDRESS is not set: name a server, or run npm start, which starts one.',
    ],
    ['TEMPORAL_ADDRESS', 'https://temporal', 'TEMPORAL_ADDRESS must read host:port.'],
    ['TEMPORAL_PROFILE', 'nowhere', "Temporal's configuration: Profile 'nowhere' not found in config data."],
    ['RAPPORT_SECRET', 'short', 'RAPPORT_SECRET must have 16 characters or more.'],
    [
      'RAPPORT_HASH_KEY',
      '',
      'RAPPORT_HASH_KEY is not set: choose one and keep it; npm start makes one for local use.',
    ],
    ['RAPPORT_SEND_TIMEOUT', '11', 'RAPPORT_SEND_TIMEOUT must read like "90 seconds" or "11 minutes".'],
    ['RAPPORT_SHOPIFY_SECRET', 'one,,two', 'RAPPORT_SHOPIFY_SECRET holds an empty secret.'],
    [
      'RAPPORT_WEBHOOK_SECRET',
      'whsec_short',
      'RAPPORT_WEBHOOK_SECRET must be whsec_ and 24 bytes or more in base64.',
    ],
    [
      'RAPPORT_PROXIES',
      'proxy.example',
      'RAPPORT_PROXIES must list addresses or networks, as in 10.0.0.7 or 10.0.0.0/8, with commas.',
    ],
    ['RAPPORT_DKIM_DOMAIN', 'shop', 'RAPPORT_DKIM_DOMAIN must be a domain, as in shop.example.'],
    [
      'RAPPORT_DKIM_KEYS',
      '2027:key.pem',
      'RAPPORT_DKIM_KEYS must read selector=file, with commas: 2027=/run/secrets/dkim-2027.pem.',
    ],
    ['RAPPORT_DKIM_KEYS', 'a=1.pem, A=2.pem', 'RAPPORT_DKIM_KEYS names a selector twice.'],
    ['RAPPORT_SPEED', '0', 'RAPPORT_SPEED must be 1 or more.'],
    ['RAPPORT_CLOCK', 'noon', 'RAPPORT_CLOCK must be two moments that agree, <wall ms>/<logical ms>.'],
  ])('says in one line what is wrong with %s=%s', (name, value, line) => {
    expect(() => readConfig({ ...enough, ...both(name), [name]: value })).toThrow(new BadConfig(line));
  });

  it('reads who signs mail, the newest key first', () => {
    const keys = '2027=/run/secrets/new.pem, s.2026 = old=.pem';
    const { dkim } = readConfig({ ...enough, RAPPORT_DKIM_DOMAIN: 'Shop.Example', RAPPORT_DKIM_KEYS: keys });

    expect(dkim).toEqual({
      domain: 'shop.example',
      keys: [
        { selector: '2027', source: '/run/secrets/new.pem' },
        { selector: 's.2026', source: 'old=.pem' },
      ],
    });
    expect(() => readConfig({ ...enough, RAPPORT_DKIM_KEYS: keys })).toThrow(
      new BadConfig('RAPPORT_DKIM_DOMAIN and RAPPORT_DKIM_KEYS go together: set both, or neither.'),
    );
  });

  it('says everything at once, and quotes no secret', () => {
    expect(() => readConfig({ ...enough, PORT: '0', RAPPORT_HASH_KEY: 'hush' })).toThrow(
      new BadConfig('PORT must be 1 or more.\nRAPPORT_HASH_KEY must have 16 characters or more.'),
    );
  });
});

describe('readListenerConfig', () => {
  const { SMTP_URL, TEMPORAL_ADDRESS, ...listening } = enough;

  it('needs neither Temporal nor an SMTP server, and says where it listens', () => {
    const read = readListenerConfig({
      ...listening,
      RAPPORT_RETURN_PATH: 'Bounces.shop.example',
      RAPPORT_LISTEN: '[::1]:25',
    });

    expect(read).toMatchObject({ returnPath: 'bounces.shop.example', listen: { host: '::1', port: 25 } });
  });

  it.each([
    [{}, 'RAPPORT_RETURN_PATH is not set: name the domain whose mail comes to the listener.'],
    [{ RAPPORT_RETURN_PATH: 'bounces' }, 'RAPPORT_RETURN_PATH must be a domain, as in bounces.shop.example.'],
    [
      { RAPPORT_RETURN_PATH: 'b.shop.example', RAPPORT_LISTEN: '25' },
      'RAPPORT_LISTEN must read host:port, as in 0.0.0.0:25.',
    ],
    [{ RAPPORT_LISTEN_KEY: 'key.pem' }, 'RAPPORT_LISTEN_CERT and RAPPORT_LISTEN_KEY go together'],
    [{ RAPPORT_ERASE_REQUESTS: 'never' }, 'RAPPORT_ERASE_REQUESTS must be at-once or by-hand.'],
    [{ RAPPORT_SES_TOPIC: 'rapport' }, 'RAPPORT_SES_TOPIC must be the ARN of a topic, arn:aws:sns:….'],
  ])('says what to set: %j', (more, line) => {
    expect(() => readListenerConfig({ ...listening, ...more })).toThrow(line);
  });
});
