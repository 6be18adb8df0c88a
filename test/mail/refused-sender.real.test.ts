import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { classify } from '../../mail/bounce.ts';
import { createMailer } from '../../mail/mailer.ts';
import { FaultyServer } from '../support/smtp.ts';

const server = new FaultyServer();
beforeAll(() => server.listen());
afterAll(() => server.close());

describe('classify', () => {
  it('never blames the customer for a sender whom the mail server refuses', async () => {
    const mailer = createMailer({ smtpUrl: server.url, timeoutMs: 5_000 });
    const envelope = { from: 'stranger@shop.example', to: 'an@example.com' };

    const outcome = await mailer.deliver(envelope, 'Subject: Hi\r\n\r\n', async () => undefined);
    await mailer.close();

    expect(outcome).toMatchObject({ kind: 'rejected', code: 550 });
    const [code, reply] = 'code' in outcome ? [outcome.code, outcome.reply] : [0, ''];
    expect(classify(code, reply)).toEqual({ class: 'policy', status: '5.1.1' });
  });
});
