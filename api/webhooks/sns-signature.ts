import { createVerify, X509Certificate } from 'node:crypto';
import { z } from 'zod';
import { Problem } from '../problem.ts';

/** What Amazon SNS posts: https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html. */
const SnsMessage = z.looseObject({
  Type: z.enum(['Notification', 'SubscriptionConfirmation', 'UnsubscribeConfirmation']),
  MessageId: z.string(),
  TopicArn: z.string(),
  Message: z.string(),
  Timestamp: z.string(),
  Subject: z.string().nullish(),
  Token: z.string().optional(),
  SubscribeURL: z.string().optional(),
  SignatureVersion: z.enum(['1', '2']),
  Signature: z.string(),
  SigningCertURL: z.string(),
});

export type SnsMessage = z.output<typeof SnsMessage>;

/** Fetches a text over https. */
export type FetchText = (url: string) => Promise<string>;

/**
 * A certificate of SNS itself: on its host anything else may be what a customer of Amazon wrote, as an answer of its API
 * to an address signed beforehand; and other customers have hosts of amazonaws.com too.
 */
const CERTIFICATE_URL =
  /^https:\/\/sns\.[a-z0-9-]{3,32}\.amazonaws\.com(\.cn)?\/SimpleNotificationService-[\w-]{1,80}\.pem$/;

/** What confirms a subscription: nothing else of the API is ever opened. */
const SUBSCRIBE_URL =
  /^https:\/\/sns\.[a-z0-9-]{3,32}\.amazonaws\.com(\.cn)?\/\?Action=ConfirmSubscription(&(?!Action=)\w+=[\w.%:+=-]*)*$/;

/** One certificate, and nothing before or after it that a parser would pass over. */
const PEM = /^-----BEGIN CERTIFICATE-----\s[\w+/=\s]+-----END CERTIFICATE-----\s*$/;

/** Whom Amazon's certificates are made out to: `sns.amazonaws.com`, or one of a region. */
const NAME = /^CN=sns[a-z0-9.-]*\.amazonaws\.com(\.cn)?$/m;

const SIGNED = ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'] as const;
const SIGNED_TO_CONFIRM = [
  ...(['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'] as const),
];

/** Two topics' worth, and those they took the place of. */
const MOST_CERTIFICATES = 8;

/**
 * Makes what lets messages of one topic of Amazon SNS through.
 *
 * @param now the server's time, epoch milliseconds
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html
 */
export function createSnsCheck(topic: string, fetchText: FetchText, now: () => number) {
  const certificates = new Map<string, Promise<X509Certificate>>();

  async function certificateOf(url: string): Promise<X509Certificate> {
    const kept = certificates.get(url) ?? fetchText(url).then(certificateIn);
    if (certificates.size >= MOST_CERTIFICATES) certificates.clear();
    certificates.set(url, kept);
    kept.catch(() => certificates.delete(url)); // the next one tries again
    return kept;
  }

  /** @throws Problem 401 for what is not signed by Amazon, or of another topic; 503 while that cannot be seen */
  return async function check(body: unknown): Promise<SnsMessage> {
    const read = SnsMessage.safeParse(body);
    if (!read.success) throw new Problem(401, 'this is no message of Amazon SNS');
    const message = read.data;
    if (message.TopicArn !== topic) throw new Problem(401, 'this topic is not RAPPORT_SES_TOPIC');
    requireUrl(CERTIFICATE_URL, message.SigningCertURL);
    const certificate = await certificateOf(message.SigningCertURL).catch(() => {
      throw new Problem(503, 'the certificate of Amazon SNS cannot be fetched now; try again');
    });
    if (Date.parse(certificate.validTo) < now()) throw new Problem(401, 'its certificate is out of date');
    if (!isSigned(message, certificate)) throw new Problem(401, 'the signature does not fit the message');
    return message;
  };
}

/** @throws Problem 401 for a URL that confirms no subscription at Amazon SNS */
export function requireSubscribeUrl(url: string): void {
  requireUrl(SUBSCRIBE_URL, url);
}

function requireUrl(allowed: RegExp, url: string): void {
  if (!allowed.test(url)) throw new Problem(401, 'this is no such address of Amazon SNS');
}

function certificateIn(pem: string): X509Certificate {
  if (!PEM.test(pem)) throw new Error('this is not one certificate alone');
  const certificate = new X509Certificate(pem);
  if (!NAME.test(certificate.subject)) throw new Error('this certificate is not of Amazon SNS');
  return certificate;
}

function isSigned(message: SnsMessage, { publicKey }: X509Certificate): boolean {
  const fields = message.Type === 'Notification' ? SIGNED : SIGNED_TO_CONFIRM;
  const signed = fields
    .filter((field) => message[field] !== undefined && message[field] !== null)
    .map((field) => `${field}\n${message[field]}\n`)
    .join('');
  const verify = createVerify(message.SignatureVersion === '1' ? 'RSA-SHA1' : 'RSA-SHA256');
  return verify.update(signed).verify(publicKey, message.Signature, 'base64');
}
