import { createSign } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { createSnsCheck, requireSubscribeUrl } from '../../api/webhooks/sns-signature.ts';
import { NOON } from '../support/builders.ts';
import { CERTIFICATE, KEY } from '../support/certificate.ts';

const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:rapport';
const HOST = 'https://sns.eu-west-1.amazonaws.com';
const CERT_URL = `${HOST}/SimpleNotificationService-1.pem`;

/** A certificate made for the tests, made out to `evil.example`. */
const THEIRS = `-----BEGIN CERTIFICATE-----
MIIBhTCCASugAwIBAgIUDOX/Wm06KBhA7SCUoRKIlyNTlDwwCgYIKoZIzj0EAwIw
FzEVMBMGA1UEAwwMZXZpbC5leGFtcGxlMCAXDTI2MTEyMzAxMTAzNVoYDzIxMjYx
MDMwMDExMDM1WjAXMRUwEwYDVQQDDAxldmlsLmV4YW1wbGUwWTATBgcqhkjOPQIB
BggqhkjOPQMBBwNCAASvDjxN9pmFMspnUQpE86hbBX/ym5RcwIUkVb0t/+Ep7p/8
FZ2t5oj2+LLwzGzQ/13FtT0tIN2yOY8XN7FghAcyo1MwUTAdBgNVHQ4EFgQUN2aj
hBZ7p7ChSFdmR4Sw59O5P9cwHwYDVR0jBBgwFoAUN2ajhBZ7p7ChSFdmR4Sw59O5
P9cwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiBfg23utTiSiKEK
b7ijxandoNHit29gY9os6YZ2xlJSGgIhAMQtfBw0qgaURwptozKcsSqXADkgjXg7
19ctZ5CzHc35
-----END CERTIFICATE-----
`;

/** A message that is signed well, whose certificate is said to be somewhere. */
function aMessage(SigningCertURL: string) {
  const message = {
    ...{ Message: '{}', MessageId: 'm-1', Timestamp: '2026-11-22T12:00:00.000Z' },
    ...{ TopicArn: TOPIC, Type: 'Notification' },
  };
  const text = Object.entries(message).map(([field, value]) => `${field}\n${value}\n`);
  const Signature = createSign('RSA-SHA256').update(text.join('')).sign(KEY, 'base64');
  return { ...message, SignatureVersion: '2', Signature, SigningCertURL };
}

/** Whether the message is let through, and what was fetched for it. */
async function checked({ url = CERT_URL, certificate = CERTIFICATE, now = NOON } = {}) {
  const fetched: string[] = [];
  const fetchText = async (from: string) => {
    fetched.push(from);
    return certificate;
  };
  const check = createSnsCheck(TOPIC, fetchText, () => now);
  const status = await check(aMessage(url)).then(
    () => 200,
    (problem: unknown) => problem,
  );
  return { status, fetched };
}

describe('createSnsCheck', () => {
  it.each([CERT_URL, 'https://sns.cn-north-1.amazonaws.com.cn/SimpleNotificationService-a4_b-9.pem'])(
    'lets through what is signed by the certificate at %s',
    async (url) => {
      expect(await checked({ url })).toEqual({ status: 200, fetched: [url] });
    },
  );

  it.each([
    `${HOST}/?Action=GetTopicAttributes&TopicArn=x&X-Amz-Signature=0`,
    `${HOST}/SimpleNotificationService-1.pem?Action=GetTopicAttributes`,
    `${HOST}/SimpleNotificationService-1.pem#x`,
    `${HOST}/elsewhere/SimpleNotificationService-1.pem`,
    `${HOST}/../SimpleNotificationService-1.pem`,
    `${HOST}/other.pem`,
    `${HOST}:8443/SimpleNotificationService-1.pem`,
    `${HOST.replace('//', '//user@')}/SimpleNotificationService-1.pem`,
    `${CERT_URL}\n`,
  ])('opens nothing at %j, whatever the signature', async (url) => {
    expect(await checked({ url })).toMatchObject({ status: { statusCode: 401 }, fetched: [] });
  });

  it.each([
    ['text before it', `<DisplayName>\n${CERTIFICATE}`],
    ['text after it', `${CERTIFICATE}\n</DisplayName>`],
    ['another beside it', `${CERTIFICATE}\n${CERTIFICATE}`],
    ['another’s name on it', THEIRS],
    ['nothing but text', 'a page that says no'],
  ])('takes no certificate with %s', async (_what, certificate) => {
    expect(await checked({ certificate })).toMatchObject({ status: { statusCode: 503 } });
  });

  it('takes no certificate that is out of date', async () => {
    expect(await checked({ now: Date.UTC(2127, 0, 1) })).toMatchObject({ status: { statusCode: 401 } });
  });
});

describe('requireSubscribeUrl', () => {
  it('lets through what confirms a subscription', () => {
    const url = `${HOST}/?Action=ConfirmSubscription&TopicArn=${TOPIC}&Token=2336412f37`;
    expect(() => requireSubscribeUrl(url)).not.toThrow();
  });

  it.each([
    `${HOST}/?Action=DeleteTopic&TopicArn=x`,
    `${HOST}/?Action=ConfirmSubscription&Action=DeleteTopic`,
    `${HOST}/?TopicArn=x`,
    `${HOST}/x?Action=ConfirmSubscription`,
    `${HOST}:8443/?Action=ConfirmSubscription`,
    'https://evil.example/?Action=ConfirmSubscription',
  ])('refuses %s', (url) => {
    expect(() => requireSubscribeUrl(url)).toThrow();
  });
});
