import type { Customer } from '../../domain/customer.ts';
import type { Words } from './words.ts';

/** What a customer is called on the pages. */
export function nameOf({ known, externalIds }: Customer, { page }: Words): string {
  const { first, last } = known.profile.name ?? {};
  return [first, last].filter(Boolean).join(' ') || known.profile.email || externalIds[0] || page.somebody;
}

/** Two letters for the portrait; a dot for whoever has no name. */
export function initialsOf({ known }: Customer): string {
  const { first, last } = known.profile.name ?? {};
  const letters = [first, last].flatMap((name) => [...(name ?? '')].slice(0, 1));
  return letters.join('').toUpperCase() || '·';
}
