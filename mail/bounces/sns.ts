import type { Outcome } from './dsn.ts';
import type { Letter } from './letter.ts';

/** What Amazon SES tells in a notification that SNS sends as a mail. */
export type Notification = { readonly outcomes: readonly Outcome[]; readonly complaints?: readonly string[] };

type Json = { readonly [name: string]: unknown };

/**
 * Reads a notification of Amazon SES from the text of a mail; undefined where there is none.
 *
 * @see the SES developer guide, "Amazon SNS notification contents"
 */
export function readNotification({ notice }: Letter): Notification | undefined {
  if (!notice.trimStart().startsWith('{') || !notice.includes('notificationType')) return undefined;
  const outer = parsed(notice.split('\n--\n')[0]?.replaceAll('!\n ', '') ?? '');
  const told = typeof outer.Message === 'string' ? parsed(outer.Message) : outer;
  const complained = addressesOf(record(told.complaint).complainedRecipients);
  if (told.notificationType === 'Complaint') return { outcomes: [], complaints: complained };

  const delivered = list(record(told.delivery).recipients).filter((one) => typeof one === 'string');
  const bounced = list(record(told.bounce).bouncedRecipients).map(record).map(bouncedOf);
  return { outcomes: [...bounced, ...delivered.map((recipient) => deliveredTo(recipient.toLowerCase()))] };
}

function bouncedOf(one: Json): Outcome {
  const [recipient] = addressesOf([one]);
  const status = text(one.status);
  const words = text(one.diagnosticCode).replace(/^\w{1,10};\s{0,3}/, '');
  return { action: 'failed', words, ...(recipient ? { recipient } : {}), ...(status ? { status } : {}) };
}

function deliveredTo(recipient: string): Outcome {
  return { recipient, action: 'delivered', words: '' };
}

function addressesOf(entries: unknown): readonly string[] {
  return list(entries)
    .map((entry) => text(record(entry).emailAddress).toLowerCase())
    .filter(Boolean);
}

function parsed(json: string): Json {
  try {
    return record(JSON.parse(json));
  } catch {
    return {}; // cut off, or no JSON at all
  }
}

function record(value: unknown): Json {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
