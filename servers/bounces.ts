import { setTimeout as sleep } from 'node:timers/promises';
import { createTransport } from 'nodemailer';

/** Whose mail comes back, by the local part of their address, and how. */
const BOUNCES: Readonly<Record<string, { readonly status: string; readonly words: string } | 'spam'>> = {
  nobody: { status: '5.1.1', words: 'User unknown' },
  full: { status: '4.2.2', words: 'Mailbox full' },
  refused: { status: '5.7.1', words: 'Message rejected due to local policy' },
  spam: 'spam',
};

/** The listener starts after the mail catcher does. */
const ATTEMPTS = 20;
const PAUSE_MS = 1_000;

/**
 * Sends back what real mail servers would: mail to `nobody@…`, `full@…` and `refused@…` bounces, `spam@…` calls it spam.
 * So what follows can be tried on one machine.
 */
export function bounce(
  returnPath: string,
  recipients: readonly { readonly address: string }[],
  port: number,
): void {
  for (const { address } of recipients) {
    const how = BOUNCES[address.slice(0, address.indexOf('@')).toLowerCase()];
    if (how) void send(returnPath, how === 'spam' ? COMPLAINT : bounceOf(address, how), port);
  }
}

async function send(to: string, raw: string, port: number): Promise<void> {
  const line = createTransport({ host: '127.0.0.1', port, ignoreTLS: true });
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const isSent = await line.sendMail({ envelope: { from: '', to: [to] }, raw }).then(
      () => true,
      () => false,
    );
    if (isSent) break;
    await sleep(PAUSE_MS, undefined, { ref: false });
  }
  line.close();
}

function bounceOf(address: string, { status, words }: { readonly status: string; readonly words: string }) {
  return report('delivery-status', 'Undelivered Mail Returned to Sender', [
    ...['Reporting-MTA: dns; localhost', '', `Final-Recipient: rfc822; ${address}`, 'Action: failed'],
    ...[
      `Status: ${status}`,
      `Diagnostic-Code: smtp; ${status.startsWith('5') ? 550 : 452} ${status} ${words}`,
    ],
  ]);
}

function report(
  type: 'delivery-status' | 'feedback-report',
  subject: string,
  lines: readonly string[],
): string {
  return [
    ...['From: Mail catcher <mailer-daemon@localhost>', `Subject: ${subject}`, 'MIME-Version: 1.0'],
    `Content-Type: multipart/report; report-type=${type}; boundary="back"`,
    ...[
      '',
      '--back',
      'Content-Type: text/plain',
      '',
      'The mail catcher sends this as real mail servers do.',
      '',
    ],
    ...['--back', `Content-Type: message/${type}`, '', ...lines, '', '--back--', ''],
  ].join('\r\n');
}

const COMPLAINT = report('feedback-report', 'Spam complaint', [
  ...['Feedback-Type: abuse', 'User-Agent: Mail-catcher/1', 'Version: 1'],
]);
