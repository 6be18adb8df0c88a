import { describe, expect, it } from '@jest/globals';
import { takeDelivery } from '../../api/webhooks/take-delivery.ts';
import type { Told } from '../../data/reports.ts';
import { confirmationToken } from '../../domain/return-path.ts';
import { aWorld, fakes } from '../support/api.ts';

/** What is taken in of a hard bounce, as a provider calls it, of which it quotes these words. */
async function taken(provider: 'ses' | 'postmark', words?: string, status?: string, subType?: string) {
  const told: Told[] = [];
  const asked: number[] = [];
  const reports = {
    ofMail: async () => 'unheard' as const,
    ofConfirmation: async () => 'unheard' as const,
    ofAddress: async (_key: string, one: Told) => {
      told.push(one);
      return 'kept' as const;
    },
  };
  const breaker = { consider: async (now: number) => asked.push(now) > 9 };
  await takeDelivery(
    provider,
    { ses: ofSes(words, status, subType), postmark: ofPostmark(words) }[provider],
    {
      ...fakes(aWorld()),
      ...{ reports, breaker },
    },
  );
  const report = told[0]?.report;
  return [report?.kind === 'bounce' ? report.class : undefined, asked.length];
}

function ofSes(diagnosticCode?: string, status?: string, bounceSubType = 'General') {
  const recipient = {
    emailAddress: 'an@example.com',
    ...(status && { status }),
    ...(diagnosticCode && { diagnosticCode }),
  };
  const bounce = { bounceType: 'Permanent', bounceSubType, feedbackId: 'f-1' };
  return { notificationType: 'Bounce', bounce: { ...bounce, bouncedRecipients: [recipient] } };
}

function ofPostmark(Details: string | undefined) {
  return { RecordType: 'Bounce', ID: 42, Type: 'HardBounce', Email: 'an@example.com', Details };
}

describe('takeDelivery', () => {
  it('finds the mail by which an address was to be confirmed, as any other', async () => {
    const found: string[] = [];
    const reports = {
      ofMail: async () => 'unheard' as const,
      ofAddress: async () => 'unheard' as const,
      ofConfirmation: async (ref: string) => {
        found.push(ref);
        return 'kept' as const;
      },
    };
    const token = confirmationToken('a secret of the tests', 'a'.repeat(16));
    const told = { ...ofPostmark(undefined), Metadata: { 'rapport-send': token } };

    await takeDelivery('postmark', told, { ...fakes(aWorld()), reports });
    await takeDelivery(
      'ses',
      { ...ofSes(undefined), mail: { source: `${token}@x.example` } },
      {
        ...fakes(aWorld()),
        ...{ reports },
      },
    );

    expect(found).toEqual(['a'.repeat(16), 'a'.repeat(16)]);
  });

  it.each(['ses', 'postmark'] as const)(
    'takes %s at its word where no server is quoted',
    async (provider) => {
      expect(await taken(provider, undefined)).toEqual(['hard', 1]);
      expect(await taken(provider, ' ')).toEqual(['hard', 1]);
      expect(await taken(provider, 'smtp; 550 5.1.1 <an@example.com>: User unknown')).toEqual(['hard', 1]);
    },
  );

  it.each(['ses', 'postmark'] as const)(
    'suppresses nobody for what %s calls a hard bounce, and the server does not',
    async (provider) => {
      expect(await taken(provider, 'smtp; 554 Message rejected as spam by Cloudmark')).toEqual(['policy', 0]);
      expect(await taken(provider, 'smtp; 550 5.1.1 <help@shop.example>: Sender address rejected')).toEqual([
        ...['policy', 0],
      ]);
      expect(await taken(provider, 'smtp; 552 mailbox full')).toEqual(['soft', 0]);
    },
  );

  it.each([
    [undefined, '5.1.8', 'policy'],
    [undefined, '5.1.7', 'policy'],
    ['smtp; 5.1.8 Sender address rejected: Domain not found', '5.1.8', 'policy'],
    ['smtp; 5.1.8 Sender address rejected: Domain not found', '5.0.0', 'policy'],
    ['smtp; mailbox full, over quota', '5.1.1', 'soft'],
    [undefined, '5.3.4', 'soft'],
    [undefined, '5.4.4', 'soft'],
    [undefined, '5.6.0', 'policy'],
    ['words that nobody knows', '5.0.0', 'soft'],
    ['words that nobody knows', undefined, 'soft'],
    [undefined, '5.0.0', 'soft'],
  ])('suppresses nobody for what SES calls permanent: %s, %s', async (words, status, found) => {
    expect(await taken('ses', words, status)).toEqual([found, 0]);
  });

  it.each([
    ['smtp;5.1.8 Sender address rejected', 'policy'],
    ['5.2.2 mailbox over quota', 'soft'],
    ['Test bounce details', 'soft'],
  ])('suppresses nobody for what Postmark calls a hard bounce: %s', async (words, found) => {
    expect(await taken('postmark', words)).toEqual([found, 0]);
  });

  it.each([
    'smtp; 5.1.1 user unknown',
    'smtp;550 5.1.1 The email account that you tried to reach does not exist.',
    'smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup',
    'smtp;550 5.5.0 Requested action not taken: mailbox unavailable',
    'The server was unable to deliver your message (ex: unknown user, mailbox not found).',
  ])('suppresses who is unknown: %s', async (words) => {
    expect(await taken('postmark', words)).toEqual(['hard', 1]);
    expect(await taken('ses', words, '5.1.1')).toEqual(['hard', 1]);
  });

  it.each(['OnAccountSuppressionList', 'Suppressed'])(
    'suppresses whom SES has on a list of its own: %s',
    async (subType) => {
      const words = 'Amazon SES did not send the message: it is on the suppression list for your account.';
      expect(await taken('ses', words, '5.1.1', subType)).toEqual(['hard', 1]);
      expect(await taken('ses', words, undefined, subType)).toEqual(['hard', 1]);
    },
  );

  it('heeds the status beside the words of SES', async () => {
    expect(await taken('ses', 'smtp; 550 Benutzer nix da', '5.1.1')).toEqual(['hard', 1]);
    expect(await taken('ses', undefined, '5.1.1')).toEqual(['hard', 1]);
  });
});
