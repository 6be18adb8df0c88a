import { addressesIn, complainantIn } from './address.ts';
import { type Fields, fieldOf, readFields } from './fields.ts';
import type { Letter } from './letter.ts';
import { readNotification } from './sns.ts';

/** Kinds of feedback by which somebody complains; `not-spam` and `auth-failure` are none (RFC 5965 §7.3, RFC 6591). */
const COMPLAINTS =
  /^(?:abuse|fraud|virus|other|opt-out|opt-out-list|unsubscribe|complaint|miscategorized|spam|xarf)/i;

/** Where a report or the mail it returns tells whom it was sent to, best first. */
const IN_REPORT = [
  'original-rcpt-to',
  'removal-recipient',
  'original-recipient',
  'redacted-address',
] as const;
const IN_ORIGINAL = [
  'x-hmxmroriginalrecipient',
  'x-original-recipient',
  'x-original-to',
  'x-rcpt-to',
  'x-envelope-to',
  'envelope-to',
  'delivered-to',
  'x-apparently-to',
  'to',
  'apparently-to',
] as const;

/** Providers that complain in a form of their own: whose mail, and what it says. */
const OWN_FORMS = [
  { from: /staff@hotmail\.|@(?:email-abuse\.)?amazonses\.com/i, subject: /complaint about message from/i },
  { from: /scomp@aol\./i, subject: /client tos notification|email feedback report/i },
] as const;

/**
 * The addresses of those who complain, by a feedback report or a provider's own form; undefined where nobody does.
 * Empty where somebody does whose address was left out.
 *
 * @see RFC 5965
 */
export function readComplaints(letter: Letter): readonly string[] | undefined {
  const notified = readNotification(letter)?.complaints;
  if (notified) return notified;
  const report = feedbackOf(letter);
  if (report && !COMPLAINTS.test(fieldOf(report, 'feedback-type'))) return undefined;
  if (!report && !isOwnForm(letter)) return undefined;

  const told = IN_REPORT.flatMap((name) => report?.get(name) ?? []).flatMap(
    (value) => complainantIn(value) ?? [],
  );
  return told.length > 0 ? [...new Set(told)] : recipientOf(letter.original);
}

function feedbackOf({ feedbacks, types, notice }: Letter): Fields | undefined {
  const parts = [...feedbacks];
  const declared = [...types].some((type) => type.includes('feedback-report'));
  const at = declared ? notice.search(/^feedback-type[ \t]{0,3}:/im) : -1;
  if (at >= 0) parts.push(notice.slice(at));
  return parts.map((part) => readFields(part.trimStart())).find((fields) => fields.has('feedback-type'));
}

function isOwnForm({ fields, subject }: Letter): boolean {
  const from = fieldOf(fields, 'from');
  return OWN_FORMS.some((form) => form.from.test(from) && form.subject.test(subject));
}

function recipientOf(original: Fields): readonly string[] {
  for (const name of IN_ORIGINAL) {
    const [address] = addressesIn(fieldOf(original, name)).flatMap((one) => complainantIn(one) ?? []);
    if (address) return [address];
  }
  return [];
}
