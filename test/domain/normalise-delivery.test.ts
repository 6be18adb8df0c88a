import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DELIVERY_NORMALISERS } from '../../domain/normalise-delivery.ts';

const { ses, postmark } = DELIVERY_NORMALISERS;

const mail = {
  source: '<b+token@bounces.shop.example>',
  messageId: 'of-amazon',
  headers: [{ name: 'X-Rapport-Send', value: 'b+header' }],
};

function aSesBounce(bounceType: string, bounceSubType: string, status?: string) {
  const recipient = { emailAddress: 'an@example.com', action: 'failed', ...(status && { status }) };
  return {
    notificationType: 'Bounce',
    bounce: { bounceType, bounceSubType, bouncedRecipients: [recipient], feedbackId: 'f-1' },
    mail,
  };
}

describe('the normaliser of Amazon SES', () => {
  it.each([
    ['Permanent', 'General', '5.1.1', 'hard'],
    ['Permanent', 'NoEmail', undefined, 'hard'],
    ['Permanent', 'OnAccountSuppressionList', undefined, 'hard'],
    ['Permanent', 'General', '5.7.1', 'policy'],
    ['Permanent', 'General', '5.2.2', 'soft'],
    ['Permanent', 'General', '4.4.7', 'soft'],
    ['Transient', 'General', '4.4.1', 'soft'],
    ['Transient', 'MailboxFull', '5.2.2', 'soft'],
    ['Transient', 'MessageTooLarge', '5.3.4', 'policy'],
    ['Transient', 'ContentRejected', undefined, 'policy'],
    ['Undetermined', 'Undetermined', undefined, 'soft'],
  ])('reads a bounce, %s %s %s, as %s', (type, subType, status, found) => {
    expect(ses(aSesBounce(type, subType, status))).toEqual([
      {
        address: 'an@example.com',
        id: 'f-1',
        tokens: ['b+token', 'b+header'],
        report: { kind: 'bounce', class: found, ...(status && { status }) },
      },
    ]);
  });

  const complaint = (complaintFeedbackType?: string) => ({
    eventType: 'Complaint',
    complaint: {
      complainedRecipients: [{ emailAddress: 'an@example.com' }],
      feedbackId: 'f-2',
      ...(complaintFeedbackType && { complaintFeedbackType }),
    },
    mail: { source: 'an@shop.example' },
  });

  it('reads a complaint, published as an event too', () => {
    const expected = {
      address: 'an@example.com',
      id: 'f-2',
      tokens: ['an'],
      report: { kind: 'spam-complaint' },
    };

    expect(ses(complaint())).toEqual([expected]);
    expect(ses(complaint('abuse'))).toEqual([expected]);
  });

  it.each([
    ['that it is no spam after all', complaint('not-spam')],
    ['that it arrived', { notificationType: 'Delivery', mail, delivery: {} }],
    ['nothing', undefined],
    ['a bounce of nobody', { notificationType: 'Bounce', mail }],
  ])('reads nothing of %s', (_what, body) => {
    expect(ses(body)).toEqual([]);
  });
});

const BOUNCE = {
  RecordType: 'Bounce',
  ID: 42,
  Type: 'HardBounce',
  TypeCode: 1,
  MessageID: '00000000-0000-0000-0000-000000000000',
  Metadata: { 'rapport-send': 'b+token' },
  Email: 'an@example.com',
  From: 'help@shop.example',
};

describe('the normaliser of Postmark', () => {
  it.each([
    ['HardBounce', { kind: 'bounce', class: 'hard' }],
    ['BadEmailAddress', { kind: 'bounce', class: 'hard' }],
    ['SoftBounce', { kind: 'bounce', class: 'soft' }],
    ['DnsError', { kind: 'bounce', class: 'soft' }],
    ['Blocked', { kind: 'bounce', class: 'policy' }],
    ['SpamNotification', { kind: 'bounce', class: 'policy' }],
    ['DMARCPolicy', { kind: 'bounce', class: 'policy' }],
    ['Unsubscribe', { kind: 'unsubscribe' }],
    ['Transient', undefined],
    ['AutoResponder', undefined],
    ['AddressChange', undefined],
    ['Whatever', undefined],
  ])('reads %s', (Type, report) => {
    const expected = report ? [{ report, address: 'an@example.com', tokens: ['b+token'], id: '42' }] : [];

    expect(postmark({ ...BOUNCE, Type })).toEqual(expected);
  });

  it('reads a spam complaint', () => {
    const told = postmark({ ...BOUNCE, RecordType: 'SpamComplaint', Type: 'SpamComplaint', Metadata: {} });

    expect(told).toMatchObject([{ report: { kind: 'spam-complaint' }, tokens: [] }]);
  });

  it.each([
    [true, 'HardBounce', 'Recipient', undefined], // the bounce tells why
    [true, 'SpamComplaint', 'Recipient', { kind: 'spam-complaint' }],
    [true, 'ManualSuppression', 'Recipient', { kind: 'unsubscribe' }],
    [true, 'ManualSuppression', 'Customer', undefined],
    [false, null, 'Customer', undefined],
  ])('reads a change, suppressed: %s %s by %s', (SuppressSending, SuppressionReason, Origin, report) => {
    const told = postmark({
      ...{
        RecordType: 'SubscriptionChange',
        MessageID: 'm',
        ChangedAt: '2026-11-22T12:00:00Z',
        Metadata: {},
      },
      ...{ Recipient: 'an@example.com', Origin, SuppressSending, SuppressionReason },
    });

    expect(told.map((one) => one.report)).toEqual(report ? [report] : []);
  });

  it('reads nothing of what is something else', () => {
    expect(postmark({ RecordType: 'Open' })).toEqual([]);
  });
});

describe.each(Object.entries(DELIVERY_NORMALISERS))('the normaliser of %s', (_name, normalise) => {
  it('takes whatever it gets', () => {
    fc.assert(fc.property(fc.jsonValue(), (body) => Array.isArray(normalise(body))));
  });
});
