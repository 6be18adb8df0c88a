import { isGiven } from '../domain/reachable.ts';
import { isBurst, scannerSign } from '../domain/scanner.ts';
import { signatureOf } from '../domain/signature.ts';
import type { CountedLink } from '../mail/click-links.ts';
import type { CompiledTemplate } from '../mail/compile.ts';
import type { ApiDeps } from './deps.ts';

export type CountDeps = Pick<ApiDeps, 'customers' | 'sends' | 'templates' | 'clicks' | 'clock' | 'settings'>;

/** What a request tells of who makes it. */
export type Visitor = {
  readonly method: string;
  readonly userAgent: string;
  readonly purposes: readonly string[];
};

/** What a mail goes by among what is counted. */
const MAIL = 'clicks of a mail';

/**
 * Counts that a link was followed, if the customer still agrees to it, and the mail is still known: of an erased customer,
 * or of a mail that was forgotten, nothing is counted.
 */
export async function countClick(link: CountedLink, visitor: Visitor, deps: CountDeps): Promise<void> {
  const { customerId, ref, index } = link;
  const customer = await deps.customers.find(customerId);
  if (!customer || customer.erased || !isGiven(customer.known.consents.clicks)) return;
  const send = await deps.sends.byRef(customer.id, ref);
  const sentAt = send?.settledAt ?? send?.claimedAt;
  if (!send?.mail || !sentAt) return;
  const template = await deps.templates.find<CompiledTemplate>(send.mail.template);
  const written = template?.links?.[index];
  if (written === undefined) return;

  const [secret = ''] = deps.settings.secrets;
  const mail = signatureOf(secret, MAIL, customerId, ref);
  const at = deps.clock.now();
  const sign = scannerSign({ ...visitor, at, sentAt: sentAt.getTime() });
  await deps.clicks.note({
    ...{ mail, customerId: customer.id, index },
    touch: send.touch,
    link: written,
    at,
    sign,
  });
  if (isBurst(at, await deps.clicks.ofMail(mail))) await deps.clicks.takeBack(mail, at);
}
