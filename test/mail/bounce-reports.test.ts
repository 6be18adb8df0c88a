import { describe, expect, it } from '@jest/globals';
import { readFinalReports, readReports } from '../../mail/bounce-reports.ts';

const mail = (...lines: readonly string[]) => Buffer.from(lines.join('\r\n'));

describe('readReports', () => {
  it('reads each recipient of a delivery status', async () => {
    const raw = mail(
      'From: MAILER-DAEMON@mx.example.com',
      'Subject: Undelivered Mail Returned to Sender',
      'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
      '',
      '--b',
      '',
      'This is the mail system at host mx.example.com.',
      '--b',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx.example.com',
      '',
      'Final-Recipient: rfc822; <An@Example.NET>',
      'Action: failed',
      'Status: 5.0.0',
      'Diagnostic-Code: smtp; 550 5.1.1',
      '    <an@example.net>: user unknown',
      '',
      'Final-Recipient: rfc822; bo@example.net',
      'Action: delayed',
      'Status: 4.4.1',
      '--b--',
    );

    expect(await readReports(raw)).toEqual([
      {
        recipient: 'an@example.net',
        kind: 'bounce',
        class: 'hard',
        status: '5.1.1',
        diagnostic: '550 5.1.1 <an@example.net>: user unknown',
      },
      { recipient: 'bo@example.net', kind: 'bounce', class: 'soft', status: '4.4.1' },
    ]);
  });

  it('reads who complains of spam, from the mail it returns where the report leaves the address out', async () => {
    const raw = mail(
      'From: fbl@provider.test',
      'Content-Type: multipart/report; report-type=feedback-report; boundary="b"',
      '',
      '--b',
      'Content-Type: message/feedback-report',
      '',
      'Feedback-Type: abuse',
      'Original-Rcpt-To: redacted@provider.test',
      '--b',
      'Content-Type: message/rfc822',
      '',
      'To: An <an@example.net>',
      '',
      'Hello',
      '--b--',
    );

    expect(await readReports(raw)).toEqual([{ recipient: 'an@example.net', kind: 'spam-complaint' }]);
  });

  it('tells nothing of an ordinary mail, nor of junk', async () => {
    expect(await readReports(mail('From: an@example.net', '', 'See you at 550 Main Street'))).toEqual([]);
    expect(await readReports(Buffer.from([0, 255, 13, 13, 10, 0, 1]))).toEqual([]);
    expect(await readReports(Buffer.alloc(0))).toEqual([]);
  });
});

/** A delivery status of which only the server's words differ. */
const refusal = (words: string, notice = 'Your message could not be delivered.') =>
  mail(
    'From: MAILER-DAEMON@mx.example.com',
    'To: b+1@news.shop.example',
    'Subject: Returned mail: see transcript for details',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    ...['', '--b', '', notice, '--b', 'Content-Type: message/delivery-status', ''],
    ...['Final-Recipient: rfc822; an@example.net', 'Action: failed', 'Status: 5.1.1'],
    ...[`Diagnostic-Code: smtp; ${words}`, '--b', 'Content-Type: message/rfc822', ''],
    ...['From: Anna <anna@shop.example>', 'To: an@example.net', '', 'Hello', '--b--'],
  );

describe('readReports of what is said of the sender', () => {
  it.each([
    '550 5.1.1 <anna@shop.example>... User unknown',
    '550 5.1.1 no such user: b+1@news.shop.example',
    '550 5.1.1 domain shop.example does not exist',
    '554 5.1.1 Invalid return address',
    '550 5.1.1 This recipient does not accept mail from you',
    "550 5.1.1 You are not in the recipient's address book",
  ])('never blames the customer for "%s"', async (words) => {
    expect(await readReports(refusal(words))).toMatchObject([{ class: 'policy' }]);
  });

  it('never blames the customer for what is answered to MAIL FROM', async () => {
    const session = '>>> MAIL From:<b+1@news.shop.example>\r\n<<< 550 5.1.1 unknown user';

    expect(await readReports(refusal('550 5.1.1 unknown user', session))).toMatchObject([
      { class: 'policy' },
    ]);
  });

  it('still gives up an address of which the same is said', async () => {
    const words = '550 5.1.1 <an@example.net> unknown: anna@shop.example wrote to it';

    expect(await readReports(refusal(words))).toMatchObject([{ class: 'hard' }]);
  });
});

describe('readFinalReports', () => {
  const late = mail(
    'From: Mail Delivery System <Mailer-Daemon@mx.example>',
    'Subject: Warning: message 1aBcDe-000 delayed 24 hours',
    '',
    'A message that you sent has not yet been delivered to one or more of its',
    'recipients after more than 24 hours on the queue on mx.example.',
    '',
    'The address to which the message has not yet been delivered is:',
    '',
    '  an@example.net',
    '    Delay reason: Connection timed out',
    '',
    'No action is required on your part. Delivery attempts will continue.',
  );

  it('tells nothing of a mail that is only late, in words for people too', async () => {
    expect(await readReports(late)).toMatchObject([{ kind: 'bounce', class: 'soft' }]);
    expect(await readFinalReports(late)).toEqual([]);
  });

  it('tells what is final', async () => {
    expect(await readFinalReports(refusal('550 5.1.1 user unknown'))).toMatchObject([{ class: 'hard' }]);
  });
});
