import type { Customer } from './customer.ts';
import type { Playbook } from './playbook.ts';
import { remembered } from './remembered.ts';

/** In how many days a customer may ask for at most one marketing mail; 0: as the shop likes. */
export const WISHES = [0, 7, 30] as const;

/** The most of them. */
export const LONGEST_WISH = 30;

const capped = remembered((_: Playbook) => new Map<number, Playbook>());

/** The playbook as it is for one customer: with the frequency cap they asked for besides the shop's. */
export function asWishedBy({ known }: Pick<Customer, 'known'>, playbook: Playbook): Playbook {
  const { everyDays: days = 0 } = known.profile;
  if (days === 0) return playbook;
  const made = capped(playbook);
  const kept = made.get(days);
  if (kept) return kept;

  const { contact } = playbook;
  const wished = { ...playbook, contact: { ...contact, caps: [...contact.caps, { max: 1, days }] } };
  made.set(days, wished);
  return wished;
}
