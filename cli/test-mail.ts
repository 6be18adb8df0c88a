import { Email } from '../domain/incoming-customer.ts';
import type { HandOver } from '../mail/hand-over.ts';
import { createMailer } from '../mail/mailer.ts';
import { provenSigner } from '../mail/signer.ts';
import type { Composed } from './sample-mail.ts';
import { readMailSettings } from './settings.ts';

/** After so long the server is given up, milliseconds. */
const PATIENCE_MS = 60_000;

/** The address in a text, or undefined. */
export function addressOf(text: string): string | undefined {
  return Email.safeParse(text).data;
}

/**
 * Sends a mail once, as all mail leaves: by SMTP_URL, signed where a key is configured. Nothing is recorded.
 *
 * @throws BadConfig when SMTP_URL is missing
 */
export async function sendTest({ envelope, raw }: Composed): Promise<HandOver> {
  const { smtpUrl, dkim } = readMailSettings(process.env);
  const sign = dkim && (await provenSigner(dkim));
  const mailer = createMailer({ smtpUrl, sign, timeoutMs: PATIENCE_MS });
  try {
    return await mailer.deliver(envelope, raw, async () => undefined);
  } finally {
    await mailer.close();
  }
}
