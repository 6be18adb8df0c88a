import { describe, expect, it } from '@jest/globals';
import { takeDelivery } from '../../api/webhooks/take-delivery.ts';
import type { Told } from '../../data/reports.ts';
import { confirmationToken } from '../../domain/return-path.ts';
import { aWorld, fakes } from '../support/api.ts';

/** What is taken in of a hard bounce, as a provider calls it, of which it quotes these words. */
async function taken(provider: 'ses' | 'postmark', words: string | undefined, status?: string) {
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
  await takeDelivery(provider, { ses: ofSes(words, status), postmark: ofPostmark(words) }[provider], {
    ...fakes(aWorld()),
    ...{ reports, breaker },
  });
  const report = told[0]?.report;
  return [report?.kind === 'bounce' ? report.class : undefined, asked.length];
}

function ofSes(diagnosticCode: string | undefined, status = '5.0.0') {
  const recipient = { emailAddress: 'an@example.com', status, ...(diagnosticCode && { diagnosticCode }) };
  const bounce = { bounceType: 'Permanent', bounceSubType: 'General', feedbackId: 'f-1' };
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
      expect(await taken(provider, 'Test bounce details')).toEqual(['hard', 1]);
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

  it('heeds the status beside the words of SES', async () => {
    expect(await taken('ses', 'smtp; 550 Benutzer nix da', '5.1.1')).toEqual(['hard', 1]);
  });
});
