import { z } from 'zod';
import type { DeliveryReport } from './delivery-report.ts';
import type { ProviderReport } from './provider-report.ts';

const Recipients = z
  .array(
    z.looseObject({
      emailAddress: z.string(),
      status: z.string().optional(),
      diagnosticCode: z.string().optional().catch(undefined),
    }),
  )
  .catch([]);

/** https://docs.aws.amazon.com/ses/latest/dg/notification-contents.html; event publishing says `eventType`. */
const Notification = z.looseObject({
  notificationType: z.string().optional(),
  eventType: z.string().optional(),
  mail: z
    .looseObject({
      source: z.string().catch(''),
      headers: z.array(z.looseObject({ name: z.string(), value: z.string() })).catch([]),
    })
    .catch({ source: '', headers: [] }),
  bounce: z
    .looseObject({
      bounceType: z.string(),
      bounceSubType: z.string().catch(''),
      bouncedRecipients: Recipients,
      feedbackId: z.string(),
    })
    .optional(),
  complaint: z
    .looseObject({
      complainedRecipients: Recipients,
      complaintFeedbackType: z.string().nullish(),
      feedbackId: z.string(),
    })
    .optional(),
});

type Told = z.output<typeof Notification>;

/** What SES refused for its content or size, though it calls it transient. */
const OURS = new Set(['ContentRejected', 'AttachmentRejected', 'MessageTooLarge']);

/** SES did not try, as it has the address on a list: the words are its own, and say nothing of the address. */
const LISTED = new Set(['Suppressed', 'OnAccountSuppressionList']);

/** Reads a notification of Amazon SES. SES replaces the `Message-ID`, so mails are named by sender or header. */
export function normaliseSes(body: unknown): readonly ProviderReport[] {
  const read = Notification.safeParse(body);
  if (!read.success) return [];
  const { notificationType, eventType, bounce, complaint } = read.data;
  const tokens = tokensOf(read.data);
  switch (notificationType ?? eventType) {
    case 'Bounce':
      return (bounce?.bouncedRecipients ?? []).map(
        ({ emailAddress: address, status, diagnosticCode: words }) => {
          const told = {
            address,
            tokens,
            id: bounce?.feedbackId ?? '',
            ...(words !== undefined && !LISTED.has(bounce?.bounceSubType ?? '') && { words }),
          };
          return { ...told, report: bounceOf(bounce, status) };
        },
      );
    case 'Complaint':
      if (complaint?.complaintFeedbackType === 'not-spam') return []; // taken out of the spam folder
      return (complaint?.complainedRecipients ?? []).map(({ emailAddress: address }) => {
        return { address, tokens, id: complaint?.feedbackId ?? '', report: { kind: 'spam-complaint' } };
      });
    default:
      return [];
  }
}

function bounceOf(bounce: Told['bounce'], told: string | undefined): DeliveryReport {
  const status = told?.match(/^[245]\.\d{1,3}\.\d{1,3}$/)?.[0];
  return { kind: 'bounce', class: classOf(bounce, status), ...(status !== undefined && { status }) };
}

/** SES calls permanent what was refused for good, our policy faults and full mailboxes included: codes tell more. */
function classOf(bounce: Told['bounce'], status = '') {
  if (status.startsWith('5.7.') || OURS.has(bounce?.bounceSubType ?? '')) return 'policy';
  return bounce?.bounceType === 'Permanent' && status !== '5.2.2' && !status.startsWith('4.')
    ? 'hard'
    : 'soft';
}

function tokensOf({ mail }: Told): readonly string[] {
  const named = mail.headers.filter(({ name }) => name.toLowerCase() === 'x-rapport-send');
  return [mail.source.replace(/^<|>$/g, '').split('@')[0] ?? '', ...named.map(({ value }) => value)];
}
