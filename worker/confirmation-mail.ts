import type { LeasedRequest } from '../data/join-requests.ts';
import { CONFIRM_WITHIN_MS, confirmationKey, confirmationRef } from '../domain/joining.ts';
import type { Playbook } from '../domain/playbook.ts';
import { valuesOf } from '../domain/values.ts';
import type { Envelope } from '../mail/hand-over.ts';
import { domainOf } from '../mail/headers.ts';
import { confirmUrl } from '../mail/links.ts';
import { mailIdentity } from '../mail/mail-identity.ts';
import type { Renderer } from '../mail/render.ts';
import { A_STRANGER } from '../mail/trial.ts';
import type { createConfirmationWayBack } from '../mail/way-back.ts';
import type { TemplateShelf } from './template-shelf.ts';

const TEMPLATE = { name: 'confirm-address', kind: 'service' } as const;

export type ConfirmationDeps = {
  readonly templateFor: TemplateShelf['find'];
  readonly renderer: Renderer;
  readonly publicUrl: string;
  /** Signs the link. */
  readonly secret: string;
  /** How what becomes of it later finds back to its request. */
  readonly wayBackOf: ReturnType<typeof createConfirmationWayBack>;
};

/**
 * Composes the mail that asks to confirm an address; of one request it is always the same mail.
 *
 * Nothing of what was filled in stands in it, as anybody may fill in anybody's address: it cannot carry a message of
 * theirs.
 */
export async function composeConfirmation(
  request: Pick<LeasedRequest, 'id' | 'askedAt' | 'wish'>,
  playbook: Playbook,
  deps: ConfirmationDeps,
): Promise<{ readonly envelope: Envelope; readonly raw: string }> {
  const { id, askedAt, wish } = request;
  const { shop, version } = playbook;
  const template = await deps.templateFor(TEMPLATE.name, wish.language, {
    shop,
    version,
    touches: [TEMPLATE],
  });
  const url = confirmUrl(deps.publicUrl, deps.secret, id, askedAt + CONFIRM_WITHIN_MS);
  const values = { ...valuesOf(A_STRANGER, undefined, playbook), locale: template.locale, confirm: { url } };
  const { from } = template;
  const way = deps.wayBackOf(confirmationRef(request));
  const { raw } = deps.renderer.renderMail(template, values, {
    ...{ from, to: { address: wish.email }, replyTo: shop.replyTo, trace: way.headers },
    ...mailIdentity(confirmationKey(request), domainOf(from.address)),
    date: askedAt,
  });
  return { envelope: { from: way.bounces ?? from.address, to: wish.email }, raw };
}
