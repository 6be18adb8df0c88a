import { z } from 'zod';
import type { DeliveryReport } from './delivery-report.ts';
import type { ProviderReport } from './provider-report.ts';

const Metadata = z.record(z.string(), z.unknown()).catch({});

/** https://postmarkapp.com/developer/webhooks/bounce-webhook and spam-complaint-webhook, subscription-change-webhook. */
const Webhook = z.discriminatedUnion('RecordType', [
  z.looseObject({
    RecordType: z.enum(['Bounce', 'SpamComplaint']),
    ID: z.union([z.number(), z.string()]),
    Type: z.string(),
    Email: z.string(),
    Details: z.string().optional().catch(undefined),
    Metadata,
  }),
  z.looseObject({
    RecordType: z.literal('SubscriptionChange'),
    MessageID: z.string().nullish(),
    ChangedAt: z.string().catch(''),
    Recipient: z.string(),
    Origin: z.string().catch(''),
    SuppressSending: z.boolean(),
    SuppressionReason: z.string().nullish(),
    Metadata,
  }),
]);

const HARD: DeliveryReport = { kind: 'bounce', class: 'hard' };
const SOFT: DeliveryReport = { kind: 'bounce', class: 'soft' };
const POLICY: DeliveryReport = { kind: 'bounce', class: 'policy' };
const SPAM: DeliveryReport = { kind: 'spam-complaint' };

/**
 * https://postmarkapp.com/developer/api/bounce-api#bounce-types. What is not here is no bounce: automatic answers,
 * changes of address, a mail that is late (`Transient`), what somebody did by hand.
 */
const TYPES: Readonly<Record<string, DeliveryReport>> = {
  ...{ HardBounce: HARD, BadEmailAddress: HARD },
  ...{ SoftBounce: SOFT, DnsError: SOFT, Unknown: SOFT },
  ...{ Blocked: POLICY, SpamNotification: POLICY, VirusNotification: POLICY, DMARCPolicy: POLICY },
  ...{ SMTPApiError: POLICY, ChallengeVerification: POLICY, TemplateRenderingFailed: POLICY },
  ...{ SpamComplaint: SPAM, Unsubscribe: { kind: 'unsubscribe' } },
};

/** Reads a webhook of Postmark, which repeats the metadata that a mail was sent with. */
export function normalisePostmark(body: unknown): readonly ProviderReport[] {
  const read = Webhook.safeParse(body);
  if (!read.success) return [];
  const { data } = read;
  const { 'rapport-send': token } = data.Metadata;
  const tokens = typeof token === 'string' ? [token] : [];
  if (data.RecordType === 'SubscriptionChange') {
    const report = changeOf(data);
    const id = `${data.MessageID ?? ''}-${data.ChangedAt}`;
    return report ? [{ report, address: data.Recipient, tokens, id }] : [];
  }
  const report = TYPES[data.Type];
  const words = data.Details === undefined ? {} : { words: data.Details };
  return report ? [{ report, address: data.Email, tokens, id: String(data.ID), ...words }] : [];
}

type Change = Extract<z.output<typeof Webhook>, { RecordType: 'SubscriptionChange' }>;

/**
 * Postmark stops writing to an address. That it starts again is no consent: only the person gives that. Why it came back
 * is told by the bounce of the same mail, in the server's own words, which may speak of a full mailbox, or of us.
 */
function changeOf({ SuppressSending, SuppressionReason, Origin }: Change): DeliveryReport | undefined {
  if (!SuppressSending) return undefined;
  if (SuppressionReason === 'HardBounce') return undefined;
  if (SuppressionReason === 'SpamComplaint') return SPAM;
  return Origin === 'Recipient' ? { kind: 'unsubscribe' } : undefined;
}
