import type { Config } from '../config.ts';
import { playbooks } from '../data/playbooks.ts';
import { senderAddress } from '../domain/sender-address.ts';
import { domainOf } from '../mail/headers.ts';
import { createMailer, type Mailer } from '../mail/mailer.ts';
import { provenSigner } from '../mail/signer.ts';

const SOCKET_OF_TIMEOUT = 10 / 11;

/** All mail leaves by it, signed where a key is named. @throws DkimRefused when that key is not fit to sign */
export async function mailerFor({ smtpUrl, sendTimeoutMs, dkim }: Config): Promise<Mailer> {
  const current = dkim && (await playbooks.current());
  const from = current && domainOf(senderAddress(current.shop));
  const sign = dkim && (await provenSigner(dkim, from));
  const timeoutMs = Math.floor(sendTimeoutMs * SOCKET_OF_TIMEOUT); // timers take whole milliseconds
  return createMailer({ smtpUrl, timeoutMs, sign });
}
