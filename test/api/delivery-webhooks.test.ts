import { createSign, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { ApiDeps } from '../../api/deps.ts';
import type { Tell, Told } from '../../data/reports.ts';
import { sendToken } from '../../domain/return-path.ts';
import { sendRef } from '../../domain/send-ref.ts';
import { anApi, aWorld, fakes } from '../support/api.ts';
import { CUSTOMER_ID } from '../support/builders.ts';
import { CERTIFICATE, KEY } from '../support/certificate.ts';

const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:rapport';
const CERT_URL = 'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem';
const PASSWORD = 'a password of the tests';
const TOKEN = sendToken('a secret of the tests', CUSTOMER_ID, 'the-key');

/** A server whose reports are noted, and who is asked for what over https. */
async function aServer({ certificate = CERTIFICATE } = {}) {
  const taken: unknown[] = [];
  const fetched: string[] = [];
  const note = (about: object) => async (what: unknown, tell: Told | Tell) => {
    taken.push({ ...about, what, told: typeof tell === 'function' ? await tell(undefined) : tell });
    return 'kept' as const;
  };
  const deps: Partial<ApiDeps> = {
    settings: { ...fakes(aWorld()).settings, providers: { sesTopic: TOPIC, postmark: [PASSWORD] } },
    reports: {
      ofMail: note({ by: 'mail' }),
      ofAddress: note({ by: 'address' }),
      ofConfirmation: async () => 'unheard',
    },
    fetchText: async (url) => {
      fetched.push(url);
      return certificate;
    },
  };
  const app = await anApi(aWorld(), deps);
  const post = (url: string, body: unknown, headers = {}) =>
    app.inject({
      method: 'POST',
      url,
      headers: { 'content-type': 'text/plain', ...headers },
      payload: JSON.stringify(body),
    });
  return { taken, fetched, post };
}

const FIELDS = ['Message', 'MessageId', 'Subject', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'];

/** A message as Amazon SNS signs it. */
function signed(message: Readonly<Record<string, string>>, version: '1' | '2' = '2', key = KEY) {
  const whole: Readonly<Record<string, string>> = {
    ...{ MessageId: 'm-1', TopicArn: TOPIC, Timestamp: '2026-11-22T12:00:00.000Z', Type: 'Notification' },
    ...{ Message: '{}', ...message },
  };
  const text = FIELDS.filter((field) => whole[field] !== undefined).map(
    (field) => `${field}\n${whole[field]}\n`,
  );
  const sign = createSign(version === '1' ? 'RSA-SHA1' : 'RSA-SHA256').update(text.join(''));
  return {
    SigningCertURL: CERT_URL,
    SignatureVersion: version,
    ...whole,
    Signature: sign.sign(key, 'base64'),
  };
}

const BOUNCE = JSON.stringify({
  notificationType: 'Bounce',
  mail: { source: 'help@shop.example', headers: [{ name: 'X-Rapport-Send', value: TOKEN }] },
  bounce: {
    ...{ bounceType: 'Permanent', bounceSubType: 'General', feedbackId: 'f-1' },
    bouncedRecipients: [{ emailAddress: 'an@example.com', status: '5.1.1' }],
  },
});

describe('/webhooks/ses', () => {
  it.each(['1', '2'] as const)(
    'takes what is signed by version %s, by the mail that it names',
    async (version) => {
      const { post, taken, fetched } = await aServer();

      for (let n = 0; n < 2; n++) {
        const answer = await post('/webhooks/ses', signed({ Message: BOUNCE, Subject: 'Bounce' }, version));
        expect([answer.statusCode, answer.json()]).toEqual([200, { taken: ['kept'] }]);
      }

      expect(taken[0]).toEqual({
        by: 'mail',
        what: { kind: 'bounce', customerId: CUSTOMER_ID, ref: sendRef('the-key') },
        told: { report: { kind: 'bounce', class: 'hard', status: '5.1.1' }, how: 'provider' },
      });
      expect(fetched).toEqual([CERT_URL]); // once
    },
  );

  it('takes it by the address where no mail of ours is named', async () => {
    const { post, taken } = await aServer();
    await post('/webhooks/ses', signed({ Message: BOUNCE.replace(TOKEN, 'forged') }));

    expect(taken).toMatchObject([
      { by: 'address', what: 'key-of-an', told: { id: expect.stringMatching(/^\w{16}$/) } },
    ]);
  });

  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const elsewhere = (SigningCertURL: string) => ({ ...signed({ Message: BOUNCE }), SigningCertURL });

  it.each<[string, object]>([
    [
      'signed by somebody else',
      signed({ Message: BOUNCE }, '2', privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()),
    ],
    ['changed on its way', { ...signed({ Message: '{}' }), Message: BOUNCE }],
    ['of another topic', signed({ Message: BOUNCE, TopicArn: `${TOPIC}-2` })],
    ['whose certificate is elsewhere', elsewhere('https://sns.eu-west-1.amazonaws.com.evil.example/x.pem')],
    ['whose certificate is in a bucket', elsewhere('https://s3.amazonaws.com/evil/x.pem')],
    [
      'whose certificate hides its host',
      elsewhere('https://evil.example/?https://sns.eu-west-1.amazonaws.com/x.pem'),
    ],
    ['whose certificate is not encrypted', elsewhere(CERT_URL.replace('https', 'http'))],
    ['that is something else', { Type: 'Notification' }],
  ])('refuses one %s', async (_what, body) => {
    const { post, taken } = await aServer();

    expect((await post('/webhooks/ses', body)).statusCode).toBe(401);
    expect(taken).toEqual([]);
  });

  it('confirms the subscription of its topic, at Amazon only', async () => {
    const { post, fetched } = await aServer();
    const confirmation = {
      Type: 'SubscriptionConfirmation',
      Token: 't',
      Message: 'You have chosen to subscribe',
    };
    const url = 'https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=x&Token=t';

    expect((await post('/webhooks/ses', signed({ ...confirmation, SubscribeURL: url }))).statusCode).toBe(
      200,
    );
    expect(fetched).toEqual([CERT_URL, url]);
    const evil = signed({ ...confirmation, SubscribeURL: 'https://10.0.0.1/' });
    expect((await post('/webhooks/ses', evil)).statusCode).toBe(401);
    expect(fetched).toHaveLength(2);
  });

  it('asks to try again while the certificate cannot be had', async () => {
    const { post } = await aServer({ certificate: 'a page that says no' });

    expect((await post('/webhooks/ses', signed({ Message: BOUNCE }))).statusCode).toBe(503);
  });
});

describe('/webhooks/postmark', () => {
  const body = {
    RecordType: 'Bounce',
    ID: 42,
    Type: 'HardBounce',
    Email: 'an@example.com',
    Metadata: { 'rapport-send': TOKEN },
  };
  const as = (password: string) => ({
    authorization: `Basic ${Buffer.from(`any:${password}`).toString('base64')}`,
  });

  it('takes what comes with its password', async () => {
    const { post, taken } = await aServer();
    const answer = await post('/webhooks/postmark', body, as(PASSWORD));

    expect(answer.json()).toEqual({ taken: ['kept'] });
    expect(taken).toMatchObject([
      { by: 'mail', what: { customerId: CUSTOMER_ID }, told: { report: { class: 'hard' } } },
    ]);
  });

  it.each([[{}], [as('a guess')], [{ authorization: 'Basic !' }], [{ authorization: `Bearer ${PASSWORD}` }]])(
    'refuses %j',
    async (headers) => {
      const { post, taken } = await aServer();

      expect((await post('/webhooks/postmark', body, headers)).statusCode).toBe(401);
      expect(taken).toEqual([]);
    },
  );
});

describe('a provider that is not connected', () => {
  it.each(['ses', 'postmark'])('is not listened to: %s', async (provider) => {
    const app = await anApi();

    expect((await app.inject({ method: 'POST', url: `/webhooks/${provider}`, payload: {} })).statusCode).toBe(
      404,
    );
  });
});
