import { randomUUID } from 'node:crypto';
import { createReports } from '../../data/reports.ts';
import { SendModel, UNTRIED } from '../../data/send-document.ts';
import { keyedHash } from '../../domain/hash.ts';
import type { Playbook } from '../../domain/playbook.ts';
import { createReturnPath } from '../../domain/return-path.ts';
import { sendKey } from '../../domain/send.ts';
import { aClock, anEvent, aPlaybook, aReceive, somebody } from './shop.ts';

export const RETURN_PATH = 'bounces.shop.example';
export const SECRET = 'a secret of the tests';
export const HASH_KEY = 'key';

/** Somebody we know, with their address and its key. */
export async function someCustomer() {
  const { id, email } = somebody();
  const [receipt] = await aReceive().receive([anEvent({ id, email })], 'api');
  return { id: receipt?.customerId ?? '', ref: `shop:${id}`, email, addressKey: keyedHash(HASH_KEY, email) };
}

type Sent = { readonly id: string; readonly addressKey?: string };

/** A mail that a customer got, with its addresses. */
export async function aSentMail({ id: customerId, addressKey }: Sent, touch = 'good-to-know', n = 1) {
  const task = { customerId, touch, occasion: String(n) };
  const _id = sendKey(task);
  const claimedAt = new Date();
  await SendModel.create({
    ...{
      _id,
      ...task,
      kind: 'marketing',
      due: claimedAt.getTime(),
      playbook: 1,
      state: 'accepted',
      claimedAt,
    },
    ...{ outcome: { kind: 'accepted' }, settledAt: claimedAt, ...UNTRIED, ...(addressKey && { addressKey }) },
  });
  return { key: _id, ...createReturnPath(RETURN_PATH, SECRET)(customerId, _id) };
}

/** Many mails that were handed over, each to somebody else. */
export async function manySent(count: number, more: object = {}): Promise<void> {
  const claimedAt = new Date();
  const mails = Array.from({ length: count }, (_, n) => ({
    ...{ _id: `${randomUUID()}/many/${n}`, customerId: randomUUID(), touch: 'many', occasion: `${n}` },
    ...{ kind: 'marketing' as const, due: 0, state: 'accepted' as const, claimedAt, ...UNTRIED },
    ...{ outcome: { kind: 'accepted' as const }, ...more },
  }));
  await SendModel.insertMany(mails);
}

/** The path in for reports, at a moment. */
export function someReports(now?: number) {
  const playbook = async (): Promise<Playbook> => aPlaybook();
  return createReports({ hashKey: HASH_KEY, clock: aClock(now), playbook });
}

/** A bounce message as Postfix writes it. */
export function aBounce({
  recipient = 'an@example.com',
  status = '5.1.1',
  action = 'failed',
  words = '',
} = {}) {
  const code = status.startsWith('5') ? 550 : 452;
  const lines = [
    'From: MAILER-DAEMON@mx.example.com (Mail Delivery System)',
    'Subject: Undelivered Mail Returned to Sender',
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    ...['', '--b', 'Content-Type: text/plain', '', 'This is the mail system at host mx.example.com.', ''],
    ...['--b', 'Content-Type: message/delivery-status', '', 'Reporting-MTA: dns; mx.example.com', ''],
    ...[`Final-Recipient: rfc822; ${recipient}`, `Action: ${action}`, `Status: ${status}`],
    `Diagnostic-Code: smtp; ${code} ${status} ${words || 'User unknown'}`,
    ...['', '--b--', ''],
  ];
  return lines.join('\r\n');
}

/** A spam complaint in the form of RFC 5965. */
export function aSpamComplaint(): string {
  const lines = [
    'From: <abuse@example.com>',
    'Subject: FW: Tips',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=feedback-report; boundary="b"',
    ...['', '--b', 'Content-Type: text/plain', '', 'This is an email abuse report.', ''],
    ...['--b', 'Content-Type: message/feedback-report', '', 'Feedback-Type: abuse', 'User-Agent: Some/1.0'],
    ...[
      'Version: 1',
      '',
      '--b',
      'Content-Type: message/rfc822',
      '',
      'Subject: Tips',
      '',
      'Hello',
      '--b--',
      '',
    ],
  ];
  return lines.join('\r\n');
}
