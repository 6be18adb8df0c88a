import type { EventData } from './event.ts';
import { textHash } from './hash.ts';

/** What a customer tells us that is wrong, themselves. */
type Told = {
  readonly customerId: string;
  readonly text: string;
  /** Epoch milliseconds. */
  readonly at: number;
};

/** A complaint as the one path in takes it: told again in the same way, it is the same. */
type Complaint = {
  readonly id: string;
  readonly event: { readonly type: 'complaint'; readonly at: number; readonly data: EventData };
};

/** Hexadecimal digits of a hash, 128 bits. */
const ENOUGH = 32;

/**
 * By the form of the page: the same words on the same form are one complaint, however often it is sent; other words
 * on it are another, so that nothing of them is lost.
 *
 * @param form what the page was given when it was shown
 */
export function complaintByForm(
  { customerId, text, at }: Told,
  { form, orderId }: { readonly form: string; readonly orderId?: string | undefined },
): Complaint {
  const id = textHash(JSON.stringify([customerId, form, orderId ?? null, text])).slice(0, ENOUGH);
  const data: EventData = { text, via: 'form', ...(orderId !== undefined && { orderId }) };
  return { id: `complaint.form.${id}`, event: { type: 'complaint', at, data } };
}

/**
 * By a reply to a mail: brought twice, a mail is one complaint. What came along is named, and not kept.
 *
 * @param mail `ref`: the mail that they answer; `identity`: tells theirs from others
 */
export function complaintByReply(
  { text, at }: Omit<Told, 'customerId'>,
  {
    ref,
    identity,
    attachments,
    orderId,
  }: {
    readonly ref: string;
    readonly identity: string;
    readonly attachments: readonly string[];
    readonly orderId?: string | undefined;
  },
): Complaint {
  const named = attachments.map((name) => `[${name}]`).join(' ');
  const whole = [text, named].filter(Boolean).join('\n\n');
  const data: EventData = { text: whole, via: 'reply', ...(orderId !== undefined && { orderId }) };
  return { id: `complaint.reply.${ref}.${identity}`, event: { type: 'complaint', at, data } };
}
