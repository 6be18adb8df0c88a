import { describe, expect, it } from '@jest/globals';
import { readReports } from '../../mail/bounce-reports.ts';

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
