import type { Customer } from './customer.ts';
import { isRehearsed } from './mode.ts';
import type { Playbook } from './playbook.ts';

/** Somebody asked, by an older mail, for a mail with fresh links. */
export const LINK_ASKED = 'link-asked';

const HOUR_MS = 3_600_000;

/** An event of Rapport's own, and the id by which it is kept once. */
type LinkAsked = {
  readonly id: string;
  readonly event: { readonly type: typeof LINK_ASKED; readonly at: number };
};

/**
 * Asks for a mail with fresh links: one event a customer and clock hour, so that however often and at how many places
 * the button is pressed, one mail leaves. It goes to the address that we hold, never to one that is typed.
 */
export function askLink({ id }: Pick<Customer, 'id'>, now: number): LinkAsked {
  const hour = Math.floor(now / HOUR_MS);
  return { id: `link/${id}/${hour}`, event: { type: LINK_ASKED, at: now } };
}

/**
 * Whether such a mail would come: not by a playbook that was published before there was one, nor while it is only
 * rehearsed, nor to whom we do not write at all.
 */
export function isLinkMailed(
  { id, suppressed, known }: Pick<Customer, 'id' | 'suppressed' | 'known'>,
  { touches, mode }: Pick<Playbook, 'touches' | 'mode'>,
): boolean {
  const isReachable = !suppressed && !known.ended && known.profile.email !== undefined;
  return isReachable && !isRehearsed(id, mode) && touches.some(({ on }) => on === LINK_ASKED);
}
