import { describe, expect, it } from '@jest/globals';
import { classify } from '../../mail/bounce.ts';

describe('classify', () => {
  it.each([
    ['hard', 550, '550 5.1.1 The email account that you tried to reach does not exist', '5.1.1'],
    ['hard', 550, '550-5.1.1 <an@example.com>: Recipient address rejected: User unknown', '5.1.1'],
    ['hard', 556, '556 5.1.10 Recipient address has null MX', '5.1.10'],
    ['hard', 550, '550 No such user here', undefined],
    ['hard', 550, 'Message failed: 550 Requested action not taken: mailbox not found', undefined],
    ['soft', 552, '552 5.2.2 The email account that you tried to reach is over quota', '5.2.2'],
    ['soft', 550, '550 Mailbox full', undefined],
    ['soft', 452, '452 4.2.2 Mailbox full', '4.2.2'],
    ['soft', 450, '450 4.7.1 Greylisted, try again later', '4.7.1'],
    ['soft', 421, '421 Service not available', undefined],
    ['soft', 550, '550 Requested action not taken', undefined],
    ['soft', 554, '554 5.3.4 Message too big for system', '5.3.4'],
    ['policy', 550, 'Mail command failed: 550 5.1.1 User unknown', '5.1.1'],
    ['soft', 450, 'Mail command failed: 450 4.1.1 User unknown', '4.1.1'],
    ['policy', 550, '550 5.7.1 Message rejected due to DMARC', '5.7.1'],
    ['policy', 550, '550 5.7.26 Unauthenticated mail', '5.7.26'],
    ['policy', 554, '554 Your host is blocked by zen.example', undefined],
    ['policy', 550, '550 5.1.1 Blocked: listed as a source of spam', '5.1.1'],
  ] as const)('is %s: %d %s', (found, code, reply, status) => {
    expect(classify(code, reply)).toEqual(status ? { class: found, status } : { class: found });
  });
});
